"""A referral passes only as it may, and moves the places of the service."""

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry
from punte.cases.actions import (
    accept_referral,
    acknowledge_answer,
    finish_referral,
    refer,
    refuse_referral,
    withdraw_referral,
)
from punte.cases.enums import ReferralStatus
from punte.cases.models import Referral
from punte.cases.rules import MAX_NEED, may_become
from punte.kernel.errors import DomainError, NotAllowed
from tests import some_of
from tests.cases.conftest import DayCentre, Town, make_day_centre, make_town
from tests.factories import family, worker

TODAY = timezone.localdate


def referred(town: Town, centre: DayCentre, **fields: Any) -> Referral:
    case = town.case() if "case" not in fields else fields["case"]
    return refer(
        **{
            "by": town.worker,
            "case": case,
            "person": town.child,
            "need": "un loc după școală",
            "consent_on": TODAY(),
            "service": centre.service,
            **fields,
        }
    )


def test_a_referral_is_sent_accepted_read_and_done(town: Town, day_centre: DayCentre) -> None:
    referral = referred(town, day_centre)
    assert (referral.organization, referral.status) == (day_centre.organization, "sent")
    assert list(Referral.objects.received_by(day_centre.partner)) == [referral]
    accepted = accept_referral(by=day_centre.partner, referral=referral, answer="de luni")
    assert (accepted.status, accepted.answer, accepted.answered_by) == (
        "accepted",
        "de luni",
        day_centre.partner,
    )
    assert accepted.seen_by_sender_at is None
    assert day_centre.taken() == 7
    assert acknowledge_answer(by=town.nurse, referral=accepted).seen_by_sender_at
    done = finish_referral(by=day_centre.partner, referral=accepted)
    assert (done.status, day_centre.taken()) == ("done", 6)
    line = TrailEntry.objects.get(verb="accept_referral")
    assert (line.keeper, line.household, line.person) == (
        town.organization.pk,
        town.household.pk,
        town.child.pk,
    )


def test_a_refusal_needs_its_reason(town: Town, day_centre: DayCentre) -> None:
    referral = referred(town, day_centre)
    with pytest.raises(DomainError) as refused:
        refuse_referral(by=day_centre.partner, referral=referral, reason=" ")
    assert refused.value.field == "reason"
    assert (
        refuse_referral(by=day_centre.partner, referral=referral, reason="nu mai sunt locuri").status
        == "refused"
    )
    assert day_centre.taken() == 6


def test_a_withdrawn_referral_frees_the_place_it_took(town: Town, day_centre: DayCentre) -> None:
    referral = accept_referral(by=day_centre.partner, referral=referred(town, day_centre))
    assert (
        withdraw_referral(by=town.worker, referral=referral, reason="familia s-a mutat").status == "withdrawn"
    )
    assert day_centre.taken() == 6


def test_the_sender_may_finish_it_and_nobody_else_may(town: Town, day_centre: DayCentre) -> None:
    referral = accept_referral(by=day_centre.partner, referral=referred(town, day_centre))
    for stranger in (town.other_team, worker(Role.PARTNER), worker()):
        with pytest.raises(NotAllowed):
            finish_referral(by=stranger, referral=referral)
    assert finish_referral(by=town.worker, referral=referral).status == "done"


def test_only_the_receiver_answers_and_only_the_sender_takes_back(town: Town, day_centre: DayCentre) -> None:
    referral = referred(town, day_centre)
    for stranger in (town.worker, town.coordinator, worker(Role.PARTNER)):
        with pytest.raises(NotAllowed):
            accept_referral(by=stranger, referral=referral)
    with pytest.raises(NotAllowed):
        withdraw_referral(by=day_centre.partner, referral=referral, reason="x")
    with pytest.raises(NotAllowed):
        acknowledge_answer(by=day_centre.partner, referral=referral)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"need": ""}, "need"),
        ({"need": "n" * (MAX_NEED + 1)}, "need"),
        ({"consent_on": None}, "consent_on"),
        ({"consent_on": dt.date(2999, 1, 1)}, "consent_on"),
        ({"service": None}, "service"),
    ],
)
def test_a_wrong_referral_is_refused_beside_its_field(
    town: Town, day_centre: DayCentre, fields: dict, field: str
) -> None:
    with pytest.raises(DomainError) as refused:
        referred(town, day_centre, **fields)
    assert refused.value.field == field


def test_a_service_that_is_closed_a_stranger_and_a_second_unanswered_one_are_refused(
    town: Town, day_centre: DayCentre
) -> None:
    case = town.case()
    with pytest.raises(DomainError):
        referred(town, day_centre, case=case, person=family(20)[0])
    with pytest.raises(DomainError):
        referred(town, day_centre, case=case, organization=town.organization)
    referred(town, day_centre, case=case)
    with pytest.raises(DomainError):
        referred(town, day_centre, case=case)
    day_centre.service.status = "suspended"
    with pytest.raises(DomainError):
        referred(town, day_centre, case=case, person=town.mother)
    institution = referred(town, day_centre, case=case, service=None, organization=town.organization)
    assert institution.organization == town.organization


LEGAL = {
    ("sent", "accepted"),
    ("sent", "refused"),
    ("sent", "withdrawn"),
    ("accepted", "done"),
    ("accepted", "withdrawn"),
}


@given(st.sampled_from(ReferralStatus.values), st.sampled_from(ReferralStatus.values))
def test_no_other_passage_is_legal(former: str, later: str) -> None:
    assert may_become(former, later) == ((former, later) in LEGAL)


@settings(max_examples=some_of(25), deadline=None)
@given(moves=st.lists(st.sampled_from(["accepted", "refused", "done", "withdrawn"]), min_size=1, max_size=5))
@pytest.mark.django_db
def test_any_sequence_of_moves_stays_within_the_legal_ones(moves: list[str]) -> None:
    with transaction.atomic():
        town, centre = make_town(), make_day_centre()
        referral = referred(town, centre)
        act = {
            "accepted": lambda: accept_referral(by=centre.partner, referral=referral),
            "refused": lambda: refuse_referral(by=centre.partner, referral=referral, reason="x"),
            "done": lambda: finish_referral(by=centre.partner, referral=referral),
            "withdrawn": lambda: withdraw_referral(by=town.worker, referral=referral, reason="x"),
        }
        for move in moves:
            former = Referral.objects.get(pk=referral.pk).status
            try:
                act[move]()
            except DomainError:
                assert (former, move) not in LEGAL
            else:
                assert (former, move) in LEGAL
            held = Referral.objects.get(pk=referral.pk).status == "accepted"
            assert centre.taken() == 6 + held
        transaction.set_rollback(True)
