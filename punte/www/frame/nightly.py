"""What is done every night, one job after another: what each does, and how it is done."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

from punte.accounts.forgetting import forget_what_is_over
from punte.accounts.mailing import deliver_waiting
from punte.accounts.retention import erase_over as erase_over_kept
from punte.benefits.lists import reckon_all
from punte.cases.actions import pass_on_cases
from punte.cases.refresh_all import refresh_terms
from punte.cases.reminders import send_reminders
from punte.operations.database import refresh_statistics
from punte.operations.steps import Steps
from punte.people.actions import forget_old_registers
from punte.petitions.actions.erasing import erase_over
from punte.petitions.mail import deliver_waiting as deliver_to_petitioners
from punte.petitions.public_access import forget_attempts
from punte.programmes.counting import extracts
from punte.registers.places import give_back_places
from punte.reports.photographs import take_off
from punte.returns.actions import fill_sheets


@dataclass(frozen=True)
class Job:
    """One job of the night.

    Attributes:
        name: by which it is run alone.
        does: what it does, for who lists the jobs.
        title: what it is called where it broke.
        run: does it, and says what it did; what is amiss it tells the steps.
    """

    name: str
    does: str
    title: str
    run: Callable[[Steps], str]


def send_waiting(steps: Steps) -> str:
    """Send what waits for people who work here."""
    return _told(steps, deliver_waiting(), "mails")


def send_to_petitioners(steps: Steps) -> str:
    """Send again what petitioners could not be told."""
    return _told(steps, deliver_to_petitioners(), "mails to petitioners")


def remind_families(steps: Steps) -> str:
    """Remind the families who agreed, by day alone."""
    told = send_reminders()
    if told.at_night:
        return f"{told.at_night} reminders wait for the day: no family is written to at night"
    if told.unsent:
        steps.amiss(f"{told.unsent} reminders to families were not sent. They are sent the next time.")
    return f"{told.sent} families were reminded"


def pass_on(_steps: Steps) -> str:
    """Put the cases of which the worker changes today, for a leave or after it, in the new name."""
    return f"{pass_on_cases()} cases stand in the name of who answers for them from today"


def give_back(_steps: Steps) -> str:
    """Give back the places in services of entries of registers whose last day was yesterday, or before."""
    return f"{give_back_places(timezone.localdate())} places were given back"


def make_terms(_steps: Steps) -> str:
    """Bring the terms of cases in step with the day: what comes again, who grew up, which rules were switched."""
    return f"the terms of {refresh_terms()} cases are those of today"


def reckon_entitlements(_steps: Steps) -> str:
    """Reckon anew who seems entitled to what and does not have it."""
    return f"{reckon_all()} entitlements seem not to be had"


def fill_in_sheets(_steps: Steps) -> str:
    """Fill in and check the quarterly sheets on the newest extract."""
    folder = next(extracts(), None)
    if folder is None:
        return "there is no extract yet: no quarterly sheet was filled in"
    made = fill_sheets(folder, today=timezone.localdate())
    wrong = sum(bool(one.unanswered) for one in made)
    return f"{len(made)} quarterly sheets were filled in, in {wrong} something does not fit"


def erase_petitions(_steps: Steps) -> str:
    """Remove what names anybody from petitions whose time is over."""
    return f"{erase_over(timezone.localdate())} petitions lost what names anybody"


def erase_kept(_steps: Steps) -> str:
    """Erase what the institution's own rules of keeping say is over."""
    return f"{erase_over_kept(timezone.localdate())} rows whose time to be kept is over were erased"


def take_off_photographs(_steps: Steps) -> str:
    """Erase the photographs of reports that may be shown no more."""
    return f"{take_off(timezone.localdate())} photographs that may be shown no more were erased"


def look_at_tables(_steps: Steps) -> str:
    """Let the database see how its tables are filled."""
    return f"{refresh_statistics()} tables were looked at, so that what is asked of them is found by the short way"


def clear(_steps: Steps) -> str:
    """Forget what is over."""
    over = forget_what_is_over() + forget_attempts() + forget_old_registers()
    return f"{over} rows that were over are gone"


JOBS = (
    Job("clear", "ended sessions, counts of attempts, used codes, what lay in the cache", "Clearing", clear),
    Job("pass-on", "cases whose worker changes today", "Cases passed on", pass_on),
    Job("places", "places of entries that ended, given back", "Places given back", give_back),
    Job("terms", "the terms of cases, made anew for today", "Terms", make_terms),
    Job(
        "entitlements",
        "who seems entitled to what, reckoned anew",
        "Entitlements",
        reckon_entitlements,
    ),
    Job("sheets", "quarterly sheets, filled in and checked", "Quarterly sheets", fill_in_sheets),
    Job("mail", "the mails that wait", "Mail", send_waiting),
    Job(
        "petitioners",
        "the mails that petitioners could not be sent",
        "Mail to petitioners",
        send_to_petitioners,
    ),
    Job("families", "reminders to families who agreed, by day", "Reminders to families", remind_families),
    Job(
        "erase",
        "what names anybody in petitions whose time is over",
        "Petitions whose time is over",
        erase_petitions,
    ),
    Job(
        "retention",
        "what names anybody and is over by the institution's own rules",
        "What is kept too long",
        erase_kept,
    ),
    Job(
        "photographs",
        "photographs of reports that may be shown no more",
        "Photographs of reports",
        take_off_photographs,
    ),
    Job("tables", "how the tables of the database are filled", "Tables of the database", look_at_tables),
)
"""In this order: terms stand in the name of who answers from today, and mails go out after what they tell of."""


def take(steps: Steps, *names: str) -> None:
    """Do the jobs of these names, all of them where none is named; one that fails keeps no other back."""
    for job in JOBS:
        if not names or job.name in names:
            run = job.run
            steps.take(job.title, lambda run=run: run(steps))  # type: ignore[misc]


def _told(steps: Steps, counted: tuple[int, int], what: str) -> str:
    sent, unsent = counted
    if unsent:
        steps.amiss(
            f"{unsent} {what} were not sent: the mail server did not take them. They are sent the next time."
        )
    return f"{sent} {what} were sent"
