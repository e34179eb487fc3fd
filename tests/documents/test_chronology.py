"""A chronology: chosen events frozen as a paper, whose page says which of them were corrected since."""

import io
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.documents.actions import issue_chronology
from punte.documents.chronology import PartSaid, changed_since, events_of
from punte.documents.models import IssuedDocument
from punte.documents.rendering import render
from punte.kernel.errors import DomainError, NotAllowed
from punte.registers.actions import add_entry, correct_entry
from punte.registers.models import Entry
from tests.documents.households import Setting, setting
from tests.factories import worker

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
WHOLE = "Copiii au fost singuri de trei ori."


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def moved(place: Setting) -> Entry:
    given = {"kind": "damage"}
    return add_entry(
        by=place.worker, register="household_event", subject=place.household, start=TODAY, given=given
    )


def issued(place: Setting, *texts: str) -> IssuedDocument:
    events = events_of(place.worker, place.case)
    chosen = [one.digest for one in events if any(text in one.what for text in texts)]
    return issue_chronology(
        by=place.worker,
        case=place.case,
        parts=[PartSaid("Locuirea", "S-au mutat.", chosen)],
        conclusions=WHOLE,
        purpose="Instanța",
    )


def test_it_is_frozen_with_its_number_as_pdf_and_docx() -> None:
    place = setting()
    first = events_of(place.worker, place.case)[0]
    paper = issued(place, first.what)
    assert paper.number and paper.chosen_events.count() >= 1
    assert render(paper, "pdf") == render(paper, "pdf")
    word = ZipFile(io.BytesIO(render(paper, "docx"))).read("word/document.xml").decode()
    assert WHOLE in word and first.what in word and "{%" not in word
    assert changed_since(place.worker, place.case, paper) == []


def test_what_cannot_be_is_refused() -> None:
    place = setting()
    event = events_of(place.worker, place.case)[0].digest
    asked = {"by": place.worker, "case": place.case, "purpose": "Instanța"}
    for parts, whole in (
        ([PartSaid("", "", ["gone"])], WHOLE),
        ([PartSaid("", "doar vorbe", [])], WHOLE),
        ([PartSaid("", "", [event])], " "),
    ):
        with pytest.raises(DomainError):
            issue_chronology(**asked, parts=parts, conclusions=whole)
    nurse = worker(Role.COMMUNITY_NURSE, organization=place.team.organization)
    with pytest.raises(NotAllowed):
        issue_chronology(**{**asked, "by": nurse}, parts=[PartSaid("", "", [event])], conclusions=WHOLE)


def test_its_page_says_what_was_corrected_only_to_who_sees_all_of_it() -> None:
    place = setting()
    entry = moved(place)
    told = next(one for one in events_of(place.worker, place.case) if one.what.startswith("foc"))
    paper = issued(place, told.what)
    assert changed_since(place.worker, place.case, paper) == []
    correct_entry(
        by=place.worker,
        entry=entry,
        start=TODAY,
        given={"kind": "cut_off"},
        why="Greșit",
        revision=entry.revision,
    )
    (found,) = changed_since(place.worker, place.case, paper)
    assert told.what in found.was and found.now
    page = signed_in(place.worker).get(reverse("document", args=[paper.pk])).content.decode()
    assert found.was in page
    lead = worker(Role.COORDINATOR, organization=place.team.organization)
    assert changed_since(lead, place.case, paper) == []


def test_it_is_written_on_the_page_of_the_case() -> None:
    place = setting()
    client, url = signed_in(place.worker), reverse("chronology", args=[place.case.pk])
    event = events_of(place.worker, place.case)[0]
    assert client.get(url).status_code == 200
    sent = {
        "purpose": "Instanța",
        "conclusions": WHOLE,
        f"event_{event.digest[:20]}": "1",
        "title_1": "Începutul",
        "analysis_1": "",
    }
    draft = client.post(url, {**sent, "preview": "1"})
    assert draft.content.startswith(b"%PDF") and not IssuedDocument.objects.exists()
    assert client.post(url, sent).status_code == 302
    assert IssuedDocument.objects.get().kind == "chronology"
    assert client.post(url, {**sent, "conclusions": ""}).status_code == 422
