"""Who reads which entries: by subject, compartment and seal; outside the circle nothing tells of what is new."""

import datetime as dt

import pytest
from django.urls import reverse

from punte.accounts.enums import Role
from punte.cases.actions import add_team_member, open_case, seal_case, seal_person
from punte.cases.enums import Regime
from punte.kernel.errors import NotAllowed
from punte.registers.actions import add_entry, correct_entry, move_entry
from punte.registers.models import Entry
from punte.registers.sight import Sight
from tests.access.test_behind_a_seal import answered
from tests.factories import HouseholdFactory, OrganizationFactory, family
from tests.factories import worker as worker_as

pytestmark = pytest.mark.django_db
MARCH = dt.date(2026, 3, 1)
APRIL = dt.date(2026, 4, 1)
SCHOOL = {"unit": "Școala nr. 1", "stage": "primary"}


@pytest.fixture
def home(house):
    home = HouseholdFactory(keeper=house)
    home.people = family(34, 8, household=home)
    return home


@pytest.fixture
def inside(house, home):
    """Who answers for the case of the household."""
    worker = worker_as(Role.CASE_MANAGER, organization=house)
    open_case(by=worker, household=home, regime=Regime.STANDARD, reason="Vizită")
    return worker


@pytest.fixture
def outside(house):
    return worker_as(Role.SOCIAL_WORKER, organization=house)


def enrol(by, child, **given):
    said = {"start": MARCH, "given": SCHOOL, **given}
    return add_entry(by=by, register="school_enrolment", subject=child, **said)


def read(user, child):
    user.__dict__.pop("_hidden_by_seals", None)
    return [(one.start, one.state, one.revision) for one in Sight(user, child).entries()]


def test_what_the_circle_writes_of_a_sealed_person_is_not_seen_outside(home, inside, outside) -> None:
    child = home.people[1]
    entry = enrol(inside, child)
    seal_person(by=inside, person=child, reason="Este căutat")
    move_entry(by=inside, entry=entry, move="transfer", on=APRIL, given={}, revision=1)
    enrol(inside, child, start=dt.date(2026, 4, 2), given={**SCHOOL, "unit": "Școala din alt oraș"})
    assert read(outside, child) == [(MARCH, "attending", 1)]
    assert len(read(inside, child)) == 2


def test_what_others_write_stands_beside_and_changes_nothing(home, inside, outside) -> None:
    child = home.people[1]
    entry = enrol(inside, child)
    seal_person(by=inside, person=child, reason="Este căutat")
    move_entry(by=inside, entry=entry, move="transfer", on=APRIL, given={}, revision=1)
    outside.__dict__.pop("_hidden_by_seals", None)
    correct_entry(
        by=outside, entry=entry, start=dt.date(2026, 2, 1), given=SCHOOL, why="Din februarie", revision=1
    )
    assert read(outside, child) == [(dt.date(2026, 2, 1), "attending", 3)]
    entry.refresh_from_db()
    assert (entry.state, entry.start) == ("transferred", MARCH)


def test_the_overlap_with_what_is_hidden_is_not_told(home, inside, outside) -> None:
    child = home.people[1]
    seal_person(by=inside, person=child, reason="Este căutat")
    enrol(inside, child)
    outside.__dict__.pop("_hidden_by_seals", None)
    enrol(outside, child)
    assert len(read(outside, child)) == 1
    assert len(read(inside, child)) == 2
    with pytest.raises(Exception, match="same time|același timp"):
        enrol(outside, child)


def test_pages_outside_are_the_same_byte_for_byte(home, inside, outside, client) -> None:
    child = home.people[1]
    entry = enrol(inside, child)
    # What stands sealed in an institution is asked for with every page, whomever it is about.
    seal_person(by=inside, person=home.people[0], reason="Este căutată")
    client.force_login(outside)
    client.get("/cont/")
    pages = [
        reverse("registers_of", args=["persoane", child.pk]),
        reverse("registers_of", args=["gospodarii", home.pk]),
        reverse("entry", args=[entry.pk]),
    ]
    before = [answered(client, page) for page in pages]
    seal_person(by=inside, person=child, reason="Este căutat")
    move_entry(by=inside, entry=entry, move="transfer", on=APRIL, given={}, revision=1)
    hidden = enrol(inside, child, start=dt.date(2026, 4, 2))
    assert [answered(client, page) for page in pages] == before
    assert client.get(reverse("entry", args=[hidden.pk])).status_code == 404
    assert client.get(reverse("entry_correct", args=[hidden.pk])).status_code == 404


def test_a_role_sees_the_registers_of_its_compartments_alone(house, home, inside, client) -> None:
    adult, child = home.people
    certificate = {"kind": "physical", "grade": "severe", "permanent": True}
    add_entry(by=inside, register="disability_certificate", subject=adult, start=MARCH, given=certificate)
    enrol(inside, child)
    seen = {
        Role.COMMUNITY_NURSE: {"disability_certificate"},
        Role.SCHOOL_MEDIATOR: {"school_enrolment"},
        Role.SOCIAL_WORKER: {"disability_certificate", "school_enrolment"},
        Role.TRAINEE: set(),
    }
    for role, registers in seen.items():
        user = worker_as(role, organization=house)
        mine = [entry.register for person in home.people for entry in Sight(user, person).entries()]
        assert set(mine) == registers
        client.force_login(user)
        page = client.get(reverse("registers_of", args=["gospodarii", home.pk])).content.decode()
        assert ("grad de handicap" in page) == ("disability_certificate" in registers)
        for entry in Entry.objects.all():
            found = client.get(reverse("entry", args=[entry.pk])).status_code
            assert found == (200 if entry.register in registers else 404)


def test_of_a_sealed_case_its_team_alone_reads_what_is_about_it(home, inside, outside, client) -> None:
    case = home.cases.get()
    psychologist = worker_as(Role.PSYCHOLOGIST, organization=case.keeper)
    add_team_member(by=inside, case=case, user=psychologist)
    seal_case(by=inside, case=case, reason="Semnal")
    for user, status in ((outside, 404), (psychologist, 200)):
        client.force_login(user)
        assert client.get(reverse("registers_of", args=["cazuri", case.pk])).status_code == status


@pytest.fixture
def order_without_seal(tmp_path, settings) -> str:
    """A register of violence as a town may have one, which seals nobody."""
    text = (settings.CONTENT / "registers" / "protection_order.yaml").read_text(encoding="utf-8")
    (tmp_path / "registers").mkdir()
    own = text.replace("key: protection_order", "key: own_order").replace("seals: person\n", "")
    (tmp_path / "registers" / "own_order.yaml").write_text(own, encoding="utf-8")
    settings.OWN_CONTENT = tmp_path
    return "own_order"


def test_of_violence_the_team_of_the_case_alone_writes(
    home, inside, outside, order_without_seal, client
) -> None:
    adult = home.people[0]
    order = {"kind": "order", "until": dt.date(2026, 12, 1), "measures": ["contact", "distance"]}
    said = {
        "register": order_without_seal,
        "subject": adult,
        "start": MARCH,
        "state": "issued",
        "given": order,
    }
    with pytest.raises(NotAllowed):
        add_entry(by=outside, **said)
    entry = add_entry(by=inside, **said)
    assert [one.pk for one in Sight(outside, adult).entries()] == [entry.pk]
    revision = move_entry(by=inside, entry=entry, move="confirm", on=MARCH, given={}, revision=1).revision
    move_entry(by=inside, entry=entry, move="breach", on=APRIL, given={}, revision=revision)
    for user, status in ((outside, 404), (inside, 200)):
        client.force_login(user)
        assert client.get(reverse("entry_correct", args=[entry.pk])).status_code == status
        page = client.get(reverse("registers_of", args=["persoane", adult.pk])).content.decode()
        assert ("A fost prelungit" in page) == ("+ Ordin de protecție" in page) == (user == inside)


def test_agreements_are_the_planners(house, client) -> None:
    partner = OrganizationFactory()
    planner = worker_as(Role.PLANNER, organization=house)
    entry = add_entry(
        by=planner,
        register="agreement",
        subject=partner,
        start=MARCH,
        given={"subject": "Consiliere", "kind": "protocol"},
    )
    far = worker_as(Role.PLANNER)
    for user, status in ((planner, 200), (far, 404), (worker_as(Role.SOCIAL_WORKER), 404)):
        client.force_login(user)
        assert client.get(reverse("entry", args=[entry.pk])).status_code == status
