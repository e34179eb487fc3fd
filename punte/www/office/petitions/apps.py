from dataclasses import replace

from django.apps import AppConfig


class OfficePetitions(AppConfig):
    name = "punte.www.office.petitions"
    label = "office_petitions"

    def ready(self) -> None:
        from punte.accounts.guests import hand_over
        from punte.www.office.petitions.views.day_lines import DAY
        from punte.www.office.petitions.views.pictures import PICTURES

        hand_over(replace(DAY, pictures=PICTURES))
