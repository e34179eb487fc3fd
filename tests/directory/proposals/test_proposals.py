"""Owners say what is true of their services; those who keep the directory of the place publish it or say why not."""

import datetime as dt

import pytest
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry
from punte.directory.actions import (
    claim_service,
    confirm_service,
    propose_details,
    propose_service,
    propose_status,
    publish_proposal,
    record_capacity,
    refuse_proposal,
    withdraw_proposal,
)
from punte.directory.enums import ProposalStatus, ServiceStatus
from punte.directory.models import Proposal, Service
from punte.directory.proposals.lifecycle import seen_of, was_overtaken
from punte.directory.services.details import details_of
from punte.directory.services.keepers import territory_of_organizations
from punte.kernel.errors import DomainError, EditedMeanwhile, NotAllowed
from tests.factories import OrganizationFactory, ServiceFactory, UatFactory, worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(service):
    return worker(Role.PARTNER, organization=service.provider)


@pytest.fixture
def town(uat):
    return worker(Role.PLANNER, organization=OrganizationFactory(uat=uat))


def say(by, service, **values):
    return propose_details(by=by, service=service, values=values, before=details_of(service))


def publish(by, proposal):
    return publish_proposal(by=by, proposal=proposal, seen=seen_of(proposal))


def again(service):
    return Service.objects.get(pk=service.pk)


def test_what_a_provider_says_waits_until_the_town_publishes_it(service, provider, town):
    before = service.modified_at
    made = say(provider, service, phone="0264 000 012", hours=[[1, "08:00", "16:00"]], price="Gratuit")
    assert made.status == ProposalStatus.WAITING and again(service).phone == ""
    publish(town, made)
    now = again(service)
    assert (now.phone, now.price) == ("0264 000 012", "Gratuit")
    assert details_of(now)["hours"] == [[1, "08:00", "16:00"]]
    assert now.modified_at > before and now.claimed_on == timezone.localdate()
    lines = TrailEntry.objects.filter(subject=service.pk).values_list("verb", flat=True)
    assert set(lines) == {"propose_details", "publish_proposal"}


def test_a_refusal_says_why_and_changes_nothing(service, provider, town):
    made = say(provider, service, phone="0264 000 012")
    with pytest.raises(DomainError) as refused:
        refuse_proposal(by=town, proposal=made, answer=" ")
    assert refused.value.field == "answer"
    refuse_proposal(by=town, proposal=made, answer="Numărul este al altui centru.")
    made.refresh_from_db()
    assert (made.status, made.answer) == (ProposalStatus.REFUSED, "Numărul este al altui centru.")
    assert again(service).phone == ""
    with pytest.raises(DomainError):
        publish(town, made)


def test_an_organisation_that_keeps_the_directory_publishes_its_own_at_once(uat, town):
    house = town.appointments.get().organization
    own = ServiceFactory(provider=house, at=uat)
    assert say(town, own, description="Ajutor la domiciliu").status == ProposalStatus.PUBLISHED
    assert again(own).description == "Ajutor la domiciliu"


def test_a_partner_account_of_the_town_hall_still_waits(uat, town):
    house = town.appointments.get().organization
    own = ServiceFactory(provider=house, at=uat)
    assert say(worker(Role.PARTNER, organization=house), own, price="Gratuit").status == "waiting"


@pytest.mark.parametrize("role", [Role.PARTNER, Role.PLANNER, Role.COORDINATOR, Role.SOCIAL_WORKER])
def test_nobody_elses_service_can_be_touched(service, provider, role):
    confirm_service(by=provider, service=service)
    stranger = worker(role)
    for act in (
        lambda: say(stranger, service, phone="0264 000 012"),
        lambda: confirm_service(by=stranger, service=service),
        lambda: record_capacity(by=stranger, service=service, year=2026, value=3, unit="places"),
        lambda: propose_status(
            by=stranger, service=service, status="closed", start=timezone.localdate(), reason="Lipsă fonduri"
        ),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert not Proposal.objects.exists()


def test_the_town_of_the_place_may_not_touch_it_either_once_its_provider_keeps_it(service, provider, town):
    confirm_service(by=town, service=service)
    assert again(service).claimed_on is None
    confirm_service(by=provider, service=service)
    with pytest.raises(NotAllowed):
        confirm_service(by=town, service=again(service))


def test_a_worker_of_the_town_keeps_and_decides_nothing(service, provider, uat):
    clerk = worker(Role.SOCIAL_WORKER, organization=OrganizationFactory(uat=uat))
    made = say(provider, service, phone="0264 000 012")
    for act in (
        lambda: confirm_service(by=clerk, service=service),
        lambda: publish(clerk, made),
        lambda: refuse_proposal(by=clerk, proposal=made, answer="Nu se poate"),
        lambda: withdraw_proposal(by=clerk, proposal=made),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_the_town_of_another_place_decides_nothing(service, provider):
    made = say(provider, service, phone="0264 000 012")
    with pytest.raises(NotAllowed):
        publish(worker(Role.COORDINATOR), made)
    with pytest.raises(NotAllowed):
        publish(provider, made)


def test_an_association_with_a_coordinator_keeps_no_directory(service, provider, uat):
    association = OrganizationFactory(kind="ngo", uat=uat)
    with pytest.raises(NotAllowed):
        publish(worker(Role.COORDINATOR, organization=association), say(provider, service, price="10 lei"))


def test_the_county_directorate_decides_throughout_its_county(service, provider):
    seat = UatFactory()
    directorate = OrganizationFactory(kind="county_directorate", uat=seat)
    publish(
        worker(Role.COUNTY_METHODOLOGIST, organization=directorate), say(provider, service, price="10 lei")
    )
    assert again(service).price == "10 lei"


def test_a_change_made_meanwhile_is_never_overwritten_silently(service, provider):
    colleague = worker(Role.PARTNER, organization=service.provider)
    read = details_of(service)
    Service.objects.filter(pk=service.pk).update(phone="0264 000 001")
    with pytest.raises(EditedMeanwhile) as lost:
        propose_details(by=colleague, service=service, values={"phone": "0264 000 002"}, before=read)
    assert "Telefon" in str(lost.value.message)
    assert again(service).phone == "0264 000 001"
    # A field that nobody else touched does not stand in the way, nor is the other one taken back.
    made = propose_details(by=colleague, service=service, values={**read, "price": "10 lei"}, before=read)
    assert made.values == {"price": "10 lei"}


def test_who_publishes_is_told_of_a_change_since_the_proposal_and_since_the_page(service, provider, town):
    made = say(provider, service, phone="0264 000 002")
    assert not was_overtaken(made)
    seen = seen_of(made)
    Service.objects.filter(pk=service.pk).update(phone="0264 000 001")
    assert was_overtaken(Proposal.objects.get())
    with pytest.raises(EditedMeanwhile):
        publish_proposal(by=town, proposal=made, seen=seen)
    assert Proposal.objects.get().status == "waiting"
    publish(town, Proposal.objects.get())
    assert again(service).phone == "0264 000 002"


def test_new_free_places_do_not_stand_in_the_way_of_a_proposal(service, provider, town):
    from punte.directory.actions import record_occupancy

    made = say(provider, service, phone="0264 000 002")
    record_occupancy(by=provider, service=service, taken=3)
    assert not was_overtaken(Proposal.objects.get())
    publish(town, made)


def test_a_second_change_takes_up_the_first(service, provider, town):
    first = say(provider, service, phone="0264 000 002")
    second = say(provider, service, price="10 lei")
    first.refresh_from_db()
    assert first.status == ProposalStatus.WITHDRAWN
    publish(town, second)
    assert (again(service).phone, again(service).price) == ("0264 000 002", "10 lei")


def test_a_proposal_is_taken_back_by_its_organisation_alone(service, provider, town):
    made = say(provider, service, phone="0264 000 002")
    with pytest.raises(NotAllowed):
        withdraw_proposal(by=worker(Role.PARTNER), proposal=made)
    withdraw_proposal(by=provider, proposal=made)
    with pytest.raises(DomainError):
        publish(town, made)


def test_saying_nothing_new_is_refused(service, provider):
    with pytest.raises(DomainError):
        say(provider, service, **details_of(service))


def test_the_status_with_its_days_and_reason(service, provider, town):
    today = timezone.localdate()
    made = propose_status(
        by=provider,
        service=service,
        status=ServiceStatus.SUSPENDED,
        start=today - dt.timedelta(days=2),
        reason="Se repară acoperișul",
        expected_until=today + dt.timedelta(days=30),
    )
    publish(town, made)
    publish(
        town, propose_status(by=provider, service=again(service), status=ServiceStatus.ACTIVE, start=today)
    )
    now = again(service)
    assert (now.status, now.status_since) == ("active", today)
    assert list(now.statuses.values_list("status", "start", "end")) == [
        ("active", today, None),
        ("suspended", today - dt.timedelta(days=2), today),
    ]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"status": "closed", "start": 1, "reason": "Lipsă fonduri"}, "start"),
        ({"status": "closed", "start": 0}, "reason"),
        ({"status": "closed", "start": 0, "reason": "Fonduri", "expected_until": 9}, "expected_until"),
        ({"status": "suspended", "start": 0, "reason": "Reparații", "expected_until": -1}, "expected_until"),
        ({"status": "active", "start": 0}, "status"),
        ({"status": "asleep", "start": 0}, "status"),
    ],
)
def test_a_status_that_cannot_be(service, provider, said, field):
    today = timezone.localdate()
    days = {
        key: today + dt.timedelta(days=value) if isinstance(value, int) else value
        for key, value in said.items()
    }
    with pytest.raises(DomainError) as refused:
        propose_status(by=provider, service=service, **days)
    assert refused.value.field == field


def test_a_new_service_exists_once_it_is_published(service, provider, town, uat):
    made = propose_service(
        by=provider,
        organization=service.provider,
        uat=uat,
        address="Str. Fântânii nr. 3",
        values={"name": "Cantină socială", "phone": "0264 000 013"},
    )
    assert Service.objects.count() == 1
    with pytest.raises(DomainError):
        propose_service(
            by=provider, organization=service.provider, uat=uat, values={"name": "CANTINĂ Socială"}
        )
    publish(town, made)
    new = Service.objects.get(name="Cantină socială")
    assert (new.provider, new.locations.get().address) == (service.provider, "Str. Fântânii nr. 3")
    assert new.statuses.get().status == "active"


def test_a_service_that_nobody_keeps_is_claimed(service, provider, town):
    association = OrganizationFactory(kind="ngo", uat=None)
    other = worker(Role.PARTNER, organization=association)
    with pytest.raises(DomainError):
        claim_service(by=other, service=service, organization=association, words="Licența noastră")
    alone = ServiceFactory(provider=OrganizationFactory(kind="ngo", uat=None), at=service.locations.get().uat)
    with pytest.raises(DomainError) as refused:
        claim_service(by=other, service=alone, organization=association, words="")
    assert refused.value.field == "words"
    publish(town, claim_service(by=other, service=alone, organization=association, words="Licența AF 12"))
    assert (again(alone).provider, again(alone).claimed_on) == (association, timezone.localdate())


def test_capacity_is_added_and_never_overwritten(service, provider):
    record_capacity(by=provider, service=service, year=2026, value=14, unit="places")
    record_capacity(by=provider, service=service, year=2026, value=15, unit="places")
    assert Service.objects.get(pk=service.pk).places == 15
    assert service.capacities.count() == 3


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"year": 2026, "value": -1, "unit": "places"}, "value"),
        ({"year": 1999, "value": 1, "unit": "places"}, "year"),
        ({"year": 2026, "value": 1, "unit": "other"}, "unit"),
    ],
)
def test_a_capacity_that_cannot_be(service, provider, said, field):
    with pytest.raises(DomainError) as refused:
        record_capacity(by=provider, service=service, **said)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("phone", "abc"),
        ("phone", "0264"),
        ("phone", "0264 000 012, 0264 000 013"),
        ("phone", "02640000123"),
        ("email", "contact"),
        ("website", "http://exemplu.ro"),
        ("website", "javascript:alert(1)"),
        ("name", "  "),
        ("description", "x" * 5_001),
        ("price", "a\x00b"),
        ("min_age", -1),
        ("max_age", 200),
        ("languages", ["xx"]),
        ("hours", [[1, "08:00", "16:00"], [1, "15:00", "18:00"]]),
        ("hours", [[1, "08:00", "08:00"]]),
        ("hours", [[1, "20:00", "08:00"], [2, "07:00", "16:00"]]),
        ("hours", [[7, "20:00", "08:00"], [1, "07:00", "16:00"]]),
        ("hours", [[1, "00:00", "00:00"], [1, "10:00", "12:00"]]),
        ("hours", [[1, "24:00", "08:00"]]),
        ("hours", [[8, "08:00", "16:00"]]),
        ("hours", [[1, "8", "16"]]),
        ("hours", ["luni"]),
        ("licence", {"number": "", "start": "2026-01-01"}),
        ("licence", {"number": "AF 1", "start": "2026-01-01", "end": "2025-01-01"}),
        ("licence", {"number": "AF 1", "start": "2026-02-30"}),
        ("staff", 10_001),
        ("provider", "altcineva"),
    ],
)
def test_a_detail_that_cannot_be_is_refused_by_its_field(service, provider, name, value):
    with pytest.raises(DomainError) as refused:
        say(provider, service, **{name: value})
    assert refused.value.field == name or name == "provider"
    assert not Proposal.objects.exists()


def test_ages_are_in_order_also_beside_what_is_known(service, provider):
    Service.objects.filter(pk=service.pk).update(min_age=18)
    with pytest.raises(DomainError) as refused:
        say(provider, again(service), max_age=12)
    assert refused.value.field == "max_age"


@pytest.mark.parametrize("phone", ["0264 000 012", "0264-000-012", "+40 264 000 012", "119", "0800 800 000"])
def test_phones_as_people_write_them(service, provider, phone):
    assert say(provider, service, phone=phone).values == {"phone": phone}


def test_letters_with_cedilla_are_kept_with_comma_below(service, provider):
    assert say(provider, service, description="Aşteptăm şi ţăranii").values == {
        "description": "Așteptăm și țăranii"
    }


def test_a_new_licence_takes_the_place_of_the_former(service, provider, town):
    def licence(number, start, end):
        made = say(
            provider,
            again(service),
            licence={"number": number, "issued_by": "MMSS", "start": start, "end": end},
        )
        publish(town, made)

    licence("AF 1", "2021-03-01", "2026-02-28")
    licence("AF 1", "2021-03-01", "2026-03-31")
    assert service.licences.count() == 1
    licence("AF 2", "2026-03-15", "2031-03-14")
    assert [(row.number, row.end) for row in service.licences.all()] == [
        ("AF 2", dt.date(2031, 3, 15)),
        ("AF 1", dt.date(2026, 3, 15)),
    ]
    assert details_of(again(service))["licence"]["end"] == "2031-03-14"


def test_a_service_moves_within_its_place(service, provider, town, uat):
    other = ServiceFactory(at=None)
    other.locations.set(service.locations.all())
    publish(town, say(provider, service, address="Str. Fântânii nr. 5"))
    now = again(service)
    assert [(row.uat, row.address) for row in now.locations.all()] == [(uat, "Str. Fântânii nr. 5")]
    assert other.locations.get().address == ""


def test_the_first_count_of_its_provider_takes_a_service_over(service, provider, town):
    from punte.directory.actions import record_occupancy

    record_occupancy(by=provider, service=service, taken=3)
    assert again(service).claimed_on == timezone.localdate()
    with pytest.raises(NotAllowed):
        confirm_service(by=town, service=again(service))


@pytest.mark.parametrize(
    ("organizations", "place", "theirs"),
    [
        ([("town_hall", 1, "CJ")], (1, "CJ"), True),
        ([("town_hall", 1, "CJ")], (2, "CJ"), False),
        ([("county_directorate", 1, "CJ")], (2, "CJ"), True),
        ([("county_directorate", 1, "CJ")], (2, "BH"), False),
        ([("ngo", 1, "CJ")], (1, "CJ"), False),
        ([("town_hall", None, None)], (1, "CJ"), False),
        ([("ngo", 1, "CJ"), ("town_hall", 2, "CJ")], (2, "CJ"), True),
    ],
)
def test_whose_directory_a_place_is_in(organizations, place, theirs):
    assert territory_of_organizations(organizations).has(*place) == theirs
