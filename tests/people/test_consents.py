"""What people agreed to: recorded, read by whom it concerns, cited, withdrawn; behind seals as if it were not there."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Compartment, Role
from punte.accounts.models import TrailEntry, User
from punte.cases.actions import open_case, refer, seal_case, seal_person
from punte.cases.models import Case
from punte.kernel.errors import DomainError, NotAllowed
from punte.people.actions import record_consent, withdraw_consent
from punte.people.consents import consent_for
from punte.people.models import Consent
from punte.people.purposes import agreements
from tests.access.test_behind_a_seal import answered, by
from tests.factories import HouseholdFactory, OrganizationFactory, family, worker

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def home() -> Any:
    home = HouseholdFactory()
    home.mother, home.child = family(34, 6, household=home)
    return home


@pytest.fixture
def mine(home: Any) -> User:
    return worker(Role.CASE_MANAGER, organization=home.keeper)


def agreed(by: User, subject: Any, **said: Any) -> Consent:
    given: dict[str, Any] = {
        "purpose": "contact_to_employer",
        "receiver": "Brutăria Spicul",
        "way": "signed",
        "giver": "themselves",
        "start": TODAY(),
    }
    return record_consent(by=by, subject=subject, **given | said)


def again(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_it_stands_from_its_day_until_its_last_or_until_it_is_withdrawn(home: Any, mine: User) -> None:
    begun, last = TODAY() - dt.timedelta(days=9), TODAY() + dt.timedelta(days=9)
    school = OrganizationFactory()
    one = agreed(mine, home.mother, purpose="referral", organization=school, start=begun, last_day=last)
    assert one.last_day == last
    for day, stands in ((begun, True), (last, True), (last + dt.timedelta(days=1), False)):
        assert one.stands_on(day) is stands
        assert (consent_for("referral", home.mother, school, day) == one) is stands
    assert consent_for("referral", home.mother, school, begun - dt.timedelta(days=1)) is None
    for other in (
        ("transfer", home.mother, school),
        ("referral", home.child, school),
        ("referral", home.mother, OrganizationFactory()),
        ("referral", home, school),
    ):
        assert consent_for(*other) is None
    withdrawn = withdraw_consent(by=mine, consent=one, on=TODAY(), who="Doamna, la telefon")
    assert not withdrawn.stands and withdrawn.stands_on(begun)
    assert consent_for("referral", home.mother, school) is None
    verbs = TrailEntry.objects.filter(person=home.mother.pk, subject=one.pk).values_list("verb", flat=True)
    assert set(verbs) == {"record_consent", "withdraw_consent"}
    with pytest.raises(DomainError):
        withdraw_consent(by=mine, consent=one, on=TODAY(), who="Doamna")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"purpose": "what is not there"}, "purpose"),
        ({"receiver": ""}, "organization"),
        ({"purpose": "group_work"}, "organization"),
        ({"way": "shouted"}, "way"),
        ({"giver": "parent"}, "given_by"),
        ({"start": dt.date(2999, 1, 1)}, "start"),
        ({"last_day": dt.date(2020, 1, 1)}, "last_day"),
        ({"receiver": "x" * 5_000}, "receiver"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    home: Any, mine: User, said: dict[str, Any], field: str
) -> None:
    with pytest.raises(DomainError) as refused:
        agreed(mine, home.mother, **said)
    assert refused.value.field == field
    assert not Consent.objects.exists()


def test_for_a_household_one_of_its_adults_agrees(home: Any, mine: User) -> None:
    with pytest.raises(DomainError) as refused:
        agreed(mine, home)
    assert refused.value.field == "giver"
    one = agreed(mine, home, giver="adult_of_household", given_by="Elena, mama")
    assert (one.household, one.person) == (home, None)


@pytest.mark.both
def test_it_is_of_a_person_or_a_household_and_never_of_both_or_none(home: Any, mine: User) -> None:
    for whose in ({}, {"person": home.mother, "household": home}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Consent.objects.create(keeper=home.keeper, purpose="referral", start=TODAY(), by=mine, **whose)


def test_who_does_not_work_with_them_records_and_withdraws_none(home: Any, mine: User) -> None:
    one = agreed(mine, home.mother)
    for other in (worker(Role.TRAINEE, organization=home.keeper), worker(), worker(Role.PARTNER)):
        with pytest.raises(NotAllowed):
            agreed(other, home.mother)
        with pytest.raises(NotAllowed):
            withdraw_consent(by=other, consent=one, on=TODAY(), who="Doamna")


def test_a_referral_cites_it_and_asks_no_second_time(home: Any, mine: User) -> None:
    case = open_case(by=mine, household=home, regime="standard", reason="Vizită")
    partner = worker(Role.PARTNER)
    centre = partner.appointments.get().organization
    one = agreed(mine, home.mother, purpose="referral", organization=centre, receiver="")
    sent = refer(by=again(mine), case=case, person=home.mother, need="Un loc", organization=centre)
    assert sent.consent == one
    home.mother.phone = "0700 111 111"
    home.mother.save()
    page = reverse("referral_received", args=[sent.pk])
    assert home.mother.phone in by(partner).get(page).content.decode()
    withdraw_consent(by=again(mine), consent=one, on=TODAY(), who="Doamna")
    assert home.mother.phone not in by(partner).get(page).content.decode()
    with pytest.raises(DomainError) as refused:
        refer(
            by=again(mine), case=case, person=home.mother, need="Alt loc", organization=OrganizationFactory()
        )
    assert refused.value.field == "consent_on"
    fresh = refer(
        by=again(mine),
        case=case,
        person=home.child,
        need="Alt loc",
        organization=centre,
        consent_on=TODAY(),
    )
    assert (fresh.consent.person, fresh.consent.organization) == (home.child, centre)


def test_it_is_recorded_seen_and_withdrawn_on_the_pages(home: Any, mine: User) -> None:
    client, url = by(mine), reverse("person_consent", args=[home.mother.pk])
    assert "brutăr" not in client.get(url).content.decode()
    given = {
        "purpose": "contact_to_employer",
        "receiver": "Brutăria Spicul",
        "giver": "themselves",
        "way": "signed",
        "start": TODAY().isoformat(),
        "last_day": "",
    }
    assert client.post(url, given | {"receiver": ""}).status_code == 422
    assert client.post(url, given).status_code == 302
    one = Consent.objects.get()
    for page in (reverse("person", args=[home.mother.pk]), reverse("household", args=[home.pk])):
        assert "Brutăria Spicul" in client.get(page).content.decode()
    away = reverse("consent_withdraw", args=[one.pk])
    assert client.post(away, {"on": TODAY().isoformat(), "who": "Doamna"}).status_code == 302
    page = client.get(reverse("person", args=[home.mother.pk]))
    assert page.context["consents"].standing == []
    assert page.context["consents"].over == [one]


def test_of_a_part_that_one_does_not_read_it_is_not_there(home: Any, mine: User) -> None:
    one = agreed(mine, home.mother)
    Consent.objects.update(compartment=Compartment.VIOLENCE)
    nurse = by(worker(Role.COMMUNITY_NURSE, organization=home.keeper))
    assert nurse.get(reverse("person", args=[home.mother.pk])).context["consents"].standing == []
    assert nurse.get(reverse("consent_withdraw", args=[one.pk])).status_code == 404
    assert by(mine).get(reverse("consent_withdraw", args=[one.pk])).status_code == 200


@pytest.mark.both
@pytest.mark.parametrize("seals", ["case", "person"])
def test_behind_a_seal_it_is_as_if_there_were_none(home: Any, mine: User, seals: str) -> None:
    colleague = worker(Role.COORDINATOR, organization=home.keeper)
    case = open_case(by=mine, household=home, regime="intensive", reason="Soțul lovește")
    if seals == "case":
        seal_case(by=again(mine), case=case, reason="Pericol")
    else:
        seal_person(by=again(mine), person=home.mother, reason="Este căutată")
    pages = [reverse("person", args=[home.mother.pk]), reverse("household", args=[home.pk])]
    # A colleague sees no case there, and what they wrote themselves.
    own = agreed(again(colleague), home.mother, receiver="Croitoria")
    without = [answered(by(colleague), page) for page in pages]
    secret = agreed(again(mine), home.mother, receiver="Adăpostul")
    assert [answered(by(colleague), page) for page in pages] == without
    assert "Croitoria" in without[0][1] and "Adăpostul" not in without[0][1]
    gone, never = (reverse("consent_withdraw", args=[key]) for key in (secret.pk, case.pk))
    assert answered(by(colleague), gone) == answered(by(colleague), never)
    assert set(Consent.objects.visible_to(again(mine))) == {own, secret}
    assert list(Consent.objects.visible_to(again(colleague))) == [own]
    lines = TrailEntry.objects.filter(verb="record_consent")
    assert lines.get(subject=secret.pk).sealed and not lines.get(subject=own.pk).sealed


def test_a_file_that_does_not_hold_together_is_refused(tmp_path: Any, settings: Any) -> None:
    settings.CONTENT = tmp_path
    for broken in ("purposes: {}\ngrounds: {}\nevidence: memory\n", "purposes: []\n", "a: [\n"):
        (tmp_path / "consents.yaml").write_text(broken)
        with pytest.raises(ImproperlyConfigured):
            agreements()


@pytest.mark.both
def test_a_case_is_of_the_keeper_of_its_household(home: Any, mine: User) -> None:
    case = open_case(by=mine, household=home, regime="standard", reason="Vizită")
    assert case.keeper_id == home.keeper_id
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.create(keeper=home.keeper, household=home, year=2026, number=99, regime="standard")
