from django.apps import AppConfig


class Partner(AppConfig):
    name = "punte.www.partner"
    label = "partner"

    def ready(self) -> None:
        from punte.accounts.guests import hand_over
        from punte.www.partner.views.day_lines import DAY

        hand_over(DAY)
