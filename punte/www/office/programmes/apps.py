from django.apps import AppConfig


class OfficeProgrammes(AppConfig):
    name = "punte.www.office.programmes"
    label = "office_programmes"

    def ready(self) -> None:
        from punte.accounts.guests import hand_over
        from punte.www.office.programmes.views.day_lines import DAY

        hand_over(DAY)
