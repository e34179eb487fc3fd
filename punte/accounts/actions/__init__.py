"""What can be done with accounts: one verb a file."""

from punte.accounts.actions.accounts import (
    change_email,
    deactivate,
    invite,
    reactivate,
    reset_second_factor,
    set_password_again,
)
from punte.accounts.actions.appointments import appoint, end_appointment
from punte.accounts.actions.breaches import follow_breach, log_breach
from punte.accounts.actions.form_drafts import forget_draft, kept_draft, save_form_draft
from punte.accounts.actions.institutions import (
    add_contact,
    bring_in_institution,
    change_institution,
    end_contact,
)
from punte.accounts.actions.profile import change_profile
from punte.accounts.actions.promise import accept_promise, has_promised
from punte.accounts.actions.second_person import (
    ask_second_person,
    grant_request,
    grant_with_code,
    refuse_request,
    refuse_with_code,
)
from punte.accounts.actions.starting import start_installation
from punte.accounts.actions.teams import create_team, rename_team

__all__ = [
    "accept_promise",
    "add_contact",
    "appoint",
    "ask_second_person",
    "bring_in_institution",
    "change_email",
    "change_institution",
    "change_profile",
    "create_team",
    "deactivate",
    "end_appointment",
    "end_contact",
    "follow_breach",
    "forget_draft",
    "grant_request",
    "grant_with_code",
    "has_promised",
    "invite",
    "kept_draft",
    "log_breach",
    "reactivate",
    "rename_team",
    "refuse_request",
    "refuse_with_code",
    "reset_second_factor",
    "save_form_draft",
    "set_password_again",
    "start_installation",
]
