"""A row that is looked at by itself: whether its foreign key leads to one of some others."""

import pytest
from django.db import connection
from django.db.models import Q

from punte.accounts.models import Appointment, Team, User
from punte.kernel.among import among, among_few
from tests.factories import OrganizationFactory, worker

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def three():
    """One with a team, one without any, and one of another institution."""
    first, second, elsewhere = (worker().appointments.get() for _ in range(3))
    second.organization = first.organization
    second.save()
    first.team = Team.objects.create(organization=first.organization, name="Nord")
    first.save()
    return first, second, elsewhere


@pytest.mark.parametrize("field", ["user", "team", "organization"])
def test_it_says_what_a_list_of_keys_says(three, field):
    model = Appointment._meta.get_field(field).related_model
    every = Appointment.objects.order_by("pk")
    for keys in ([getattr(three[0], f"{field}_id")], [], [getattr(one, f"{field}_id") for one in three]):
        for rows in (model.objects.filter(pk__in=[key for key in keys if key]), model.objects.none()):
            told = list(every.filter(**{f"{field}__in": rows}))
            assert (
                list(every.filter(among(rows, field))) == list(every.filter(among_few(rows, field))) == told
            )
    beside = Q(pk=three[2].pk) | Q(among(model.objects.none(), field))
    assert list(every.filter(beside)) == [three[2]]


def test_what_is_empty_leads_to_none_and_is_told_so(three):
    first, second, elsewhere = three
    team = among(Team.objects.all(), "team")
    assert list(Appointment.objects.filter(team)) == [first]
    # Where a list of keys says of neither that it is true.
    assert set(Appointment.objects.filter(~team)) == {second, elsewhere}


def test_it_may_lead_to_what_the_rows_name(three):
    first, second, elsewhere = three
    named = Appointment.objects.filter(pk=first.pk)
    for way in (among, among_few):
        there = way(named, "organization", by="organization")
        assert set(Appointment.objects.filter(there)) == {first, second}
        assert set(Appointment.objects.exclude(there)) == {elsewhere}
    # Another one there is another row.
    Appointment.objects.filter(pk=elsewhere.pk).update(organization=OrganizationFactory())
    assert not Appointment.objects.filter(
        among(Appointment.objects.filter(pk=elsewhere.pk), "organization", by="organization"), pk=first.pk
    ).exists()


def test_the_rows_are_not_read_before_the_first():
    worker()
    rows = Appointment.objects.filter(among(User.objects.all(), "user"))
    plan = rows.explain()
    # It is asked of each row: neither joined to all of them nor looked up in a list.
    assert (
        "CORRELATED" in plan if connection.vendor == "sqlite" else "SubPlan" in plan and "hashed" not in plan
    )
    assert "Join" not in plan
