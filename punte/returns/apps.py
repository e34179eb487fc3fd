from django.apps import AppConfig


class Returns(AppConfig):
    name = "punte.returns"
    label = "returns"

    def ready(self) -> None:
        """The words of the verbs; what the rules say of an entry of a register as it is written; its questions."""
        from punte.accounts.guests import Guest, hand_over
        from punte.registers.checks import hand_over_checks
        from punte.returns.asking import questions
        from punte.returns.faults import checks_of_register
        from punte.returns.words import WORDS
        from punte.statistics.questions import hand_over_questions

        hand_over(Guest("returns", words=WORDS))
        hand_over_checks(checks_of_register)
        hand_over_questions(questions)
