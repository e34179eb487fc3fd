"""Questions that are put together once."""

import datetime as dt
from uuid import uuid4

import pytest
from django.db.models import Q
from django.utils import timezone

from punte.accounts.models import Appointment
from punte.kernel.prepared import Prepared, moment_of_asking
from punte.kernel.today import today
from tests.factories import worker

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def _held(user, today, organizations):
    held = Appointment.objects.on(today).filter(user=user, organization__in=organizations)
    return held.order_by("pk").values_list("pk", "user", "start", "role")


def test_it_answers_as_the_queryset_does():
    ask, day = Prepared(_held), timezone.localdate()
    for one in (worker(), worker()):
        places = [one.appointments.get().organization_id, uuid4()]
        for few in (places, places[:1], places[1:], set(places)):
            told = ask(user=one.pk, today=day, organizations=few)
            assert told == list(_held(one.pk, day, few))
        assert ask(user=one.pk, today=day, organizations=places)
        assert ask(user=one.pk, today=dt.date(1990, 1, 1), organizations=places) == []


def test_it_is_put_together_once_for_each_number_of_values():
    put_together = []

    def question(**given):
        put_together.append(given)
        return _held(**given)

    ask, one, day = Prepared(question), worker(), timezone.localdate()
    for places in ([uuid4()], [uuid4()], [uuid4(), uuid4()]):
        ask(user=one.pk, today=day, organizations=places)
    assert len(put_together) == 2


def test_rows_of_a_model_come_with_what_was_selected_beside_them(django_assert_num_queries):
    ask = Prepared(
        lambda user, roles: (
            Appointment.objects.filter(user=user, role__in=roles)
            .select_related("organization")
            .prefetch_related("user__household_sights")
            .defer("start")[:1]
        )
    )
    for one in (worker(), worker()):
        with django_assert_num_queries(3):
            [row] = ask(user=one.pk, roles=["social_worker", "coordinator"])
            assert row.organization.name
            assert list(row.user.household_sights.all()) == []
        assert row == one.appointments.get()
        assert row.get_deferred_fields() == {"start"}
        assert row.start <= timezone.localdate()
        assert ask(user=one.pk, roles=["planner"]) == []


def test_what_is_kept_holds_no_value_of_an_asking():
    ask, one = Prepared(_held), worker()
    place = one.appointments.get().organization_id
    ask(user=one.pk, today=timezone.localdate(), organizations=[place])
    other = worker()
    assert ask(user=other.pk, today=timezone.localdate(), organizations=[place]) == []


def test_nothing_is_asked_of_no_values(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Prepared(_held)(user=uuid4(), today=timezone.localdate(), organizations=()) == []


def test_a_value_that_stands_nowhere_in_the_question_is_a_mistake():
    ask = Prepared(lambda user, today: Appointment.objects.filter(user=user).values_list("pk"))  # noqa: ARG005
    with pytest.raises(LookupError):
        ask(user=uuid4(), today=timezone.localdate())


def _since(user, moment):
    return Appointment.objects.filter(user=user, user__created_at__gte=moment).values_list("pk")


def test_the_moment_of_asking_is_that_of_each_asking(monkeypatch):
    one, now = worker(), timezone.now()
    ask = Prepared(lambda user: _since(user, moment_of_asking() - dt.timedelta(hours=1)))
    assert ask(user=one.pk)
    monkeypatch.setattr(timezone, "now", lambda: now + dt.timedelta(hours=2))
    assert ask(user=one.pk) == []


@pytest.mark.parametrize("hours", [0, 1])
def test_the_beginning_of_a_day_may_stay_and_a_moment_may_not(hours):
    day = timezone.localtime().replace(hour=hours, minute=0, second=0, microsecond=0)
    ask, one = Prepared(lambda user: _since(user, day)), worker()
    if not hours:
        assert ask(user=one.pk)
        return
    with pytest.raises(LookupError):
        ask(user=one.pk)


def test_what_a_text_has_within_it_is_asked_for_as_it_is_written():
    one = worker().appointments.get().organization
    type(one).objects.filter(pk=one.pk).update(name="Casa 50%_a\\b", short_name="casa")
    ask = Prepared(
        lambda words, begun: (
            type(one)
            .objects.filter(*(Q(name__contains=word) | Q(short_name__icontains=word) for word in words))
            .filter(Q(name__startswith=begun) | Q(short_name__startswith=begun))
            .order_by("pk")
            .values_list("name", flat=True)
        )
    )
    for words, found in ((["50%_"], 1), (["a\\b"], 1), (["5_%"], 0), (["CASA", "0%_a"], 1), (["%", "x"], 0)):
        assert len(ask(words=words, begun="Ca")) == found, words


def test_today_is_that_of_the_clock(monkeypatch):
    assert today() == timezone.localdate()
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *_: tomorrow)
    assert today() == tomorrow
