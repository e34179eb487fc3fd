from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class Protection(AppConfig):
    name = "punte.protection"
    label = "protection"

    def ready(self) -> None:
        """What is kept of the search for a family, and the words of its verbs."""
        from punte.accounts.guests import Guest, hand_over
        from punte.cases.signals import cases_erased
        from punte.operations.doctor import look_also
        from punte.protection.erasing import follow_erasing
        from punte.protection.keeps import KEEPS
        from punte.protection.words import WORDS

        look_also("matching", gettext_lazy("the search for a family"), _examined)
        hand_over(Guest("protection", keeps=KEEPS, words=WORDS))
        cases_erased.connect(follow_erasing, dispatch_uid="protection_follow_erasing")


def _examined() -> Any:
    """A file by which no family can be looked for: nobody at the desk can mend it."""
    from punte.methodology.errors import PackError
    from punte.operations.doctor import Examined, State
    from punte.protection.criteria import criteria

    try:
        criteria()
    except PackError as error:
        return Examined("matching", State.ATTENTION, str(error))
    return Examined("matching", State.OK)
