"""Registers about dwellings: what is agreed of one, with which household; behind a seal it tells of nobody."""

import datetime as dt
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry
from punte.cases.actions.switch_rule import switch_rule
from punte.cases.models import GuestDeadline
from punte.cases.refresh_all import refresh_terms
from punte.kernel.errors import DomainError, NotAllowed
from punte.kernel.tables import write_xlsx
from punte.people.actions import change_household, record_dwelling
from punte.people.models import Dwelling, Household
from punte.registers.actions import add_entry, correct_entry, move_entry, withdraw_entry
from punte.registers.models import Entry
from punte.registers.sight import Sight
from punte.statistics.actions import make_extract
from tests.factories import HouseholdFactory
from tests.factories import worker as worker_as
from tests.people.sealed_place import Place, again, by, make_place
from tests.people.test_person_seals import OUTSIDERS, answered

pytestmark = pytest.mark.django_db
MARCH, MAY = dt.date(2026, 3, 1), dt.date(2026, 5, 31)


@pytest.fixture
def place() -> Place:
    return make_place()


def flat(place: Place, address: str = "Bl. 3, ap. 1") -> Dwelling:
    keeper = place.old.keeper
    worker = again(place.worker)
    return record_dwelling(by=worker, keeper=keeper, kind="social", uat=place.old.uat, address=address)


def lives_in(place: Place, home: Household, dwelling: Dwelling) -> None:
    change_household(by=again(place.worker), household=home, dwelling=dwelling)


def neighbour(place: Place, dwelling: Dwelling) -> Household:
    """Somebody else who lives there, as everybody sees."""
    other = HouseholdFactory(keeper=place.old.keeper, name="Vecin")
    lives_in(place, other, dwelling)
    return other


def rent(by: Any, dwelling: Dwelling, home: Household, **given: Any) -> Entry:
    said = {"start": MARCH, **given.pop("said", {})}
    fields = {"household": home, "right": "market", "rent": Decimal(400), **given}
    return add_entry(by=by, register="tenancy", subject=dwelling, given=fields, **said)


def test_a_tenancy_is_seen_on_the_dwelling_and_on_the_case(place: Place) -> None:
    dwelling = flat(place)
    lives_in(place, place.like, dwelling)
    client = by(again(place.worker))
    new = reverse("entry_new", args=["locuinte", dwelling.pk, "tenancy"])
    assert list(client.get(new).context["form"].fields["household"].queryset) == [place.like]
    sent = {
        "state": "signed",
        "start": "2026-03-01",
        "household": place.like.pk,
        "right": "market",
        "rent": "400",
    }
    assert client.post(new, sent).status_code == 302
    entry = Entry.objects.get()
    assert (entry.dwelling, entry.concerns) == (dwelling, place.like)
    case = place.like.cases.get()
    for kind, key in (("locuinte", dwelling.pk), ("gospodarii", place.like.pk), ("cazuri", case.pk)):
        page = client.get(reverse("registers_of", args=[kind, key])).content.decode()
        assert "închiriere de la o persoană" in page and reverse("entry", args=[entry.pk]) in page, kind
    said = client.get(reverse("entry", args=[entry.pk])).content.decode()
    assert place.like.name in said and "400,00 lei" in said
    [row] = client.get(reverse("register_list", args=["tenancy"])).context["rows"]
    assert row.subject == dwelling and row.concerns_id == place.like.pk


def test_what_expires_is_a_term_of_the_case_of_who_rents(place: Place) -> None:
    dwelling = flat(place)
    for home in (place.like, place.old):
        lives_in(place, home, dwelling)
    until = timezone.localdate() + dt.timedelta(days=90)
    worker = again(place.worker)
    entry = rent(worker, dwelling, place.like, valid_until=until, right="support")
    # Of memory, the rule is off until somebody has read the act.
    assert terms() == []
    leader = worker_as(Role.COORDINATOR, organization=place.old.keeper)
    switch_rule(
        by=leader,
        organization=place.old.keeper,
        rule="tenancy_expires",
        on=True,
        reason="Legea a fost citită",
    )
    refresh_terms()
    due = until - dt.timedelta(days=60)
    assert terms() == [(place.like.pk, due, None)]
    later = until + dt.timedelta(days=365)
    today = timezone.localdate()
    entry = move_entry(
        by=worker, entry=entry, move="renew", on=today, given={"valid_until": later}, revision=1
    )
    due = later - dt.timedelta(days=60)
    assert sorted(terms(), key=lambda one: one[2] is None) == [
        (place.like.pk, due, today),
        (place.like.pk, due, None),
    ]
    correct_entry(
        by=worker,
        entry=entry,
        start=MARCH,
        given={"household": place.old, "right": "support", "valid_until": later},
        why="Altă familie",
        revision=2,
    )
    entry.refresh_from_db()
    assert entry.concerns == place.old
    assert {home for home, _due, met_on in terms() if met_on is None} == {place.old.pk}
    before = terms()
    other = rent(worker, flat(place, "Bl. 4, ap. 2"), place.like, valid_until=until, right="support")
    assert (place.like.pk, until - dt.timedelta(days=60), None) in terms()
    move_entry(by=worker, entry=other, move="end", on=today - dt.timedelta(days=1), given={}, revision=1)
    assert terms() == before


def terms() -> list[tuple[Any, dt.date, dt.date | None]]:
    """Of tenancies: whose, due when, met when."""
    rows = GuestDeadline.objects.filter(rule="tenancy_expires").order_by("due_on", "pk")
    return [(row.case.household_id, row.due_on, row.met_on) for row in rows.select_related("case")]


@pytest.mark.both
def test_one_household_has_one_tenancy_of_a_dwelling_at_a_time(place: Place) -> None:
    dwelling = flat(place)
    worker = again(place.worker)
    first = rent(worker, dwelling, place.like)
    rent(worker, dwelling, place.old)
    with pytest.raises(DomainError):
        rent(worker, dwelling, place.like, said={"start": MAY})
    moved = move_entry(by=worker, entry=first, move="end", on=MAY, given={}, revision=1)
    rent(worker, dwelling, place.like, said={"start": MAY + dt.timedelta(days=1)})
    with pytest.raises(IntegrityError, match="one_entry_per_dwelling"), transaction.atomic():
        Entry.objects.filter(pk=moved.pk).update(end=None)
    with pytest.raises(IntegrityError, match="one_subject_per_entry"), transaction.atomic():
        Entry.objects.filter(pk=moved.pk).update(household=place.like)


def test_who_is_of_another_institution_neither_reads_nor_writes(place: Place) -> None:
    dwelling = flat(place)
    rent(again(place.worker), dwelling, place.like)
    stranger = worker_as(Role.SOCIAL_WORKER)
    with pytest.raises(NotAllowed):
        rent(stranger, dwelling, place.like)
    assert by(stranger).get(reverse("registers_of", args=["locuinte", dwelling.pk])).status_code == 404
    with pytest.raises(DomainError):
        rent(again(place.worker), dwelling, HouseholdFactory())


@pytest.mark.parametrize("who", OUTSIDERS)
def test_a_tenancy_of_who_lives_behind_a_seal_is_not_there(place: Place, who: str) -> None:
    """In words, in status and in questions the dwelling is like the one in which nobody hidden rents."""
    shared, plain = flat(place), flat(place)
    for dwelling in (shared, plain):
        rent(again(place.worker), dwelling, neighbour(place, dwelling))
    lives_in(place, place.new, shared)
    hers = rent(again(place.worker), shared, place.new, rent=Decimal(150))
    client = by(again(getattr(place, who)))
    for page, args in (("registers_of", ["locuinte"]), ("dwelling", [])):
        behind, alike = (answered(client, reverse(page, args=[*args, one.pk])) for one in (shared, plain))
        assert behind[:2] == alike[:2], page
    assert client.get(reverse("entry", args=[hers.pk])).status_code == 404
    with pytest.raises(NotAllowed):
        withdraw_entry(by=again(getattr(place, who)), entry=hers, why="x", revision=1)
    listed = client.get(reverse("register_list", args=["tenancy"]))
    assert sorted(row.subject.pk for row in listed.context["rows"]) == sorted([shared.pk, plain.pk])
    assert place.new.name not in listed.content.decode()
    outside = Sight(again(getattr(place, who)), shared)
    assert [one.concerns.name for one in outside.entries()] == ["Vecin"]
    inside = Sight(again(place.worker), shared)
    assert {one.concerns.name for one in inside.entries()} == {"Vecin", place.new.name}
    assert TrailEntry.objects.get(verb="add_entry", subject=hers.pk).sealed


def test_what_others_write_beside_it_is_not_refused(place: Place) -> None:
    """A register of a town that lets a dwelling have one entry at a time would else tell that somebody is there."""
    dwelling = flat(place)
    neighbour(place, dwelling)
    lives_in(place, place.new, dwelling)
    hers = rent(again(place.worker), dwelling, place.new)
    Entry.objects.filter(pk=hers.pk).update(overlap_key=f"tenancy|household={place.like.pk}")
    other = rent(again(place.colleague), dwelling, place.like)
    assert other.overlap_key is None
    with pytest.raises(DomainError):
        rent(again(place.colleague), dwelling, place.like)
    correct_entry(
        by=again(place.colleague),
        entry=other,
        start=MAY,
        given={"household": place.like, "right": "market"},
        why="Din mai",
        revision=1,
    )
    assert Entry.objects.get(pk=other.pk).start == MAY


def test_a_household_that_one_does_not_see_cannot_be_named(place: Place) -> None:
    dwelling = flat(place)
    with pytest.raises(DomainError) as refused:
        rent(again(place.colleague), dwelling, place.new)
    assert refused.value.field == "household"


def test_in_the_extract_it_names_dwelling_and_household_by_pseudonyms(
    place: Place, settings: Any, tmp_path: Any
) -> None:
    settings.VAR = tmp_path
    dwelling = flat(place)
    lives_in(place, place.like, dwelling)
    rent(again(place.worker), dwelling, place.like)
    folder = tmp_path / "extracts" / make_extract().name
    joined = (
        f"SELECT r.dwelling = t.about, t.rent FROM '{folder}/register_tenancy.parquet' t"
        f" JOIN '{folder}/residences.parquet' r ON r.household = t.household AND r.dwelling IS NOT NULL"
    )
    assert duckdb.connect().execute(joined).fetchall() == [(True, Decimal("400.00"))]


def test_tenancies_come_in_from_a_table_and_name_only_households_that_one_sees(place: Place) -> None:
    dwelling = flat(place)
    lives_in(place, place.like, dwelling)
    change_household(by=again(place.worker), household=place.like, name="Popescu")
    titles = ["Locuința", "Gospodăria care închiriază", "Cu ce drept", "Chiria pe lună", "De când"]
    browser = by(again(place.colleague))
    url = reverse("register_import", args=["tenancy"])

    def send(named: str) -> Any:
        row = ["Bl. 3, ap. 1", named, "locuință de sprijin", "150", "01.03.2026"]
        table = SimpleUploadedFile("tabel.xlsx", write_xlsx({"Tabel": [titles, row]}))
        return browser.post(url, {"table": table})

    unseen, none = (send(name).content.decode() for name in (place.new.name, "Nimeni"))
    assert "nu este printre cele" in unseen and "nu este printre cele" in none
    preview = send("Popescu")
    assert browser.post(url, {"lines": preview.context["lines"]}).status_code == 302
    entry = Entry.objects.get()
    assert (entry.dwelling, entry.concerns) == (dwelling, place.like)
