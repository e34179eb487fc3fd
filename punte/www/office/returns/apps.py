from dataclasses import replace

from django.apps import AppConfig


class OfficeReturns(AppConfig):
    name = "punte.www.office.returns"
    label = "office_returns"

    def ready(self) -> None:
        from punte.accounts.guests import hand_over
        from punte.www.office.returns.views.day_lines import DAY
        from punte.www.office.returns.views.pictures import PICTURES

        hand_over(replace(DAY, pictures=PICTURES))
