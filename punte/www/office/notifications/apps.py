from dataclasses import replace

from django.apps import AppConfig


class OfficeNotifications(AppConfig):
    name = "punte.www.office.notifications"
    label = "office_notifications"

    def ready(self) -> None:
        from punte.accounts.guests import hand_over
        from punte.www.office.notifications.views.day_lines import DAY
        from punte.www.office.notifications.views.pictures import PICTURES

        hand_over(replace(DAY, pictures=PICTURES))
