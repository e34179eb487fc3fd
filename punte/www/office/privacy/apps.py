from dataclasses import replace

from django.apps import AppConfig


class OfficePrivacy(AppConfig):
    name = "punte.www.office.privacy"
    label = "office_privacy"

    def ready(self) -> None:
        from punte.accounts.guests import hand_over
        from punte.www.office.privacy.views.day_lines import PRIVACY
        from punte.www.office.privacy.views.pictures import PICTURES

        hand_over(replace(PRIVACY, pictures=PICTURES))
