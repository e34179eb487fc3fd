"""Invented entries of registers (school, what runs out, a stay, agreements), and whom to call at a school."""

import datetime as dt
from itertools import cycle
from typing import Any

from punte.accounts.actions import add_contact
from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.cases.actions import add_facet, end_facet
from punte.cases.models import Case
from punte.deadlines.model import ADULT_AT
from punte.demonstration.staff import Keeper
from punte.directory.queries import services_with_places
from punte.organizations.enums import OrganizationKind
from punte.organizations.models import Organization
from punte.people.models import Membership, Person
from punte.people.rules import completed_years
from punte.registers.actions import add_entry, move_entry

_CASES = 40
_CERTIFICATES = 10
_AGREEMENTS = 4
_ORDERS = 2
_FACETS = ("housing", "education", "protection", "disability", "older_people")
_STAGES = ((3, "creche"), (6, "kindergarten"), (11, "primary"), (15, "lower"), (18, "upper"))
_UNITS = {
    "creche": "Creșa „Piticii”",
    "kindergarten": "Grădinița cu program prelungit „Licurici”",
    "primary": "Școala Gimnazială „Ion Exemplu”",
    "lower": "Școala Gimnazială „Ion Exemplu”",
    "upper": "Liceul Tehnologic „Ana Exemplu”",
}
_EVENTS = ("job_lost", "separation", "job_found", "abroad", "bereavement")
_OF_HOUSEHOLDS = ("income_lost", "damage", "cut_off")
_SUBJECTS = ("Consiliere pentru părinți", "Masă caldă", "Sprijin la teme după școală", "Transport la terapie")
_TO_CALL = (
    ("counsellor", "Lavinia Exemplu", "0264 555 012", "Marți și joi, după ora 12."),
    ("secretariat", "", "0264 555 011", ""),
)


def write_entries(*, city: Keeper, today: dt.date) -> None:
    """Write them by the same verbs that people use."""
    cases = Case.objects.filter(
        keeper=city.organization, open=True, sealed=False, responsible__isnull=False, person=None
    ).select_related("responsible", "household")
    for number, case in enumerate(cases.order_by("-year", "-number")[:_CASES]):
        assert case.responsible is not None
        living = Membership.objects.current().filter(household=case.household_id, person__seals=None)
        people = [
            lived.person for lived in living.select_related("person").order_by("person__birth_date", "pk")
        ]
        for person in people:
            _at_school(case.responsible, person, today, leaves=number % 5 == 0)
        if number < _CERTIFICATES and people:
            _certificate(case.responsible, people[0], today, ends_in=30 + 45 * number)
        _worked_on(case, today, number)
        if not number:
            _contacts(case.responsible, city, today)
        if people:
            _happened(case, people[0], today, number)
        if people and number % 6 == 1:
            _delegated(case.responsible, people[-1], today, ends_in=40 + 25 * number)
    _protection(city, today)
    _agreements(city, today)


def _at_school(worker: User, child: Person, today: dt.date, *, leaves: bool) -> None:
    begun = dt.date(today.year if today.month > 8 else today.year - 1, 9, 8)
    if child.birth_date is None or child.birth_date >= begun:
        return
    age = completed_years(child.birth_date, on=begun)
    stage = next((stage for below, stage in _STAGES if age < below), None)
    if stage is None or stage == "creche":
        return
    said = {"unit": _UNITS[stage], "stage": stage, "form": "mainstream"}
    entry = add_entry(by=worker, register="school_enrolment", subject=child, start=begun, given=said)
    if leaves and stage in ("lower", "upper"):
        on = max(begun, today - dt.timedelta(days=20))
        move_entry(by=worker, entry=entry, move="absent", on=on, given={}, revision=entry.revision)


def _certificate(worker: User, adult: Person, today: dt.date, *, ends_in: int) -> None:
    given = {"number": f"{ends_in}/2026", "kind": "somatic", "grade": "medium", "permanent": False}
    add_entry(
        by=worker,
        register="disability_certificate",
        subject=adult,
        start=today - dt.timedelta(days=365 - ends_in % 365),
        given={**given, "valid_until": today + dt.timedelta(days=ends_in), "issued_by": "adults"},
    )


def _delegated(worker: User, youngest: Person, today: dt.date, *, ends_in: int) -> None:
    """A parent works abroad, and the grandmother answers for the child meanwhile."""
    if youngest.birth_date is None or completed_years(youngest.birth_date, on=today) >= ADULT_AT:
        return
    start = today - dt.timedelta(days=max(360 - ends_in, 30))
    add_entry(
        by=worker,
        register="parental_delegation",
        subject=youngest,
        start=start,
        state="decided",
        given={
            "who_leaves": "father",
            "notified_on": start - dt.timedelta(days=60),
            "leaves_on": start,
            "carer": "Bunica din partea mamei",
            "until": today + dt.timedelta(days=ends_in),
            "decision": f"{1200 + ends_in}/{start.year}",
        },
        confirmed=True,
    )


def _worked_on(case: Case, today: dt.date, number: int) -> None:
    """Some cases have a field of work, some had one for a while."""
    if number % 2 or case.responsible is None:
        return
    facet = _FACETS[number // 2 % len(_FACETS)]
    row = add_facet(by=case.responsible, case=case, facet=facet, start=today - dt.timedelta(days=40))
    if number % 8 == 4:
        end_facet(by=case.responsible, case=case, row=row, end=today - dt.timedelta(days=5))


def _happened(case: Case, adult: Person, today: dt.date, number: int) -> None:
    """What happened to every second family: to one of them, and to every fourth as a whole."""
    assert case.responsible is not None
    day = today - dt.timedelta(days=25 + 9 * number)
    if number % 2 == 0:
        kind = _EVENTS[number // 2 % len(_EVENTS)]
        add_entry(by=case.responsible, register="life_event", subject=adult, start=day, given={"kind": kind})
    if number % 4 == 1:
        kind = _OF_HOUSEHOLDS[number // 4 % len(_OF_HOUSEHOLDS)]
        about: dict[str, Any] = {"register": "household_event", "subject": case.household}
        add_entry(by=case.responsible, start=day, given={"kind": kind}, **about)


def _protection(city: Keeper, today: dt.date) -> None:
    """Orders that protect, and a stay where nobody looks for her: of sealed cases, by their own workers."""
    sealed = Case.objects.filter(keeper=city.organization, open=True, sealed=True, responsible__isnull=False)
    for number, case in enumerate(sealed.select_related("responsible").order_by("year", "number")[:_ORDERS]):
        living = Membership.objects.current().filter(household=case.household_id)
        lived = living.select_related("person").order_by("person__birth_date", "pk").first()
        worker = case.responsible
        if lived is None or worker is None:
            continue
        entry = add_entry(
            by=worker,
            register="protection_order",
            subject=lived.person,
            start=today - dt.timedelta(days=150),
            given={
                "kind": "order",
                "issued_by": "court",
                "asked_by": "victim",
                "measures": ["distance", "contact"],
                "until": today + dt.timedelta(days=12 + 60 * number),
                "file_no": f"{4100 + number}/2026",
            },
            state="issued",
        )
        if number:
            on = today - dt.timedelta(days=20)
            move_entry(by=worker, entry=entry, move="breach", on=on, given={}, revision=entry.revision)
            continue
        stays_in = (
            services_with_places(["8790 CR-VD"]).filter(free__gt=0).order_by("folded_name", "pk").first()
        )
        add_entry(
            by=worker,
            register="emergency_stay",
            subject=lived.person,
            start=today - dt.timedelta(days=150),
            given={
                **({"place": stays_in} if stays_in else {"service": "Locuința protejată „Exemplu”"}),
                "kind": "protected_home",
                "agreed_until": today + dt.timedelta(days=30),
            },
        )


def _agreements(city: Keeper, today: dt.date) -> None:
    keepers = User.objects.filter(appointments__organization=city.organization)
    planner = keepers.filter(appointments__role=Role.PLANNER).order_by("pk").first()
    partners = Organization.objects.filter(services__isnull=False).exclude(pk=city.organization.pk)
    if planner is None:
        return
    chosen = partners.distinct().order_by("name", "pk")[:_AGREEMENTS]
    for number, (partner, subject) in enumerate(zip(chosen, cycle(_SUBJECTS), strict=False)):
        add_entry(
            by=planner,
            register="agreement",
            subject=partner,
            start=today - dt.timedelta(days=200),
            state="signed",
            given={
                "subject": subject,
                "number": f"{100 + number}/2026",
                "kind": "protocol",
                "until": today + dt.timedelta(days=50 + 100 * number),
            },
        )


def _contacts(worker: User, city: Keeper, today: dt.date) -> None:
    school = Organization.objects.filter(kind=OrganizationKind.SCHOOL, uat=city.uat).first()
    if school is None:
        return
    for duty, name, phone, remark in _TO_CALL:
        given = {"duty": duty, "name": name, "phone": phone, "email": "", "remark": remark}
        add_contact(
            by=worker, keeper=city.organization, institution=school, start=today.replace(day=1), given=given
        )
