"""The file of the unsent, brought from a tablet that found no signal."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from punte.accounts.enums import Capability as Can
from punte.accounts.models import User
from punte.fieldwork.kinds import called
from punte.fieldwork.models import beyond_a_seal
from punte.fieldwork.push.entry import Answer, Status
from punte.fieldwork.push.unsent import MOST_BYTES, Imported, import_unsent
from punte.people.models import Household
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.asked import identifier_in
from punte.www.frame.form_page import FormPage
from punte.www.office.devices.forms.devices import UnsentForm


@dataclass(frozen=True)
class Outcome:
    """What became of one entry of the file."""

    what: str
    household: Household | None
    state: str
    good: bool
    message: str


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.ASSESS)
def unsent_file(request: SignedIn) -> HttpResponse:
    """Choose the file; then what happened with each entry of it. Sending the same file again changes nothing."""
    form = FormPage(request, UnsentForm)
    if not form.attempt(
        lambda given: import_unsent(by=request.user, content=given["file"].read(MOST_BYTES + 1))
    ):
        return form.show("office_devices/unsent.html")
    outcomes = _outcomes(request.user, form.made)
    context = {
        "device": form.made.device,
        "outcomes": outcomes,
        "given_up": form.made.device.is_given_up,
        "left": [one for one in outcomes if not one.good],
    }
    return render(request, "office_devices/taken_in.html", context)


def _outcomes(user: User, taken: Imported) -> list[Outcome]:
    keys = {key for entry, _answer in taken.answers if (key := identifier_in(entry.get("household")))}
    seen = beyond_a_seal(user).filter(pk__in=keys).defer("safe_contact")
    homes: Mapping[UUID | None, Household] = {home.pk: home for home in seen}
    states = {
        Status.APPLIED: _("In the record"),
        Status.CONFLICT: _("To be settled"),
        Status.WAITS: _("Kept to be read") if taken.device.is_given_up else _("Waits for another entry"),
        Status.REFUSED: _("Not taken in"),
    }
    return [_outcome(entry, answer, homes, states) for entry, answer in taken.answers]


def _outcome(
    entry: Mapping[str, Any],
    answer: Answer,
    homes: Mapping[UUID | None, Household],
    states: Mapping[Status, str],
) -> Outcome:
    kind = str(entry.get("kind"))
    return Outcome(
        what=called(kind),
        household=homes.get(identifier_in(entry.get("household"))),
        state=states[answer.status],
        good=answer.status in (Status.APPLIED, Status.CONFLICT),
        message=answer.message,
    )
