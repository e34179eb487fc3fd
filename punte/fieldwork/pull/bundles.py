"""A household with everything that is needed at its door, within what its worker may read (`Bundle` of wire.ts)."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from django.utils import timezone
from django.utils.translation import get_language

from punte.accounts.enums import SEALED_COMPARTMENTS, Compartment
from punte.accounts.guests import TakenAlong, in_field
from punte.accounts.models import User
from punte.assessments.models import Assessment, Finding, FindingSet
from punte.assessments.packs import pack_of
from punte.assessments.prefill import Facts, facts_from
from punte.assessments.subjects import is_offered
from punte.cases.content import rulebook
from punte.cases.enums import PlanStatus
from punte.cases.models import Case, CaseDeadline, Intervention, Plan, Visit
from punte.devices.models import Device
from punte.fieldwork.pull.packs import prefilled_form
from punte.fieldwork.pull.rows import BundleRows, CaseloadRows
from punte.fieldwork.wire.households import household_to_wire
from punte.fieldwork.wire.plans import objectives_read, objectives_to_wire
from punte.fieldwork.wire.scores import scores_to_wire
from punte.kernel.marks import mark_of
from punte.methodology.explanations import explain_derived
from punte.methodology.model import LANGUAGES, Pack
from punte.people.models import Household, Membership

Readable = Collection[Compartment]
Wire = dict[str, Any]


def worker_of(device: Device) -> Wire:
    """`Worker` of wire.ts."""
    worker: User = device.owner
    return {
        "id": str(worker.pk),
        "name": worker.name,
        "organization": dict.fromkeys(LANGUAGES, device.organization.name),
        "compartments": sorted(worker.standing.every_compartment()),
    }


def caseload_rows(households: Iterable[Household], caseload: CaseloadRows, *, today: dt.date) -> list[Wire]:
    """The list that a worker chooses the day's households from."""
    rows = []
    for household in households:
        cases = caseload.cases.get(household.pk, ())
        due = min((one.due_on for case in cases for one in caseload.deadlines.get(case.pk, ())), default=None)
        rows.append(
            {
                "id": str(household.pk),
                "name": household.name,
                "place": household.locality or household.uat.name,
                "people": [str(member.person) for member in caseload.members.get(household.pk, ())],
                "due": due.isoformat() if due else None,
                "overdue": due is not None and due < today,
            }
        )
    return rows


Known = tuple[Pack, tuple[Facts, list[Facts]]]


@dataclass(frozen=True)
class Bundle:
    """A household's bundle but for the questionnaires, which are written only where the bundle is pulled."""

    household: Household
    content: Wire
    known: Mapping[str, Known]
    mark: str

    def as_wire(self) -> Wire:
        """The whole bundle."""
        prefilled = {key: prefilled_form(pack, *facts) for key, (pack, facts) in self.known.items()}
        return {**self.content, "mark": self.mark, "prefilled": prefilled}


def bundles_of(
    device: Device, households: Sequence[Household], caseload: CaseloadRows, *, packs: Sequence[Pack]
) -> list[Bundle]:
    """The bundles of households, in their order; the number of queries does not grow with them."""
    cases = [case for household in households for case in caseload.cases.get(household.pk, ())]
    rows = BundleRows.read(device, households, cases)
    builder = _Builder(caseload, rows, packs, timezone.localdate(), _of_guests(device, households, caseload))
    return [builder.bundle(household) for household in households]


def _of_guests(
    device: Device, households: Iterable[Household], caseload: CaseloadRows
) -> dict[str, Mapping[UUID, Any]]:
    """By the name of each guest's part what goes down of each household."""
    along = [
        TakenAlong(home, caseload.members.get(home.pk, ()), caseload.cases.get(home.pk, ()))
        for home in households
    ]
    return {guest.part: guest.down(device.owner, along) for guest in in_field() if guest.at_home}


@dataclass(frozen=True)
class _Made:
    """The newest assessments of a household that a worker may know of, each of its pack and person."""

    newest: Mapping[tuple[str, UUID | None], Assessment]

    @classmethod
    def read(cls, made: Iterable[Assessment], members: Iterable[Membership], readable: Readable) -> Self:
        """Those about people whom the worker knows to live there, of questionnaires that the worker may see."""
        people = {None, *(one.person_id for one in members)}
        known = [one for one in made if one.person_id in people and one.pack.opens_with in readable]
        return cls({(one.pack.name, one.person_id): one for one in known})

    @property
    def usual(self) -> Assessment | None:
        """The newest that says how severe the household is."""
        setting = [one for one in self.newest.values() if one.pack.sets_severity]
        return max(setting, key=lambda one: (one.visited_on, one.submitted_at), default=None)

    @property
    def others(self) -> list[Assessment]:
        """The rest."""
        return [one for one in self.newest.values() if one is not self.usual]


@dataclass(frozen=True)
class _Builder:
    caseload: CaseloadRows
    rows: BundleRows
    packs: Sequence[Pack]
    today: dt.date
    guests: Mapping[str, Mapping[UUID, Any]]

    def bundle(self, household: Household) -> Bundle:
        readable = self.rows.readable[household.pk]
        members = self.caseload.members.get(household.pk, ())
        made = _Made.read(self.rows.last.get(household.pk, ()), members, readable)
        content = {
            "id": str(household.pk),
            "revision": household.revision,
            "sealed": household.sealed,
            "home": household_to_wire(household),
            "members": [_member(member) for member in members],
            "cases": [self._case(case, readable) for case in self.caseload.cases.get(household.pk, ())],
            "last": self._last(made.usual, readable) if made.usual else None,
            "others": [self._last(one, readable) for one in made.others],
            "visits": [
                _visit(one) for one in self.rows.visits.get(household.pk, ()) if one.compartment in readable
            ],
            **{name: told[household.pk] for name, told in self.guests.items()},
        }
        known = dict(self._known(household, members, made, readable))
        begins = [(key, pack.digest, facts) for key, (pack, facts) in known.items()]
        return Bundle(household, content, known, mark_of([content, begins]))

    def _known(
        self, household: Household, members: Sequence[Membership], made: _Made, readable: Readable
    ) -> Iterator[tuple[str, Known]]:
        """What each questionnaire begins with: by its pack or, about a person, by pack and person."""
        for pack in self.packs:
            if pack.opens_with not in readable:
                continue
            # Of violence nothing is begun outside of a sealed case; one that is here is its team's.
            if pack.opens_with in SEALED_COMPARTMENTS and not household.sealed:
                continue
            if pack.about == "household":
                last = made.newest.get((pack.name, None))
                yield (
                    pack.name,
                    (pack, facts_from(household, members, last=last, pack=pack, readable=readable)),
                )
                continue
            for one in members:
                if is_offered(pack, one.person):
                    last = made.newest.get((pack.name, one.person_id))
                    facts = facts_from(household, [one], last=last, pack=pack, readable=readable)
                    yield f"{pack.name}/{one.person_id}", (pack, facts)

    def _case(self, case: Case, readable: Readable) -> Wire:
        plans = {plan.status: plan for plan in self.rows.plans.get(case.pk, ())}
        done = self.rows.interventions.get(case.pk, ())
        return {
            "id": str(case.pk),
            "number": str(case),
            "person": _key(case.person_id),
            "regime": case.regime,
            "deadlines": [self._deadline(one) for one in self.caseload.deadlines.get(case.pk, ())],
            "inForce": _plan(plans.get(PlanStatus.ADOPTED), readable),
            "draft": _plan(plans.get(PlanStatus.DRAFT), readable),
            "interventions": [_done(one) for one in done if one.compartment in readable],
        }

    def _deadline(self, deadline: CaseDeadline) -> Wire:
        language = get_language() or "ro"
        label = rulebook().sentence(deadline.rule, on=deadline.since.date(), language=language)
        return {"label": label, "due": deadline.due_on.isoformat(), "overdue": deadline.due_on < self.today}

    def _last(self, last: Assessment, readable: Readable) -> Wire:
        found = next(iter(self.rows.sets.get(last.pk, ())), None)
        findings = self.rows.findings.get(found.pk, ()) if found else ()
        return {
            "id": str(last.pk),
            "person": _key(last.person_id),
            "pack": last.pack.name,
            "version": last.pack.version,
            "visitedOn": last.visited_on.isoformat(),
            "by": last.by.name,
            "findings": [_found(found, one, readable) for one in findings if one.compartment in readable],
            "notAssessed": _gaps(found, readable) if found else 0,
            "scores": scores_to_wire(found, last, readable) if found else [],
        }


def _member(member: Membership) -> Wire:
    person = member.person
    return {
        "person": str(person.pk),
        "familyName": person.family_name,
        "givenName": person.given_name,
        "birthDate": person.birth_date.isoformat() if person.birth_date else None,
        "sex": person.sex,
        "relation": member.relation,
        "phone": person.phone,
    }


def _plan(plan: Plan | None, readable: Readable) -> Wire | None:
    if plan is None:
        return None
    return {
        "id": str(plan.pk),
        "version": plan.version,
        "revision": plan.revision,
        "objectives": [
            one for one in objectives_to_wire(objectives_read(plan)) if one["compartment"] in readable
        ],
    }


def _done(intervention: Intervention) -> Wire:
    return {
        "id": str(intervention.pk),
        "at": timezone.localtime(intervention.at).isoformat(timespec="seconds"),
        "mode": intervention.mode,
        "code": intervention.code,
        "person": _key(intervention.person_id),
        "by": intervention.by.name,
        "note": intervention.note,
    }


def _visit(visit: Visit) -> Wire:
    return {
        "id": str(visit.pk),
        "case": _key(visit.case_id),
        "day": visit.day.isoformat(),
        "hour": f"{visit.hour:%H:%M}" if visit.hour else None,
        "worker": str(visit.who_id),
        "name": visit.who.name,
        "purpose": visit.purpose,
    }


def _found(of: FindingSet | None, finding: Finding, readable: Readable) -> Wire:
    assert of is not None
    pack = pack_of(of.pack)
    return {
        "person": _key(finding.person_id),
        "code": finding.code,
        "name": dict(pack.rules[finding.code].name),
        "severity": finding.severity,
        "dimension": finding.dimension,
        "compartment": finding.compartment,
        "explanation": {language: _why(pack, finding, readable, language) for language in LANGUAGES},
    }


def _why(pack: Pack, finding: Finding, readable: Readable, language: str) -> str:
    """The answers behind a finding; of those behind a derived one, only those that the worker reads are named."""
    if not finding.because_of:
        return str(finding.explanation.get(language, ""))
    named = [code for code in finding.because_of if pack.rules[code].compartment in readable]
    return explain_derived(pack, finding.code, named, language)


def _gaps(found: FindingSet, readable: Readable) -> int:
    rules = pack_of(found.pack).rules
    rules_missing = (rules.get(gap["code"]) for gap in found.not_assessed)
    return sum(1 for rule in rules_missing if rule and rule.severity and rule.compartment in readable)


def _key(key: UUID | None) -> str | None:
    return str(key) if key else None
