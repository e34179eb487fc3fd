from django.apps import AppConfig


class Reports(AppConfig):
    name = "punte.reports"
    label = "reports"

    def ready(self) -> None:
        """The words of the verbs; what is asked of an extract."""
        from punte.accounts.guests import Guest, hand_over
        from punte.reports.asking import questions
        from punte.reports.words import WORDS
        from punte.statistics.questions import hand_over_questions

        hand_over(Guest("reports", words=WORDS))
        hand_over_questions(questions)
