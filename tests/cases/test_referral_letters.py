"""An institution without an account is asked by letter and answers with its code, once; nothing waits for ever."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import OnceLink, TrailEntry
from punte.accounts.once_links import code_of, number_of, opened_by, standing_of
from punte.cases.actions import (
    accept_referral,
    answer_by_letter,
    refresh_deadlines,
    revoke_referral_letter,
    seal_case,
    seal_person,
    write_answer_down,
    write_referral_letter,
)
from punte.cases.actions.answer_referral import LETTER
from punte.cases.enums import AnswerWay
from punte.cases.models import Referral
from punte.cases.unanswered import unanswered_referrals
from punte.documents.coded_letter import referral_letter
from punte.kernel.errors import DomainError, NotAllowed
from punte.people.models import Consent
from tests.cases.conftest import DayCentre, Town, again
from tests.cases.test_referrals import referred
from tests.factories import worker

GIVEN = {"decision": "accepted", "answer": "de luni", "named": "Maria Pop, directoare"}


def asked(town: Town, centre: DayCentre) -> tuple[Referral, OnceLink]:
    referral = referred(town, centre)
    return referral, write_referral_letter(by=town.worker, referral=referral)


def opened(link: OnceLink, code: str = "") -> OnceLink:
    return opened_by(number_of(link), code or code_of(link), purposes=[LETTER])


def page(client: Client, link: OnceLink) -> Any:
    said = {"number": number_of(link), "code": code_of(link)}
    return client.post(reverse("letter_open"), said, follow=True)


def test_the_code_is_taken_once_however_it_is_typed(town: Town, day_centre: DayCentre) -> None:
    referral, link = asked(town, day_centre)
    assert opened(link, code_of(link).lower().replace("-", " ")) == link
    answered = answer_by_letter(link=link, **GIVEN)
    assert (answered.status, answered.answer, answered.answered_by) == ("accepted", "de luni", None)
    assert answered.answered_way == AnswerWay.CODE
    assert "Maria Pop" in answered.who_answered
    assert day_centre.taken() == 7
    with pytest.raises(DomainError):
        opened(link)
    with pytest.raises(DomainError):
        answer_by_letter(link=link, **GIVEN)
    assert TrailEntry.objects.get(verb="answer_by_letter").actor == town.worker
    assert Referral.objects.get(pk=referral.pk).status == "accepted"


def test_five_wrong_codes_close_it(town: Town, day_centre: DayCentre) -> None:
    _referral, link = asked(town, day_centre)
    for _try in range(OnceLink.MOST_WRONG):
        with pytest.raises(DomainError):
            opened(link, "AAAA-AAAA")
    with pytest.raises(DomainError):
        opened(link)


@pytest.mark.parametrize("over", ["expired", "revoked", "newer", "answered", "other_purpose"])
def test_a_code_that_is_over_opens_nothing(town: Town, day_centre: DayCentre, over: str) -> None:
    referral, link = asked(town, day_centre)
    if over == "expired":
        OnceLink.objects.update(expires_at=timezone.now())
    elif over == "revoked":
        revoke_referral_letter(by=town.worker, referral=referral)
    elif over == "newer":
        write_referral_letter(by=town.worker, referral=referral)
    elif over == "answered":
        accept_referral(by=day_centre.partner, referral=referral)
    with pytest.raises(DomainError):
        opened_by(number_of(link), code_of(link), purposes=[] if over == "other_purpose" else [LETTER])


def test_only_who_works_on_the_case_gives_out_codes_and_writes_answers_down(
    town: Town, day_centre: DayCentre
) -> None:
    referral, _link = asked(town, day_centre)
    for stranger in (day_centre.partner, town.other_team, worker(Role.PARTNER)):
        with pytest.raises(NotAllowed):
            write_referral_letter(by=stranger, referral=referral)
        with pytest.raises(NotAllowed):
            write_answer_down(by=stranger, referral=referral, **GIVEN)
    for wrong in ({"named": " "}, {"decision": "done"}, {"decision": "refused", "answer": ""}):
        with pytest.raises(DomainError):
            write_answer_down(by=town.worker, referral=referral, **{**GIVEN, **wrong})
    said = write_answer_down(
        by=town.worker, referral=referral, decision="refused", answer="nu au loc", named="secretara"
    )
    assert (said.status, said.answered_by) == ("refused", town.worker)
    assert said.seen_by_sender_at is not None
    assert not standing_of(LETTER, [referral.pk]).exists()
    with pytest.raises(DomainError):
        write_referral_letter(by=town.worker, referral=referral)


def test_the_page_of_the_letter_says_what_is_asked_and_its_address_names_nobody(
    town: Town, day_centre: DayCentre
) -> None:
    referral, link = asked(town, day_centre)
    client = Client()
    numbered = client.get(reverse("letter_numbered", args=[number_of(link)]))
    assert str(town.child) not in numbered.content.decode()
    assert "no-store" in numbered["Cache-Control"]
    shown = page(client, link)
    text = shown.content.decode()
    assert str(town.child) in text and referral.need in text
    assert "no-store" in shown["Cache-Control"]
    assert shown.redirect_chain[-1][0] == reverse("letter")
    assert client.post(reverse("letter"), {**GIVEN, "named": ""}).status_code == 422
    went = client.post(reverse("letter"), GIVEN)
    assert went.url == reverse("letter_answered")
    assert str(town.child) not in client.get(went.url).content.decode()
    assert client.get(reverse("letter")).url == reverse("letter_open")
    assert page(client, link).status_code == 422


def test_a_wrong_number_and_a_wrong_code_are_answered_alike(town: Town, day_centre: DayCentre) -> None:
    _referral, link = asked(town, day_centre)
    said = [
        Client().post(reverse("letter_open"), {"number": number, "code": "AAAA-AAAA"})
        for number in (number_of(link), "AAAA-AAAA")
    ]
    assert [one.status_code for one in said] == [422, 422]
    assert OnceLink.objects.get().wrong == 1


def test_who_is_signed_in_has_five_tries_too(town: Town, day_centre: DayCentre) -> None:
    """A form that is refused leaves nothing behind; a wrong code does."""
    _referral, link = asked(town, day_centre)
    client = Client()
    client.force_login(worker(), backend="punte.accounts.backend.OpenAccounts")
    for number in range(OnceLink.MOST_WRONG):
        said = {"number": number_of(link), "code": "AAAA-AAAA", "once": f"mark-{number}"}
        assert client.post(reverse("letter_open"), said).status_code == 422
    assert OnceLink.objects.get().wrong == OnceLink.MOST_WRONG
    assert page(Client(), link).status_code == 422


@pytest.mark.parametrize("what", ["consent", "case", "person"])
def test_behind_a_seal_or_without_the_consent_a_letter_opens_nothing(
    town: Town, day_centre: DayCentre, what: str
) -> None:
    referral, link = asked(town, day_centre)
    client = Client()
    client.post(reverse("letter_open"), {"number": number_of(link), "code": code_of(link)})
    if what == "consent":
        Consent.objects.update(withdrawn_on=timezone.localdate())
    elif what == "case":
        seal_case(by=town.worker, case=referral.case, reason="Pericol")
    else:
        seal_person(by=town.worker, person=referral.person, reason="Este căutată")
    assert str(referral.person) not in page(Client(), link).content.decode()
    assert client.get(reverse("letter")).url == reverse("letter_open")
    with pytest.raises(DomainError):
        answer_by_letter(link=OnceLink.objects.select_related("by").get(), **GIVEN)
    with pytest.raises(DomainError):
        write_referral_letter(by=town.worker, referral=referral)


def test_the_letter_is_printed_again_as_it_was(town: Town, day_centre: DayCentre) -> None:
    referral, link = asked(town, day_centre)
    row = Referral.objects.select_related("case__keeper", "person", "service", "by", "organization").get(
        pk=referral.pk
    )
    first, second = (referral_letter(row, link, address="https://punte.example/p/") for _ in range(2))
    assert first == second and first.startswith(b"%PDF")


def test_one_without_an_answer_leads_from_the_day_and_the_team_s_page_to_what_can_be_done(
    town: Town, day_centre: DayCentre
) -> None:
    referral = referred(town, day_centre)
    Referral.objects.update(sent_at=timezone.now() - dt.timedelta(days=40))
    refresh_deadlines(referral.case)
    url = reverse("case_referral_sent", args=[referral.case_id, referral.pk])
    for user, where in ((town.worker, "my_day"), (town.coordinator, "team_day")):
        client = Client()
        client.force_login(again(user), backend="punte.accounts.backend.OpenAccounts")
        assert url in client.get(reverse(where)).content.decode()
        assert client.get(url).status_code == 200
    today = timezone.localdate()
    assert unanswered_referrals(again(town.coordinator), today)[1] == 1
    assert unanswered_referrals(worker(Role.COORDINATOR), today) == ([], 0)
    write_answer_down(by=town.worker, referral=referral, **GIVEN)
    assert unanswered_referrals(again(town.coordinator), today) == ([], 0)
