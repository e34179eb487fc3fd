from django.apps import AppConfig


class Protection(AppConfig):
    name = "punte.protection"
    label = "protection"

    def ready(self) -> None:
        """What is kept of the search for a family, and the words of its verbs."""
        from punte.accounts.guests import Guest, hand_over
        from punte.cases.signals import cases_erased
        from punte.protection.erasing import follow_erasing
        from punte.protection.keeps import KEEPS
        from punte.protection.words import WORDS

        hand_over(Guest("protection", keeps=KEEPS, words=WORDS))
        cases_erased.connect(follow_erasing, dispatch_uid="protection_follow_erasing")
