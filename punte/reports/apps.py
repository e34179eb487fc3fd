from django.apps import AppConfig


class Reports(AppConfig):
    name = "punte.reports"
    label = "reports"

    def ready(self) -> None:
        """The words of the verbs; of photographs, what is kept of whom and how they go; what is asked of an extract."""
        from punte.accounts.guests import Guest, hand_over
        from punte.cases.signals import cases_erased
        from punte.kernel.rotation import rotating
        from punte.reports.asking import questions
        from punte.reports.keeps import KEEPS
        from punte.reports.photographs import follow_erasing, rotate_pictures
        from punte.reports.words import WORDS
        from punte.statistics.questions import hand_over_questions

        hand_over(Guest("reports", words=WORDS, keeps=KEEPS))
        cases_erased.connect(follow_erasing, dispatch_uid="reports_follow_erasing")
        rotating.connect(rotate_pictures, dispatch_uid="photographs of reports")
        hand_over_questions(questions)
