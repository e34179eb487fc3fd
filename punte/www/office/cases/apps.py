from dataclasses import replace

from django.apps import AppConfig


class OfficeCases(AppConfig):
    name = "punte.www.office.cases"
    label = "office_cases"

    def ready(self) -> None:
        from punte.accounts.guests import hand_over
        from punte.www.office.cases.views.day_lines import DAY
        from punte.www.office.cases.views.pictures import PICTURES

        hand_over(replace(DAY, pictures=PICTURES))
