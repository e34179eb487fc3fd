from django.apps import AppConfig


class OfficePublication(AppConfig):
    name = "punte.www.office.publication"
    label = "office_publication"

    def ready(self) -> None:
        from punte.accounts.guests import hand_over
        from punte.www.office.publication.views.day_lines import DAY

        hand_over(DAY)
