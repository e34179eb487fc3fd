"""Questions about what an account sees that are put together once: never a row more or less than asked anew."""

import datetime as dt
from uuid import uuid4

import pytest

from punte.accounts.models import TrailEntry, User
from punte.cases.models import Case
from punte.kernel.prepared import moment_of_asking
from punte.people.asked import _ANEW, Asked
from punte.people.models import Household, HouseholdSight
from punte.people.sight import hidden_from
from tests.factories import worker
from tests.people.sealed_place import Place, again

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def _cases(user, homes):
    return Case.objects.visible_to(user).filter(household__in=homes).order_by("pk").values_list("pk")


def _living(user, homes):
    return hidden_from(user).living().filter(household__in=homes).select_related("person").order_by("pk")


def test_whoever_asks_is_answered_as_they_see(place: Place):
    HouseholdSight.objects.create(
        household=place.old, user=(elsewhere := worker()), why="case_team", start=dt.date(2026, 1, 1)
    )
    homes = [place.old.pk, place.new.pk, place.like.pk]
    cases, living = Asked(_cases), Asked(_living)
    # Each twice: those who stand alike share what was put together.
    for user in [place.worker, place.colleague, place.coordinator, worker(), elsewhere] * 2:
        for few in (homes, homes[:1], homes[1:2], [*homes, uuid4(), uuid4()], set(homes)):
            assert cases(again(user), homes=few) == list(_cases(again(user), few))
            assert living(again(user), homes=few) == list(_living(again(user), few))
    assert living(again(place.worker), homes=[place.new.pk])
    assert not living(again(place.colleague), homes=[place.new.pk])


def test_those_who_stand_alike_share_one_and_others_do_not(place: Place):
    asked = Asked(_cases)
    for user in (place.worker, place.colleague):
        asked(again(user), homes=[place.old.pk])
    assert len(asked._kept) == 2, "in the circle of a seal and outside it"
    team = place.colleague.appointments.get().team
    asked(again(worker(team=team)), homes=[place.like.pk])
    assert len(asked._kept) == 2
    # What an account is made of is never taken for any other value.
    HouseholdSight.objects.create(
        household=place.like, user=(one := worker(team=team)), why="case_team", start=dt.date(2026, 1, 1)
    )
    assert asked(again(one), homes=[place.like.pk]) == list(_cases(again(one), [place.like.pk]))


def test_what_reads_more_of_the_account_is_put_together_each_time(place: Place):
    by_name = Asked(lambda user: User.objects.filter(name=user.name).values_list("pk"))
    within = Asked(
        lambda user: Household.objects.filter(
            pk__in=list(user.household_sights.values_list("household", flat=True))
        )
    )
    for user in (place.worker, place.colleague):
        assert by_name(again(user)) == [(user.pk,)]
        given = HouseholdSight.objects.filter(user=user).values("household")
        assert within(again(user)) == list(Household.objects.filter(pk__in=given))
    assert {*by_name._kept.values(), *within._kept.values()} == {_ANEW}


def test_it_is_counted_as_it_is_listed(place: Place):
    seen = Asked(lambda user: Household.objects.visible_to(user).order_by("pk").values_list("pk")[:3])
    for user in (place.worker, place.colleague, place.worker):
        assert seen.count(again(user)) == len(seen(again(user)))


def test_the_moment_is_that_of_each_asking(place: Place):
    since = Asked(
        lambda user: TrailEntry.objects.filter(
            actor=user, at__gt=moment_of_asking() - dt.timedelta(hours=1)
        ).values_list("pk")
    )
    assert since(again(place.worker))
    old = TrailEntry.objects.filter(actor=place.worker)[0]
    TrailEntry.objects.create(actor=place.colleague, verb=old.verb, at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    assert since(again(place.colleague)) == []
