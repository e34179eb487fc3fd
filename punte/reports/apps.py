from django.apps import AppConfig


class Reports(AppConfig):
    name = "punte.reports"
    label = "reports"

    def ready(self) -> None:
        """The words of the verbs."""
        from punte.accounts.guests import Guest, hand_over
        from punte.reports.words import WORDS

        hand_over(Guest("reports", words=WORDS))
