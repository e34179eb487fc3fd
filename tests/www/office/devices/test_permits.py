"""The team of a sealed case lets it be taken along, one by one and for a while."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry
from punte.cases.actions import add_team_member, seal_case, unseal_case
from punte.cases.models import Case
from punte.fieldwork.actions.permits import allow_in_field, end_field_permit
from punte.fieldwork.models import FieldPermit
from punte.kernel.errors import DomainError, NotAllowed
from tests.documents.households import Setting, setting
from tests.factories import worker
from tests.www.office.devices.test_screens import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Setting:
    return setting()


@pytest.fixture
def sealed(place: Setting) -> Case:
    return seal_case(by=place.worker, case=place.case, reason="Siguranța mamei")


def in_days(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def test_the_team_lets_it_be_taken_along_and_takes_it_back(place: Setting, sealed: Case) -> None:
    client, url = signed_in(place.worker), reverse("case_in_field", args=[sealed.pk])
    assert "Rămâne la birou" in client.get(url).content.decode()
    assert client.post(url, {"act": "allow", "until": in_days(7).isoformat()}).status_code == 302
    permit = FieldPermit.objects.current().get()
    assert (permit.case, permit.by, permit.end) == (sealed, place.worker, in_days(8))
    assert "până pe" in client.get(reverse("case_team", args=[sealed.pk])).content.decode()
    client.post(url, {"act": "end"})
    assert not FieldPermit.objects.current().exists()
    assert client.post(url, {"act": "allow", "until": in_days(1).isoformat()}).status_code == 302
    lines = TrailEntry.objects.filter(verb__in=("allow_in_field", "end_field_permit"))
    assert lines.count() == 3
    assert all(line.sealed for line in lines)


def test_a_permit_ends_with_the_seal_it_was_given_for(place: Setting, sealed: Case) -> None:
    """Whoever seals the case again decides anew whether it leaves the office (issue C)."""
    allow_in_field(by=place.worker, case=sealed, until=in_days(7))
    unseal_case(by=place.worker, case=sealed, reason="Agresorul a plecat")
    seal_case(by=place.worker, case=sealed, reason="S-a întors")
    assert not FieldPermit.objects.current().exists()


@pytest.mark.parametrize("days", [-1, 31])
def test_a_permit_is_short_and_from_today_on(place: Setting, sealed: Case, days: int) -> None:
    url = reverse("case_in_field", args=[sealed.pk])
    sent = {"act": "allow", "until": in_days(days).isoformat()}
    assert signed_in(place.worker).post(url, sent).status_code == 422
    assert not FieldPermit.objects.exists()


def test_nobody_beyond_the_team_allows_it(place: Setting, sealed: Case) -> None:
    leader = worker(Role.COORDINATOR, organization=place.team.organization)
    assert signed_in(leader).get(reverse("case_in_field", args=[sealed.pk])).status_code == 404
    with pytest.raises(NotAllowed):
        allow_in_field(by=leader, case=sealed, until=in_days(1))
    member = place.colleague(Role.PSYCHOLOGIST)
    add_team_member(by=place.worker, case=sealed, user=member)
    allow_in_field(by=member, case=sealed, until=in_days(1))
    with pytest.raises(NotAllowed):
        end_field_permit(by=leader, case=sealed)


def test_once_is_enough_and_an_open_case_needs_none(place: Setting, sealed: Case) -> None:
    allow_in_field(by=place.worker, case=sealed, until=in_days(1))
    with pytest.raises(DomainError):
        allow_in_field(by=place.worker, case=sealed, until=in_days(2))
    other = setting()
    with pytest.raises(DomainError):
        allow_in_field(by=other.worker, case=other.case, until=in_days(1))
    assert signed_in(other.worker).get(reverse("case_in_field", args=[other.case.pk])).status_code == 404
