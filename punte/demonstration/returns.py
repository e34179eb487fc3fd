"""Quarterly sheets in the demonstration: children at risk in the communes, two quarters of sheets, one mistake."""

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.demonstration.staff import Keeper
from punte.organizations.models import Organization
from punte.people.models import Membership, Person, PersonSeal
from punte.programmes.counting import extracts
from punte.registers.actions import add_entry, move_entry
from punte.registers.models import Entry
from punte.returns.actions import (
    correct_cell,
    fill_sheets,
    freeze_sheet,
    return_sheet,
    send_sheet,
    sign_sheet,
)
from punte.returns.enums import SheetState
from punte.returns.models import Sheet
from punte.returns.periods import before, period_of

_AT_RISK, _ABROAD, _SENT = 9, 5, 2
_FORM = "spas_quarterly"
_SIGNS = (["no_home"], ["poverty"], ["neglect", "illness"], ["asks"])
_AWAY = (("mother", "parent"), ("father", "parent"), ("both", "grandparents"), ("carer", "relatives"))


def write_children_at_risk(*, keepers: Sequence[Keeper], today: dt.date) -> None:
    """In each commune children at risk of separation and children whose parents left; in the last, one mistake."""
    for at, keeper in enumerate(keepers[1:]):
        worker = keeper.workers[0][0]
        children = _children(keeper.organization, today)
        for number, child in enumerate(children[:_AT_RISK]):
            start = today - dt.timedelta(days=220 - 15 * number)
            entry = add_entry(
                by=worker, register="separation_risk", subject=child, start=start, state="worked", confirmed=True,
                given={"kind": "separation", "signs": _SIGNS[number % len(_SIGNS)]},
            )  # fmt: skip
            if number < _SENT:
                given = {"papers": ["referral", "plan"]}
                move_entry(
                    by=worker, entry=entry, move="send", on=start, given=given, revision=entry.revision
                )
        for number, child in enumerate(children[_AT_RISK : _AT_RISK + _ABROAD]):
            who, stays = _AWAY[number % len(_AWAY)]
            if number == 0 and at == len(keepers) - 2:
                # The mistake of the demonstration: both parents away, and the child with one of them.
                who, stays = "both", "parent"
            add_entry(
                by=worker, register="parents_abroad", subject=child, start=today - dt.timedelta(days=150), state="away",
                given={"who_left": who, "stays_with": stays, "delegated": "asked"}, confirmed=True,
            )  # fmt: skip


def _children(organization: Organization, today: dt.date) -> list[Person]:
    """Those of whom neither register says anything yet, the youngest last."""
    sealed = PersonSeal.objects.filter(end=None).values("person")
    told = Entry.objects.filter(register__in=("separation_risk", "parents_abroad"), person__isnull=False)
    rows = Membership.objects.current().filter(household__keeper=organization, household__sealed=False)
    born = today - dt.timedelta(days=16 * 365)
    young = rows.filter(person__birth_date__gt=born, person__died_on=None).exclude(person__in=sealed)
    young = young.exclude(person__in=told.values("person"))
    return [row.person for row in young.select_related("person").order_by("person__birth_date", "pk")]


def send_sheets(today: dt.date) -> None:
    """Of the last two quarters that are over: the first received, the second sent by some and late from others."""
    folder, methodologist = next(extracts(), None), _one(Role.COUNTY_METHODOLOGIST)
    if folder is None or methodologist is None:
        return
    last = before("quarter", period_of("quarter", today))
    first = before("quarter", last)
    fill_sheets(folder, today=last.start)
    for sheet in _of(first.name):
        _sent(sheet, first.end + dt.timedelta(days=9))
        freeze_sheet(by=methodologist, sheet=sheet)
    fill_sheets(folder, today=today)
    for at, sheet in enumerate(_of(last.name)):
        if sheet.unanswered:
            continue
        if at == 0:
            correct_cell(
                by=_coordinator(sheet), sheet=sheet, row="other_services", column="total", value=2,
                reason="Doi copii merg la cantină; referirea e pe hârtie, o trecem luna aceasta.",
            )  # fmt: skip
        sheet = _sent(sheet, last.end + dt.timedelta(days=12))
        if at == 1:
            return_sheet(
                by=methodologist,
                sheet=sheet,
                reason="La rândul 3 spuneți, vă rugăm, la ce centru de zi merg.",
            )


def _of(period: str) -> list[Sheet]:
    rows = Sheet.objects.filter(form=_FORM, period=period, receiver__isnull=False, state=SheetState.DRAFT)
    return list(rows.select_related("organization").order_by("organization__name"))


def _sent(sheet: Sheet, day: dt.date) -> Sheet:
    by = _coordinator(sheet)
    sent = send_sheet(by=by, sheet=sign_sheet(by=by, sheet=sheet))
    moment = timezone.make_aware(dt.datetime.combine(day, dt.time(10, 20)))
    Sheet.objects.filter(pk=sent.pk).update(signed_at=moment, sent_at=moment)
    return sent


def _coordinator(sheet: Sheet) -> User:
    return User.objects.filter(
        appointments__role=Role.COORDINATOR, appointments__organization=sheet.organization_id
    ).earliest("created_at")


def _one(role: Role) -> User | None:
    return User.objects.filter(appointments__role=role).order_by("created_at").first()
