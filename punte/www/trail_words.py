"""What each verb and each reading in the trail is called on a page. Every room adds its own."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    # accounts
    "invite": _("made an account"),
    "appoint": _("gave a role"),
    "appoint_self": _("gave themselves a role that sees personal data"),
    "end_appointment": _("ended a role"),
    "set_password_again": _("made a link to set a password"),
    "reset_second_factor": _("reset a second step"),
    "deactivate_account": _("closed an account"),
    "reactivate_account": _("opened an account again"),
    "create_team": _("made a team"),
    "rename_team": _("renamed a team"),
    "change_profile": _("changed their own account"),
    # people
    "household": _("opened the household's record"),
    "household_trail": _("looked at who saw the household's record"),
    "create_household": _("began the household's record"),
    "change_household": _("changed the household's details"),
    "person": _("opened the person's record"),
    "person_form": _("opened the person's details to change them"),
    "person_trail": _("looked at who saw the person's record"),
    "reveal_cnp": _("read the person's CNP"),
    "cnp_known_elsewhere": _("from another institution, found out by CNP that you know this person"),
    "create_person": _("began the person's record"),
    "change_person": _("changed the person's details"),
    "join_household": _("added a member to the household"),
    "leave_household": _("recorded that a member left the household"),
    "set_kinship": _("recorded a relative"),
    "remove_kinship": _("took a relative out of the record"),
    "add_document": _("recorded an identity paper"),
    "remove_document": _("took an identity paper out of the record"),
    "open_in_emergency": _("opened the record in an emergency"),
    "acknowledge_emergency": _("checked an emergency opening"),
}


def in_words(verb: str) -> str:
    """A verb of the trail as a page says it; one that nobody named yet, by its own name."""
    return str(WORDS.get(verb, verb.replace("_", " ")))
