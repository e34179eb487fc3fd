"""Work on a petition: who sees it, who may do what, terms, and the trail of it."""

import datetime as dt
from dataclasses import replace

import pytest
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry
from punte.deadlines.calendar import plus_months
from punte.kernel.errors import DomainError, NotAllowed
from punte.petitions.actions import (
    Letter,
    Sender,
    add_message,
    answer_petition,
    assign_petition,
    close_petition,
    extend_petition,
    name_workers,
    note_petition,
    redirect_petition,
)
from punte.petitions.enums import PetitionKind
from punte.petitions.models import Petition, PetitionEvent
from punte.petitions.terms import answer_rule, rulebook, set_terms
from tests.factories import worker
from tests.petitions.conftest import REQUEST, Hall

ABOUT_IOANA = Letter("complaint", "Mi s-a vorbit urât la ghișeu.", about_words="doamna Mureșan")


def _sees(user: object) -> list[Petition]:
    user.__dict__.pop("standing", None)
    return list(Petition.objects.visible_to(user))  # type: ignore[arg-type]


def test_those_who_answer_in_the_organisation_see_it_and_nobody_else(hall: Hall) -> None:
    petition = hall.receive().petition
    nurse = worker(Role.COMMUNITY_NURSE, organization=hall.organization)
    assert [_sees(one) for one in (hall.worker, hall.adviser, hall.lead)] == [[petition]] * 3
    assert [_sees(one) for one in (nurse, worker(Role.COORDINATOR))] == [[], []]


def test_a_complaint_about_a_worker_is_for_leaders_and_never_for_whom_it_is_about(hall: Hall) -> None:
    petition = hall.receive(ABOUT_IOANA).petition
    assert petition.restricted
    assert [_sees(one) for one in (hall.worker, hall.adviser)] == [[], []]
    assert _sees(hall.lead) == [petition]
    assign_petition(by=hall.lead, petition=petition, worker=hall.adviser)
    assert _sees(hall.adviser) == [petition]
    with pytest.raises(DomainError):
        assign_petition(by=hall.lead, petition=petition, worker=hall.worker)


def test_a_leader_does_not_see_what_is_about_them_and_where_none_is_left_colleagues_answer(
    hall: Hall,
) -> None:
    petition = hall.receive(Letter("complaint", "Nu mi s-a răspuns.", about_words="Pârvulescu")).petition
    assert _sees(hall.lead) == []
    assert _sees(hall.adviser) == [petition]
    second = worker(Role.SUPERVISOR, organization=hall.organization, name="Dana Suciu")
    again = hall.receive(Letter("complaint", "Nu mi s-a răspuns.", about_words="Pârvulescu")).petition
    assert again in _sees(second)
    assert again not in _sees(hall.adviser)


def test_a_leader_says_whom_it_is_about_and_they_lose_it(hall: Hall) -> None:
    petition = hall.receive().petition
    assign_petition(by=hall.worker, petition=petition, worker=hall.worker)
    with pytest.raises(NotAllowed):
        name_workers(by=hall.worker, petition=petition, workers=[hall.adviser])
    name_workers(by=hall.lead, petition=petition, workers=[hall.worker])
    assert _sees(hall.worker) == []
    assert Petition.objects.get().assigned_to is None
    with pytest.raises(NotAllowed):
        note_petition(by=hall.worker, petition=petition, text="a")


def test_what_is_about_a_worker_is_sealed_in_the_trail(hall: Hall) -> None:
    petition = hall.receive(ABOUT_IOANA).petition
    note_petition(by=hall.lead, petition=petition, text="De vorbit cu ambele.")
    assert TrailEntry.objects.get(verb="petition_note").sealed


def test_one_takes_a_petition_oneself_and_only_leaders_give_it_to_others(hall: Hall) -> None:
    petition = hall.receive().petition
    with pytest.raises(NotAllowed):
        assign_petition(by=hall.worker, petition=petition, worker=hall.adviser)
    assign_petition(by=hall.worker, petition=petition, worker=hall.worker)
    assert Petition.objects.get().status == "in_work"
    with pytest.raises(DomainError):
        assign_petition(by=hall.lead, petition=petition, worker=worker(Role.SOCIAL_WORKER))


def test_an_answer_ends_the_term_and_names_its_basis(hall: Hall) -> None:
    petition = hall.receive().petition
    with pytest.raises(DomainError) as refused:
        answer_petition(by=hall.worker, petition=petition, answer="Da.", basis=" ")
    assert refused.value.field == "basis"
    answered = answer_petition(by=hall.worker, petition=petition, answer="Da.", basis="Legea 292/2011")
    assert (answered.status, answered.due_on, answered.redirect_by) == ("answered", None, None)
    with pytest.raises(DomainError):
        answer_petition(by=hall.worker, petition=petition, answer="Nu.", basis="Legea 292/2011")
    assert "Da." not in str(TrailEntry.objects.values())


def test_a_term_is_extended_once_by_a_leader_before_it_passes_by_at_most_fifteen_days(hall: Hall) -> None:
    petition = hall.receive().petition
    with pytest.raises(NotAllowed):
        extend_petition(by=hall.worker, petition=petition, days=10, reason="Cercetăm.")
    for days in (0, 16):
        with pytest.raises(DomainError):
            extend_petition(by=hall.lead, petition=petition, days=days, reason="Cercetăm.")
    extended = extend_petition(by=hall.lead, petition=petition, days=15, reason="Cercetăm.")
    assert extended.due_on == timezone.localdate() + dt.timedelta(days=45)
    with pytest.raises(DomainError):
        extend_petition(by=hall.lead, petition=petition, days=1, reason="Încă.")


def test_a_term_that_has_passed_is_not_extended(hall: Hall) -> None:
    petition = hall.receive().petition
    petition.received_at = timezone.now() - dt.timedelta(days=31)
    set_terms(petition)
    petition.save()
    with pytest.raises(DomainError):
        extend_petition(by=hall.lead, petition=petition, days=5, reason="Cercetăm.")
    assert list(Petition.objects.late(timezone.localdate())) == [petition]


def test_what_is_sent_on_waits_here_no_more(hall: Hall) -> None:
    petition = hall.receive().petition
    sent_on = redirect_petition(by=hall.worker, petition=petition, institution="Direcția Tehnică")
    assert (sent_on.status, sent_on.due_on) == ("redirected", None)
    with pytest.raises(DomainError):
        answer_petition(by=hall.worker, petition=petition, answer="Da.", basis="Legea 292/2011")


def test_who_gave_a_name_is_not_filed_away_as_anonymous_or_unanswered(hall: Hall) -> None:
    petition = hall.receive().petition
    for reason in ("anonymous", "answered", "altceva"):
        with pytest.raises(DomainError):
            close_petition(by=hall.worker, petition=petition, reason=reason)
    nameless = hall.receive(sender=Sender()).petition
    assert close_petition(by=hall.worker, petition=nameless, reason="anonymous").status == "closed"


def test_the_petitioner_adds_messages_until_it_is_filed(hall: Hall) -> None:
    petition = hall.receive().petition
    add_message(petition=petition, text="Am uitat să spun vârsta: 6 ani.")
    close_petition(by=hall.worker, petition=petition, reason="withdrawn")
    with pytest.raises(DomainError):
        add_message(petition=petition, text="Încă ceva.")
    assert PetitionEvent.objects.filter(by=None, kind="message").count() == 1


def test_the_terms_say_where_they_come_from() -> None:
    rules = {rule.key: rule for rule in rulebook().rules}
    assert set(rules) == {
        *("petition_answer", "petition_redirect", "petition_extension"),
        *("information_answer", "own_data_answer"),
    }
    assert not rules["information_answer"].is_on
    assert rules["petition_answer"].source == "OG 27/2002, art. 8 alin. (1)"
    assert rules["petition_redirect"].evidence == "secondary"


def test_what_has_a_term_of_its_own_is_answered_within_it_where_that_is_in_use(hall: Hall) -> None:
    today = timezone.localdate()
    assert hall.receive(replace(REQUEST, kind=PetitionKind.OWN_DATA)).petition.due_on == plus_months(today, 1)
    information = hall.receive(replace(REQUEST, kind=PetitionKind.INFORMATION)).petition
    assert information.due_on == today + dt.timedelta(days=30)
    assert answer_rule(information) == "petition_answer"
