"""A step of an entry that a second person must agree to: it becomes an asking of the case that it concerns."""

import datetime as dt
import json
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from punte.accounts.enums import SEALED_COMPARTMENTS
from punte.accounts.models import User
from punte.cases.actions.ask_approval import ask, end_asked
from punte.cases.approvals import must_ask
from punte.cases.enums import CaseDeed
from punte.cases.models import Approval, Case
from punte.cases.policy import ApprovalRule
from punte.kernel.errors import DomainError
from punte.people.models import Household, Membership, Person
from punte.registers.catalogue import register_named
from punte.registers.definition import OF_ROWS, Definition, Move
from punte.registers.models import Entry
from punte.registers.sight import whole
from punte.registers.values import Values, kept, rows_named, typed

DEED = CaseDeed.MOVE_ENTRY


def ask_second_person(by: User, entry: Entry, step: Move, *, on: dt.date, given: Values) -> bool:
    """Ask for a step where a second person must agree to it; whether it waits now.

    Where nobody else of the keeper could answer, nobody is asked, unless the step is never taken alone.

    Raises:
        DomainError: the same entry waits for an answer already, or there is no open case whose team could answer.
    """
    if step.second_person is None:
        return False
    rule = ApprovalRule(DEED, step.second_person.asked_of, step.second_person.given_by)
    case = _case_of(by, entry)
    if case is None:
        raise DomainError(
            _("A second person must agree to this step, and answers within a case. Open a case here first.")
        )
    if not step.second_person.at_once and not must_ask(by, case, rule):
        return False
    if waiting_about(entry).exists():
        raise DomainError(
            _("This waits for an answer already. Take the question back before you ask something else.")
        )
    roles = ",".join(sorted(rule.given_by))
    said = json.dumps(
        {"move": step.name, "on": on.isoformat(), "revision": entry.revision, **_kept(entry, given)}
    )
    ask(by=by, case=case, deed=DEED, row=entry.pk, said=said, given_by=f",{roles},")
    return True


def ask_at_once(by: User, entry: Entry) -> None:
    """Ask for the steps before which an entry stands that nobody takes alone.

    Raises: as `ask_second_person`.
    """
    for step in register_named(entry.register).moves_from(entry.state):
        if step.second_person and step.second_person.at_once:
            ask_second_person(by, entry, step, on=entry.start, given={})


def waiting_about(entry: Entry) -> QuerySet[Approval]:
    """What waits for a second person about an entry."""
    return Approval.objects.asked().filter(row=entry.pk, deed=DEED)


def step_named(asked: Approval) -> str:
    """The name of the step that was asked for."""
    return str(json.loads(asked.said)["move"]) if asked.said else ""


def asked_step(asked: Approval) -> tuple[Entry, dict[str, Any]]:
    """The entry that an asking is about, and the step as `move_entry` takes it."""
    entry = whole(Entry.objects.filter(pk__in=[asked.row])).get()
    said = json.loads(asked.said)
    definition = register_named(entry.register)
    given = typed(definition, {**said["values"], **said["texts"]})
    named = rows_named([(definition, given)])
    return entry, {
        "move": said["move"],
        "on": dt.date.fromisoformat(said["on"]),
        "revision": said["revision"],
        "given": {
            name: named.get(value, value) if name in _rows(definition) else value
            for name, value in given.items()
        },
    }


def end_asking(entry: Entry, *, by: User) -> None:
    """Take back what waits about an entry that was changed meanwhile; who asked reads why."""
    changed = _("The entry was changed after it was asked about.")
    for asked in waiting_about(entry).select_related("case"):
        end_asked(by=by, case=asked.case, reason=changed, deed=DEED, row=entry.pk)


def _rows(definition: Definition) -> set[str]:
    return {name for name, one in definition.fields.items() if one.type in OF_ROWS}


def _kept(entry: Entry, given: Values) -> dict[str, Any]:
    definition = register_named(entry.register)
    values, texts = kept(definition, given)
    return {"values": values, "texts": json.loads(texts) if texts else {}}


def _case_of(by: User, entry: Entry) -> Case | None:
    """The open case of whom an entry is about that the account sees: of what is sealed a sealed one; its own."""
    subject = entry.subject
    match subject:
        case Case():
            meant = Q(pk=subject.pk)
        case Household():
            meant = Q(household=subject)
        case Person():
            homes = Membership.objects.current().filter(person=subject).values("household")
            meant = Q(person=subject) | Q(household__in=homes)
        case _:
            meant = Q(household=entry.concerns_id) if entry.concerns_id else Q(pk__in=[])
    seen = Case.objects.visible_to(by).filter(meant, open=True, keeper=entry.keeper_id)
    rows = list(seen.select_related("household").order_by("created_at", "pk")[:20])
    hidden = entry.compartment in SEALED_COMPARTMENTS
    return min(rows, key=lambda one: (hidden and not one.sealed, one.responsible_id != by.pk), default=None)
