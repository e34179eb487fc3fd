from dataclasses import replace

from django.apps import AppConfig


class OfficePlans(AppConfig):
    name = "punte.www.office.plans"
    label = "office_plans"

    def ready(self) -> None:
        from punte.accounts.guests import hand_over
        from punte.www.office.plans.views.day_lines import DAY
        from punte.www.office.plans.views.pictures import PICTURES

        hand_over(replace(DAY, pictures=PICTURES))
