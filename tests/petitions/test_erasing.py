"""Once its time is over a petition names nobody; number, dates and how it ended stay."""

import datetime as dt
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from punte.kernel.errors import DomainError
from punte.petitions import public_access
from punte.petitions.actions import Letter, Sent, answer_petition, note_petition
from punte.petitions.actions.erasing import erase_over, over
from punte.petitions.attachments import Upload
from punte.petitions.models import Petition
from tests.petitions.conftest import REQUEST, Hall
from tests.samples import PDF

pytestmark = pytest.mark.both


@pytest.fixture
def answered(hall: Hall) -> Sent:
    uploads = [Upload("acte.pdf", PDF)]
    sent = hall.receive(Letter("complaint", REQUEST.text, about_words="Ioana Mureșan", uploads=uploads))
    answer_petition(by=hall.lead, petition=sent.petition, answer="Un loc liber.", basis="Legea 292/2011")
    note_petition(by=hall.lead, petition=sent.petition, text="Am vorbit cu mama ei.")
    return sent


def test_where_the_institution_sets_no_years_everything_is_kept(answered: Sent) -> None:
    assert list(over(dt.date(2999, 1, 1))) == []
    assert erase_over(dt.date(2999, 1, 1)) == 0


def test_the_years_are_whole_and_run_from_the_end_of_the_year_in_which_it_ended(
    answered: Sent, hall: Hall, settings: Any
) -> None:
    settings.PETITION_YEARS = 3
    hall.receive()
    year = timezone.localdate().year
    assert list(over(dt.date(year + 3, 12, 31))) == []
    assert list(over(dt.date(year + 4, 1, 1))) == [answered.petition]


def test_what_named_anybody_is_gone_and_the_register_stands(
    answered: Sent, settings: Any, store: Path, django_capture_on_commit_callbacks: Any
) -> None:
    settings.PETITION_YEARS = 1
    assert list(store.rglob("*.sealed"))
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_over(dt.date(timezone.localdate().year + 2, 1, 1)) == 1
    assert erase_over(dt.date(timezone.localdate().year + 2, 1, 1)) == 0
    assert not list(store.rglob("*.sealed"))
    found = Petition.objects.get()
    assert (found.number, found.status, found.kind) == (answered.petition.number, "answered", "complaint")
    assert found.answered_at
    assert found.erased_on == timezone.localdate()
    assert not found.about.exists()
    assert not found.attachments.exists()
    assert found.events.count() == 3
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, email, phone, address, text, about_words, answer FROM petitions_petition"
        )
        assert set(cursor.fetchone()) == {""}
        cursor.execute("SELECT DISTINCT text FROM petitions_petitionevent")
        assert cursor.fetchall() == [("",)]
    assert public_access.follow(str(found), answered.code) is None


def test_the_office_reads_that_it_was_removed_and_works_on_it_no_more(
    answered: Sent, hall: Hall, settings: Any, client: Client
) -> None:
    settings.PETITION_YEARS = 1
    erase_over(dt.date(timezone.localdate().year + 2, 1, 1))
    client.force_login(hall.lead)
    page = client.get(reverse("petition", args=[answered.petition.pk])).content.decode()
    assert "Numele a fost șters" in page
    assert reverse("petition_note", args=[answered.petition.pk]) not in page
    assert "nume șters" in client.get(reverse("petitions"), {"state": "all"}).content.decode()
    with pytest.raises(DomainError):
        note_petition(by=hall.lead, petition=Petition.objects.get(), text="Încă ceva.")


def test_the_house_keeping_applies_the_rule_and_a_dry_run_does_not(answered: Sent, settings: Any) -> None:
    settings.PETITION_YEARS = 1
    answered.petition.events.update(created_at=timezone.now() - dt.timedelta(days=3 * 366))
    out = StringIO()
    call_command("reminders", dry_run=True, stdout=out)
    assert "1 petitions would lose" in out.getvalue()
    assert Petition.objects.get().name == "Ana Exemplu"
    call_command("reminders", stdout=out)
    assert Petition.objects.get().name == ""
