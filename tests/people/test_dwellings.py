"""Where households live through time, and in which dwellings; behind a seal nobody learns it from either."""

import datetime as dt
from typing import Any

import duckdb
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from punte.accounts.enums import Role
from punte.accounts.guests import Whose, lanes_of
from punte.cases.actions import seal_person
from punte.documents.content import address_of
from punte.kernel.errors import DomainError, NotAllowed
from punte.people.actions import change_dwelling, change_household, create_household, record_dwelling
from punte.people.actions.own_file import make_own_file
from punte.people.models import Dwelling, Household, Membership, Residence
from punte.people.residences import PLACE, residence_on, settle
from punte.statistics.actions import make_extract_of_day
from punte.www.office.people.forms.finding_dwellings import MANY
from tests import some_of
from tests.factories import HouseholdFactory, OrganizationFactory, UatFactory, family
from tests.factories import worker as worker_as
from tests.people.sealed_place import Place, again, by
from tests.people.test_person_seals import OUTSIDERS, answered

pytestmark = pytest.mark.django_db
MARCH, MAY, JULY = dt.date(2026, 3, 1), dt.date(2026, 5, 1), dt.date(2026, 7, 1)


@pytest.fixture
def worker() -> Any:
    return worker_as(Role.SOCIAL_WORKER, organization=OrganizationFactory())


@pytest.fixture
def home(worker: Any) -> Household:
    home = HouseholdFactory(keeper=worker.appointments.get().organization, address="Str. Veche 1")
    since(home, MARCH)
    return home


def since(home: Household, day: dt.date) -> None:
    home.residences.update(start=day)


def flat(worker: Any, keeper: Any, address: str = "Bl. 3, ap. 1", **fields: Any) -> Dwelling:
    said = {"kind": "social", "uat": keeper.uat or UatFactory(), **fields}
    return record_dwelling(by=worker, keeper=keeper, address=address, **said)


def lived(home: Household) -> list[tuple[str, dt.date, dt.date | None]]:
    return [(one.address, one.start, one.end) for one in home.residences.order_by("start")]


def test_a_move_keeps_where_they_lived_before(worker: Any, home: Household) -> None:
    change_household(by=worker, household=home, address="Str. Nouă 2", since=MAY)
    assert lived(home) == [("Str. Veche 1", MARCH, MAY), ("Str. Nouă 2", MAY, None)]
    home.refresh_from_db()
    assert home.address == "Str. Nouă 2"


def test_on_the_same_day_the_address_is_corrected(worker: Any, home: Household) -> None:
    change_household(by=worker, household=home, address="Str. Veche 1A", since=MARCH)
    assert lived(home) == [("Str. Veche 1A", MARCH, None)]


def test_a_move_without_a_day_is_of_today(worker: Any, home: Household) -> None:
    change_household(by=worker, household=home, address="Str. Nouă 2")
    assert lived(home)[-1] == ("Str. Nouă 2", timezone.localdate(), None)


def test_the_day_since_which_they_live_there_is_corrected(worker: Any, home: Household) -> None:
    change_household(by=worker, household=home, address="Str. Nouă 2", since=MAY)
    change_household(by=worker, household=home, since=JULY)
    assert lived(home) == [("Str. Veche 1", MARCH, JULY), ("Str. Nouă 2", JULY, None)]
    change_household(by=worker, household=home, since=dt.date(2026, 4, 1))
    assert lived(home)[0][2] == lived(home)[1][1] == dt.date(2026, 4, 1)


def test_they_do_not_come_before_they_came_to_the_former_place(worker: Any, home: Household) -> None:
    change_household(by=worker, household=home, address="Str. Nouă 2", since=MAY)
    with pytest.raises(DomainError) as refused:
        change_household(by=worker, household=home, address="Str. Nouă 3", since=MARCH)
    assert refused.value.field == "since" and len(lived(home)) == 2
    with pytest.raises(DomainError):
        change_household(
            by=worker, household=home, address="X", since=timezone.localdate() + dt.timedelta(days=1)
        )


def test_what_says_nothing_of_the_place_is_no_move(worker: Any, home: Household) -> None:
    change_household(by=worker, household=home, phone="0700 000 001")
    assert lived(home) == [("Str. Veche 1", MARCH, None)]


def test_a_new_household_lives_there_since_its_record(worker: Any) -> None:
    keeper = worker.appointments.get().organization
    made = create_household(by=worker, keeper=keeper, name="Pop", uat=UatFactory(), address="Str. 5")
    assert lived(made) == [("Str. 5", timezone.localdate(), None)]


@pytest.mark.both
def test_nobody_lives_in_two_places_at_a_time(home: Household) -> None:
    with pytest.raises(IntegrityError, match="one_residence_of_a_household"), transaction.atomic():
        Residence.objects.create(household=home, uat=home.uat, start=JULY)


@settings(max_examples=some_of(25), deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.dates(dt.date(2026, 1, 1), dt.date(2026, 11, 1))), max_size=8
    )
)
def test_whatever_is_moved_and_corrected_they_live_in_one_place_each_day(moves: list[Any]) -> None:
    """The household says what its newest residence says; there is no gap and no overlap."""
    home = HouseholdFactory(address="a")
    since(home, dt.date(2026, 2, 1))
    try:
        for address, day in moves:
            before = lived(home)
            try:
                settle(home, since=day, dwelling=None, uat=home.uat, locality="", address=address)
            except DomainError:
                assert lived(home) == before
        rows = list(home.residences.order_by("start"))
        assert rows[-1].end is None
        assert all(one.end == other.start > one.start for one, other in zip(rows, rows[1:], strict=False))
        assert {name: getattr(rows[-1], name) for name in PLACE} == {
            name: getattr(home, name) for name in PLACE
        }
    finally:
        home.delete()


def test_on_another_day_they_live_where_they_lived_then(
    worker: Any, home: Household, settings: Any, tmp_path: Any
) -> None:
    settings.VAR = tmp_path
    first, other = home.uat_id, UatFactory()
    change_household(by=worker, household=home, uat=other, address="Str. Nouă 2", since=MAY)
    days = (dt.date(2025, 1, 1), dt.date(2026, 4, 30), MAY)
    for day, uat, street in zip(days, (first, first, other.pk), ("Veche", "Veche", "Nouă"), strict=True):
        found = residence_on(home, day)
        assert found is not None and found.uat_id == uat
        assert street in address_of(home, on=day)
    for day, uat in zip(days[1:], (first, other.pk), strict=True):
        name, files = make_extract_of_day(day)
        path = tmp_path / "extracts" / name / "residences.parquet"
        assert duckdb.connect().execute(f"SELECT uat FROM '{path}'").fetchall() == [(uat,)]
        assert files["residences"]["rows"] == 1


def test_in_a_dwelling_they_have_its_address(worker: Any, home: Household) -> None:
    dwelling = flat(worker, home.keeper, locality="Valea")
    change_household(by=worker, household=home, dwelling=dwelling, since=MAY)
    home.refresh_from_db()
    assert (home.address, home.locality, home.uat) == ("Bl. 3, ap. 1", "Valea", dwelling.uat)
    change_dwelling(by=worker, dwelling=dwelling, address="Bl. 3, sc. A, ap. 1")
    home.refresh_from_db()
    assert home.address == "Bl. 3, ap. 1"
    change_household(by=worker, household=home, dwelling=None, address="Str. Nouă 2", since=JULY)
    assert [one.dwelling for one in home.residences.order_by("start")] == [None, dwelling, None]


def test_who_moves_to_another_address_has_left_the_dwelling(worker: Any, home: Household) -> None:
    dwelling = flat(worker, home.keeper)
    change_household(by=worker, household=home, dwelling=dwelling, since=MAY)
    change_household(by=worker, household=home, address="Bl. 3, sc. A, ap. 1", since=MAY)
    assert home.residences.get(end=None).dwelling == dwelling
    change_household(by=worker, household=home, address="Str. Nouă 2", since=JULY)
    assert home.residences.get(end=None).dwelling is None


def test_the_dwelling_of_another_institution_is_none(worker: Any, home: Household) -> None:
    stranger = worker_as(Role.SOCIAL_WORKER, organization=OrganizationFactory())
    dwelling = flat(stranger, stranger.appointments.get().organization)
    with pytest.raises(DomainError):
        change_household(by=worker, household=home, dwelling=dwelling)
    with pytest.raises(NotAllowed):
        change_dwelling(by=worker, dwelling=dwelling, address="x")
    with pytest.raises(NotAllowed):
        record_dwelling(by=worker, keeper=dwelling.keeper, kind="social", uat=dwelling.uat, address="Str. 1")


def test_the_screens_lead_from_one_to_the_other(worker: Any, home: Household) -> None:
    client = by(worker)
    new = {"kind": "social", "uat": home.uat_id, "address": "Bl. 7, ap. 2", "landlord": "Primăria"}
    page = client.post(reverse("dwelling_new"), new)
    dwelling = Dwelling.objects.get()
    assert page.status_code == 302 and dwelling.landlord == "Primăria"
    form = client.get(reverse("household_change", args=[home.pk])).context["form"]
    sent = {name: getattr(value, "pk", value) or "" for name, value in form.initial.items() if name != "seen"}
    sent |= {"seen": form.initial["seen"], "dwelling": dwelling.pk, "since": "2026-05-01"}
    assert client.post(reverse("household_change", args=[home.pk]), sent).status_code == 302
    assert lived(home) == [("Str. Veche 1", MARCH, MAY), ("Bl. 7, ap. 2", MAY, None)]
    record = client.get(reverse("household", args=[home.pk])).content.decode()
    assert reverse("dwelling", args=[dwelling.pk]) in record and "Str. Veche 1" in record
    assert home.name in client.get(reverse("dwelling", args=[dwelling.pk])).content.decode()
    [row] = client.get(reverse("dwellings"), {"text": "bl 7"}).context["rows"]
    assert row.homes == [home]
    assert not client.get(reverse("dwellings"), {"kind": "private"}).context["rows"]


def many(home: Household, how_many: int) -> list[Dwelling]:
    colleague = worker_as(Role.SOCIAL_WORKER, organization=home.keeper)
    return [
        Dwelling.objects.create(
            keeper=home.keeper,
            by=colleague,
            kind="social",
            uat=home.uat,
            address=f"Bl. {number}, ap. 1",
        )
        for number in range(1, how_many + 1)
    ]


def offered(page: Any) -> list[Dwelling]:
    return list(page.context["form"].fields["dwelling"].queryset)


def typed(page: Any) -> dict[str, Any]:
    """What a browser sends of the form as it stands."""
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: getattr(value, "pk", value) or "" for name, value in values.items()}


def test_few_dwellings_are_a_list_and_many_are_looked_for(worker: Any, home: Household) -> None:
    """Without a script: words, a button, and what was found to choose from; what else was typed stays."""
    many(home, MANY)
    client, change = by(worker), reverse("household_change", args=[home.pk])
    page = client.get(change)
    assert len(offered(page)) == MANY and "words" not in page.context["form"].fields
    more = flat(worker, home.keeper, "Str. Fântânii 7, ap. 3")
    page = client.get(change)
    assert offered(page) == [] and 'name="words_find"' in page.content.decode()
    sent = {**typed(page), "phone": "0700 000 009", "since": "", "words": "fantanii 7", "words_find": "1"}
    page = client.post(change, sent)
    assert page.status_code == 200 and offered(page) == [more]
    assert "0700 000 009" in page.content.decode()
    home.refresh_from_db()
    assert home.phone != "0700 000 009"
    chosen = {**typed(page), "dwelling": more.pk, "since": "2026-05-01"}
    assert client.post(change, chosen).status_code == 302
    home.refresh_from_db()
    assert (home.phone, home.residences.get(end=None).dwelling) == ("0700 000 009", more)
    page = client.get(change)
    assert offered(page) == [more]
    page = client.post(change, {**typed(page), "words": "bl", "words_find": "1"})
    assert len(offered(page)) == MANY + 1 and typed(page)["dwelling"] == str(more.pk)
    page = client.post(change, {**typed(page), "words": "nicăieri", "words_find": "1"})
    assert offered(page) == [more] and "Nicio locuință" in page.content.decode()
    for wrong in ("x", str(home.pk)):
        assert client.post(change, {**typed(client.get(change)), "dwelling": wrong}).status_code == 422


def test_a_new_household_looks_for_its_dwelling_too(worker: Any, home: Household) -> None:
    many(home, MANY + 1)
    client, new = by(worker), reverse("household_new")
    page = client.post(new, {"name": "Pop", "words": "bl 33", "words_find": "1"})
    assert page.status_code == 200 and page.context["form"]["name"].value() == "Pop"
    assert [one.address for one in offered(page)] == ["Bl. 33, ap. 1"]
    assert not Household.objects.filter(name="Pop").exists()
    page = client.post(new, {"name": "Pop", "words": "ap", "words_find": "1"})
    assert len(offered(page)) == MANY and "mai mult din adresă" in page.content.decode()


def stretches(user: Any, **whose: Any) -> list[tuple[str, dt.date, dt.date | None]]:
    [lane] = [one for one in lanes_of(Whose(again(user), **whose)) if one.name == "Adresă"]
    return [(one.what.split(",")[0], one.start, one.end) for one in lane.stretches]


def test_addresses_are_on_the_line_of_time_of_a_household_and_of_who_lived_there_then(
    worker: Any, home: Household
) -> None:
    stayed, left = family(40, 20, household=home)
    Membership.objects.filter(person=stayed).update(start=dt.date(2020, 1, 1))
    Membership.objects.filter(person=left).update(start=dt.date(2026, 4, 1), end=dt.date(2026, 6, 1))
    change_household(by=worker, household=home, address="Str. Nouă 2", since=MAY)
    change_household(by=worker, household=home, address="Str. Cealaltă 3", since=JULY)
    streets = ("Str. Veche 1", MARCH, MAY), ("Str. Nouă 2", MAY, JULY), ("Str. Cealaltă 3", JULY, None)
    assert stretches(worker, household=home) == list(streets)
    assert stretches(worker, person=stayed) == list(streets)
    assert stretches(worker, person=left) == [
        ("Str. Veche 1", dt.date(2026, 4, 1), MAY),
        ("Str. Nouă 2", MAY, dt.date(2026, 6, 1)),
    ]
    officer = worker_as(Role.DATA_PROTECTION_OFFICER, organization=home.keeper)
    parts = make_own_file(by=officer, person=left, reason="Cerere scrisă")
    [told] = [part.rows for part in parts if str(part.title) == "Adresele"]
    assert [[value.split(",")[0] for value in dict(row).values()] for row in told] == [
        ["Str. Veche 1", "01.04.2026", "30.04.2026"],
        ["Str. Nouă 2", "01.05.2026", "31.05.2026"],
    ]
    assert "Cealaltă" not in str([dict(row) for part in parts for row in part.rows])


@pytest.mark.parametrize("who", OUTSIDERS)
def test_of_who_is_sealed_others_see_no_address_since(place: Place, who: str) -> None:
    """The page is the same, byte for byte, wherever she goes on to; her circle sees where she is."""
    page = reverse("timeline", args=["persoane", place.mother.pk])
    viewer = getattr(place, who)
    Residence.objects.filter(household=place.old).update(start=MARCH)

    def seen() -> tuple[int, str, list[str]]:
        return answered(by(again(viewer)), page)

    before = seen()
    assert place.new.address not in before[1]
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    place.new.residences.update(start=yesterday)
    change_household(by=again(place.worker), household=place.new, address="Str. Și mai ascunsă 9")
    assert seen() == before
    Residence.objects.filter(household=place.old).update(end=timezone.localdate())
    Residence.objects.create(
        household=place.old, uat=place.old.uat, address="Str. Următoare 2", start=timezone.localdate()
    )
    assert seen() == before
    inside = {street for street, _start, _end in stretches(place.worker, person=place.mother)}
    assert "Str. Și mai ascunsă 9" in inside
    officer = worker_as(Role.DATA_PROTECTION_OFFICER, organization=place.old.keeper)
    parts = make_own_file(by=officer, person=place.mother, reason="Cerere scrisă")
    told = str([dict(row) for part in parts for row in part.rows])
    assert "ascuns" not in told.lower() and "Următoare" not in told


@pytest.mark.parametrize("who", OUTSIDERS)
def test_a_dwelling_that_only_her_circle_knows_is_not_there(place: Place, who: str) -> None:
    hers = flat(again(place.worker), place.old.keeper, "Str. Ascunsă nr. 7")
    change_household(by=again(place.worker), household=place.new, dwelling=hers)
    client = by(again(getattr(place, who)))
    nothing = reverse("dwelling", args=[place.mother.pk])
    assert answered(client, reverse("dwelling", args=[hers.pk])) == answered(client, nothing)
    assert "Ascunsă" not in client.get(reverse("dwellings")).content.decode()
    assert not client.get(reverse("dwellings"), {"text": "ascunsa"}).context["rows"]
    assert (
        "dwelling" not in client.get(reverse("household_change", args=[place.like.pk])).context["form"].fields
    )
    inside = by(again(place.worker))
    assert place.new.name in inside.get(reverse("dwelling", args=[hers.pk])).content.decode()


@pytest.mark.parametrize("who", OUTSIDERS)
def test_in_a_dwelling_of_others_she_is_not_seen(place: Place, who: str) -> None:
    """It looks, after as many questions, as one in which nobody but the others lives."""
    worker = again(place.worker)
    shared, plain = (flat(worker, place.old.keeper, "Bl. 1") for _ in range(2))
    for dwelling in (shared, plain):
        other = HouseholdFactory(keeper=place.old.keeper, name="Vecin")
        change_household(by=worker, household=other, dwelling=dwelling)
    change_household(by=worker, household=place.new, dwelling=shared)
    client = by(again(getattr(place, who)))
    behind, alike = (answered(client, reverse("dwelling", args=[one.pk])) for one in (shared, plain))
    assert behind == alike and behind[0] == 200
    assert [
        [home.name for home in row.homes] for row in client.get(reverse("dwellings")).context["rows"]
    ] == [
        ["Vecin"],
        ["Vecin"],
    ]


def test_who_recorded_a_dwelling_goes_on_seeing_it(place: Place) -> None:
    """Else its vanishing would tell that somebody lives there of whom it may not be known."""
    empty = flat(again(place.colleague), place.old.keeper, "Bl. 9")
    change_household(by=again(place.worker), household=place.new, dwelling=empty)
    page = by(again(place.colleague)).get(reverse("dwelling", args=[empty.pk]))
    assert page.status_code == 200 and place.new.name not in page.content.decode()


def test_where_a_sealed_person_stood_nobody_moves_into_another_dwelling(place: Place) -> None:
    """Those outside would follow the address."""
    stood = place.like
    seal_person(by=again(place.worker), person=place.like_mother, reason="x")
    dwelling = flat(again(place.worker), stood.keeper)
    with pytest.raises(DomainError):
        change_household(by=again(place.worker), household=stood, dwelling=dwelling)
    assert stood.residences.get().dwelling is None
