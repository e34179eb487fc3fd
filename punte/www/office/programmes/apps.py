from dataclasses import replace

from django.apps import AppConfig


class OfficeProgrammes(AppConfig):
    name = "punte.www.office.programmes"
    label = "office_programmes"

    def ready(self) -> None:
        from punte.accounts.guests import hand_over
        from punte.www.office.programmes.views.day_lines import DAY
        from punte.www.office.programmes.views.pictures import PICTURES

        hand_over(replace(DAY, pictures=PICTURES))
