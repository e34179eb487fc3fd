from dataclasses import replace

from django.apps import AppConfig


class Manage(AppConfig):
    name = "punte.www.manage"
    label = "manage"

    def ready(self) -> None:
        from punte.accounts.guests import hand_over
        from punte.www.manage.views.day_lines import DAY
        from punte.www.manage.views.pictures import PICTURES

        hand_over(replace(DAY, pictures=PICTURES))
