"""What can be done with accounts: one verb a file."""

from punte.accounts.actions.accounts import (
    deactivate,
    invite,
    reactivate,
    reset_second_factor,
    set_password_again,
)
from punte.accounts.actions.appointments import appoint, end_appointment
from punte.accounts.actions.form_drafts import forget_draft, kept_draft, save_form_draft
from punte.accounts.actions.profile import change_profile
from punte.accounts.actions.starting import start_installation
from punte.accounts.actions.teams import create_team, rename_team

__all__ = [
    "appoint",
    "change_profile",
    "create_team",
    "deactivate",
    "end_appointment",
    "forget_draft",
    "invite",
    "kept_draft",
    "reactivate",
    "rename_team",
    "reset_second_factor",
    "save_form_draft",
    "set_password_again",
    "start_installation",
]
