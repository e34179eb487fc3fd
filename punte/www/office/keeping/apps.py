from django.apps import AppConfig


class OfficeKeeping(AppConfig):
    name = "punte.www.office.keeping"
    label = "office_keeping"

    def ready(self) -> None:
        from punte.accounts.guests import hand_over
        from punte.www.office.keeping.views.day_lines import KEEPING

        hand_over(KEEPING)
