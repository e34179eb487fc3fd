from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

WORDS = {
    "confirm_value": gettext_lazy("confirmed a sum or an entitlement, or took that back"),
    "tie_application": gettext_lazy("tied an application from the site to a household"),
    "tick_papers": gettext_lazy("noted which papers of an application were brought"),
    "finish_application": gettext_lazy("finished an application from the site in the register"),
    "close_application": gettext_lazy("closed an application from the site"),
    "case_entitlements": gettext_lazy("looked at what a family seems entitled to"),
    "household_entitlements": gettext_lazy("looked at what a family seems entitled to"),
    "application": gettext_lazy("read an application from the site"),
    "application_household": gettext_lazy("looked for the household of an application"),
    "application_finish": gettext_lazy("opened the form by which an application is finished"),
    "application_close": gettext_lazy("opened the form by which an application is closed"),
}


class Benefits(AppConfig):
    name = "punte.benefits"
    label = "benefits"

    def ready(self) -> None:
        """What is kept of who applied, the words of the verbs, and the doctor's look at the files."""
        from punte.accounts.guests import Guest, hand_over
        from punte.benefits.field import FIELD
        from punte.benefits.keeps import KEEPS
        from punte.operations.doctor import look_also

        look_also("entitlements", gettext_lazy("entitlements"), _examined)
        hand_over(Guest("entitlements", field=FIELD, keeps=KEEPS, words=WORDS))


def _examined() -> Any:
    """A file that cannot be read: nobody at the desk can mend it."""
    from punte.benefits.catalogue import rulebook
    from punte.methodology.errors import PackError
    from punte.operations.doctor import Examined, State

    try:
        rulebook()
    except PackError as error:
        says = _("%(first)s (run: punte entitlements check)") % {"first": error}
        return Examined("entitlements", State.ATTENTION, says)
    return Examined("entitlements", State.OK)
