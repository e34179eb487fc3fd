"""The trail in words: what each verb of accounts is called, beside the words of the records themselves."""

from importlib import import_module
from importlib.util import find_spec

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

_OF_ACCOUNTS: dict[str, Words] = {
    "invite": _("Made an account"),
    "appoint": _("Gave a role"),
    "appoint_self": _("Gave themselves a role that sees personal data"),
    "end_appointment": _("Ended a role"),
    "set_password_again": _("Made a link to set a password"),
    "reset_second_factor": _("Reset a second step"),
    "deactivate_account": _("Closed an account"),
    "reactivate_account": _("Opened an account again"),
    "create_team": _("Made a team"),
    "rename_team": _("Renamed a team"),
    "change_profile": _("Changed their own account"),
}


def words_of(verb: str) -> Words:
    """What a verb is called on screen; one without words is shown by its name."""
    return _all().get(verb, verb.replace("_", " "))


def known_verbs() -> list[tuple[str, Words]]:
    """Every verb with its words, in the order of the words."""
    return sorted(_all().items(), key=lambda pair: str(pair[1]))


def _all() -> dict[str, Words]:
    of_records = getattr(import_module(_RECORDS), "WORDS", {}) if find_spec(_RECORDS) else {}
    return {**of_records, **_OF_ACCOUNTS}


_RECORDS = "punte.www.trail_words"
