from django.apps import AppConfig


class OfficePrivacy(AppConfig):
    name = "punte.www.office.privacy"
    label = "office_privacy"

    def ready(self) -> None:
        from punte.accounts.guests import hand_over
        from punte.www.office.privacy.views.day_lines import PRIVACY

        hand_over(PRIVACY)
