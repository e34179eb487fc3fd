"""What approvals bring to a day: what waits for an answer, and what came back."""

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from punte.accounts.enums import SEALED_COMPARTMENTS
from punte.accounts.guests import DayLine, Waiting, Work, cut
from punte.accounts.models import User
from punte.cases.approvals import answered_for, answers_approvals, asks_for_approval, to_be_answered_by
from punte.cases.models import Approval, Case, Objective
from punte.www.frame.addresses import reverse
from punte.www.office.cases.views.approval_words import what_of

_SHOWN = 5
_NAMED = 3


def to_answer(user: User, today: dt.date) -> Waiting:
    """One line that leads to the list of what waits for the account's answer."""
    waiting = to_be_answered_by(user)
    if not waiting:
        return Waiting()
    words = ngettext("%(n)s approval waits for you", "%(n)s approvals wait for you", len(waiting))
    why = [f"{what_of(one)}, {_whose(one.case)}" for one in waiting[:_NAMED]]
    line = DayLine(words % {"n": len(waiting)}, reverse("approvals"), why="; ".join(why), when=today)
    return Waiting([line])


def came_back(user: User, today: dt.date) -> Waiting:
    """What others answered to what the account asked, until it has read it; what was given back says why."""
    answered = answered_for(user)
    quiet = _of_violence({one.case_id for one in answered})
    lines = [_answer(one, quiet, today) for one in answered]
    return cut(lines, at=_SHOWN, all_at=reverse("approvals"))


def _answer(one: Approval, quiet: Collection[UUID], today: dt.date) -> DayLine:
    names = {"what": what_of(one), "whose": _whose(one.case), "state": one.get_state_display().lower()}
    # A day is read over the shoulder: of a sealed case, or one with violence in it, it repeats nobody's words.
    said = "" if one.case.sealed or one.case_id in quiet else one.answer
    return DayLine(
        what=_("%(what)s, %(whose)s: %(state)s") % names,
        url=reverse("case_approval", args=[one.case_id, one.pk]),
        whose=_whose(one.case),
        why=f"{one.answered_by}: {said}" if said else str(one.answered_by),
        when=today,
    )


def _of_violence(cases: Collection[UUID]) -> frozenset[UUID]:
    if not cases:
        return frozenset()
    rows = Objective.objects.filter(plan__case__in=cases, compartment__in=SEALED_COMPARTMENTS).order_by()
    return frozenset(rows.values_list("plan__case", flat=True))


def _whose(case: Case) -> str:
    if case.sealed:
        return _("case %(number)s") % {"number": case}
    return _("the %(name)s household") % {"name": case.household.name}


WORKS = (
    Work(
        "to_answer",
        answers_approvals,
        to_answer,
        gettext_lazy("what waits for your approval"),
        "approvals",
        gettext_lazy("To approve"),
    ),
    Work(
        "came_back",
        asks_for_approval,
        came_back,
        gettext_lazy("answers to what you asked approval for"),
        "cases",
        gettext_lazy("Cases"),
    ),
)
