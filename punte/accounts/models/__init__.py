"""Who works here, what they were typing and promised, and what became of people's data in their hands."""

from punte.accounts.models.privacy import ConfidentialityPromise, DataBreach, KeptLonger
from punte.accounts.models.staff import (
    Appointment,
    FormDraft,
    KeptRow,
    KeptView,
    KnownAddress,
    OnceLink,
    SecondPersonRequest,
    SentForm,
    SignInFailure,
    Team,
    TrailEntry,
    User,
    WaitingMail,
)

__all__ = [
    "Appointment",
    "ConfidentialityPromise",
    "DataBreach",
    "FormDraft",
    "KeptLonger",
    "KeptRow",
    "KeptView",
    "KnownAddress",
    "OnceLink",
    "SecondPersonRequest",
    "SentForm",
    "SignInFailure",
    "Team",
    "TrailEntry",
    "User",
    "WaitingMail",
]
