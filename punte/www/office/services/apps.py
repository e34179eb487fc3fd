from django.apps import AppConfig


class OfficeServices(AppConfig):
    name = "punte.www.office.services"
    label = "office_services"

    def ready(self) -> None:
        from punte.accounts.guests import hand_over
        from punte.www.office.services.views.day_lines import DAY

        hand_over(DAY)
