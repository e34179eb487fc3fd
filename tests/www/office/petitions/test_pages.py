"""The office's pages of petitions."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from punte.accounts.models import TrailEntry
from punte.petitions.actions import Letter, answer_petition
from punte.petitions.attachments import Upload
from punte.petitions.models import Petition
from tests.documents.text import pdf_text
from tests.petitions.conftest import REQUEST, Hall
from tests.samples import PDF


def _in(client: Client, user: object) -> Client:
    client.force_login(user)  # type: ignore[arg-type]
    return client


def test_the_list_begins_with_the_soonest_term(client: Client, hall: Hall) -> None:
    first, second = hall.receive().petition, hall.receive().petition
    Petition.objects.filter(pk=second.pk).update(due_on=timezone.localdate() - dt.timedelta(days=1))
    page = _in(client, hall.worker).get(reverse("petitions")).content.decode()
    assert page.index(str(second.pk)) < page.index(str(first.pk))
    late = client.get(reverse("petitions") + "?state=late").content.decode()
    assert str(second.pk) in late
    assert str(first.pk) not in late
    found = client.get(
        reverse("petitions") + f"?state=all&number={first.number}/{first.year}"
    ).content.decode()
    assert str(first.pk) in found
    assert str(second.pk) not in found


def test_the_list_asks_the_same_however_many_there_are(client: Client, hall: Hall, pinned: Any) -> None:
    for _ in range(12):
        hall.receive()
    _in(client, hall.lead)
    pinned(client.get, reverse("petitions"))


def test_opening_a_petition_is_in_the_trail_and_its_page_stays_in_no_cache(
    client: Client, hall: Hall, pinned: Any
) -> None:
    petition = hall.receive().petition
    _in(client, hall.lead)
    page = client.get(reverse("petition", args=[petition.pk]))
    assert "Ana Exemplu" in page.content.decode()
    assert page["Cache-Control"] == "no-store, private"
    assert TrailEntry.objects.filter(verb="petition", reading=True, subject=petition.pk).count() == 1
    pinned(client.get, reverse("petition", args=[petition.pk]))


def test_a_worker_takes_answers_and_prints_the_letter(client: Client, hall: Hall) -> None:
    petition = hall.receive().petition
    _in(client, hall.worker)
    client.post(reverse("petition_assign", args=[petition.pk]), {"worker": hall.worker.pk})
    empty = client.post(
        reverse("petition_answer", args=[petition.pk]), {"answer": "Veniți luni.", "basis": ""}
    )
    assert empty.status_code == 422
    assert "Veniți luni." in empty.content.decode()
    client.post(
        reverse("petition_answer", args=[petition.pk]), {"answer": "Veniți luni.", "basis": "Legea 292/2011"}
    )
    assert Petition.objects.get().status == "answered"
    letter = client.get(reverse("petition_letter", args=[petition.pk]))
    text = pdf_text(letter.content)
    assert "Veniți luni." in text
    assert "Legea 292/2011" in text
    assert "Ana Exemplu" in text


def test_each_other_way_ends_where_it_should(client: Client, hall: Hall) -> None:
    _in(client, hall.lead)
    ways = [
        ("petition_redirect", {"institution": "Direcția Tehnică"}, "redirected"),
        ("petition_extend", {"days": 5, "reason": "Cercetăm."}, "received"),
        ("petition_close", {"reason": "withdrawn"}, "closed"),
        ("petition_about", {"workers": [hall.worker.pk]}, "received"),
    ]
    for name, typed, status in ways:
        petition = hall.receive().petition
        assert client.get(reverse(name, args=[petition.pk])).status_code == 200
        assert client.post(reverse(name, args=[petition.pk]), typed).status_code == 302
        assert Petition.objects.get(pk=petition.pk).status == status


def test_a_file_comes_only_with_its_petition_and_never_runs(client: Client, hall: Hall) -> None:
    uploads = [Upload("Actul meu.pdf", PDF)]
    petition = hall.receive(Letter("request", REQUEST.text, uploads=uploads)).petition
    other = hall.receive().petition
    file = petition.attachments.get()
    _in(client, hall.worker)
    answer = client.get(reverse("petition_file", args=[petition.pk, file.pk]))
    assert answer.content == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="actul-meu.pdf"'
    assert "sandbox" in answer["Content-Security-Policy"]
    assert client.get(reverse("petition_file", args=[other.pk, file.pk])).status_code == 404
    assert TrailEntry.objects.filter(verb="petition_file", subject=petition.pk).exists()


def test_the_office_registers_a_letter_and_sees_its_code_once(client: Client, hall: Hall) -> None:
    _in(client, hall.worker)
    typed = {
        "organization": hall.organization.pk,
        "channel": "post",
        "kind": "request",
        "text": "Cer ajutor pentru încălzire.",
        "name": "Ion Exemplu",
        "address": "Str. Gării nr. 2",
    }
    made = client.post(reverse("petition_new"), typed)
    first, again = client.get(made["Location"]), client.get(made["Location"])
    assert "Codul se arată numai acum" in first.content.decode()
    assert "Codul se arată numai acum" not in again.content.decode()


@pytest.mark.django_db
def test_what_was_answered_has_no_way_left(client: Client, hall: Hall) -> None:
    petition = hall.receive().petition
    answer_petition(by=hall.worker, petition=petition, answer="Da.", basis="Legea 292/2011")
    _in(client, hall.lead)
    again = client.post(reverse("petition_answer", args=[petition.pk]), {"answer": "Nu.", "basis": "Legea"})
    assert again.status_code == 422
    assert Petition.objects.get().answer == "Da."
