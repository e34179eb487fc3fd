"""A resident at the town hall's pages: the form keeps what was typed, the code opens, doors do not give way."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from punte.petitions import public_access
from punte.petitions.actions import answer_petition, extend_petition, note_petition
from punte.petitions.attachments import content_of
from punte.petitions.models import Petition
from punte.www.townhall.views.opened import COOKIE
from tests.factories import ServiceFactory
from tests.petitions.conftest import Hall
from tests.samples import PDF, heic

TYPED = {
    "kind": "complaint",
    "text": "Gardul locului de joacă este rupt de două luni.",
    "name": "Ana Exemplu",
    "email": "ana@exemplu.ro",
}


def _send(client: Client, hall: Hall, **more: object) -> object:
    return client.post(reverse("petition_send"), {**TYPED, "organization": hall.organization.pk, **more})


def _code(client: Client) -> str:
    page = client.get(reverse("petition_sent")).content.decode()
    found = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", page)
    assert found
    return found[0]


def test_a_resident_sends_follows_and_reads_the_answer(client: Client, hall: Hall) -> None:
    sent = _send(client, hall, attached=[SimpleUploadedFile("poza.pdf", PDF)])
    assert sent["Location"] == reverse("petition_sent")
    petition = Petition.objects.get()
    assert petition.attachments.count() == 1
    code = _code(client)
    extend_petition(by=hall.lead, petition=petition, days=10, reason="Întrebăm firma de gard.")
    note_petition(by=hall.worker, petition=petition, text="Notă numai a noastră")
    answer_petition(
        by=hall.worker, petition=petition, answer="Gardul se repară luni.", basis="Legea 292/2011"
    )
    elsewhere = Client()
    followed = elsewhere.post(reverse("petition_follow"), {"number": str(petition), "code": code.lower()})
    assert followed["Location"] == reverse("petition_state")
    page = elsewhere.get(reverse("petition_state"))
    assert "no-store" in page["Cache-Control"]
    text = page.content.decode()
    assert "Gardul se repară luni." in text
    assert "Întrebăm firma de gard." in text
    assert "Notă numai a noastră" not in text
    assert hall.worker.name not in text
    elsewhere.post(reverse("petition_state"), {"message": "Mulțumesc!"})
    assert "Mulțumesc!" in elsewhere.get(reverse("petition_state")).content.decode()


def test_no_session_is_made_and_closing_the_page_closes_the_petition(client: Client, hall: Hall) -> None:
    _send(client, hall)
    assert "punte_session" not in client.cookies
    assert "Ana" not in client.cookies[COOKIE].value
    client.post(reverse("petition_leave"))
    assert client.get(reverse("petition_state")).status_code == 302
    assert client.get(reverse("petition_sent")).status_code == 302


def test_a_cookie_that_is_not_ours_opens_nothing(client: Client, hall: Hall) -> None:
    _send(client, hall)
    genuine = client.cookies[COOKIE].value
    for forged in ("", "1:AAAA", "99:" + genuine[2:], genuine[:-4] + "AAA=", "x" * 5000):
        client.cookies[COOKIE] = forged
        assert client.get(reverse("petition_state")).status_code == 302


def test_what_was_typed_is_given_back_with_what_is_wrong(client: Client, hall: Hall) -> None:
    refused = _send(client, hall, name="", text="Gardul este rupt & „periculos”")
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "Gardul este rupt &amp; „periculos”" in page
    assert "ana@exemplu.ro" in page
    assert not Petition.objects.exists()
    wrong = _send(client, hall, attached=[SimpleUploadedFile("acte.pdf", b"MZ program")])
    assert wrong.status_code == 422
    assert "acte.pdf" in wrong.content.decode()


def test_without_a_name_nothing_of_the_person_is_kept(client: Client, hall: Hall) -> None:
    _send(client, hall, anonymous="on")
    petition = Petition.objects.get()
    assert petition.anonymous
    assert (petition.name, petition.email) == ("", "")
    assert "fără răspuns" in client.get(reverse("petition_sent")).content.decode()


def test_a_machine_that_fills_the_hidden_field_is_refused_and_a_person_sees_it(
    client: Client, hall: Hall
) -> None:
    refused = _send(client, hall, website="https://exemplu.ro")
    assert refused.status_code == 422
    assert 'class="trap"' not in refused.content.decode()
    assert not Petition.objects.exists()


def test_very_many_from_one_address_wait(client: Client, hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(public_access.MOST, public_access.SEND, 2)
    assert [_send(client, hall).status_code for _ in range(3)] == [302, 302, 429]
    assert Petition.objects.count() == 2


def test_codes_tried_at_random_shut_the_number(client: Client, hall: Hall) -> None:
    _send(client, hall)
    petition, code = Petition.objects.get(), _code(client)
    wrong = {"number": str(petition), "code": "AAAA-AAAA-AAAA"}
    answers = [client.post(reverse("petition_follow"), wrong).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]
    right = Client().post(reverse("petition_follow"), {"number": str(petition), "code": code})
    assert right.status_code == 429


def test_a_petition_about_a_service_names_it(client: Client, hall: Hall) -> None:
    service = ServiceFactory(name="Centrul de zi „Licurici”")
    page = client.get(reverse("petition_send") + f"?serviciu={service.pk}")
    assert "Licurici" in page.content.decode()
    _send(client, hall, service=str(service.pk))
    assert Petition.objects.get().service == service
    assert client.get(reverse("petition_send") + "?serviciu=nimic").status_code == 200


def test_a_request_beyond_any_form_is_refused_before_it_is_read(client: Client, hall: Hall) -> None:
    beyond = client.post(
        reverse("petition_send"),
        data=b"--x\r\n",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(80 * 1024 * 1024),
    )
    assert beyond.status_code == 413


@pytest.mark.parametrize("language", ["ro", "en", "hu"])
def test_the_form_speaks_the_resident_s_language(client: Client, hall: Hall, language: str) -> None:
    page = client.get(reverse("petition_send") + f"?limba={language}").content.decode()
    heading = {"ro": "Trimiteți o cerere", "en": "Send a request", "hu": "Küldjön kérelmet"}[language]
    assert f'lang="{language}"' in page
    assert heading in page


def test_photos_of_phones_are_taken_or_answered_with_what_to_do(client: Client, hall: Hall) -> None:
    page = client.get(reverse("petition_send")).content.decode()
    accept = re.search(r'type="file"[^>]* accept="([^"]+)"', page) or re.search(r'accept="([^"]+)"', page)
    assert accept and {"image/jpeg", ".jfif", ".pdf"} <= set(accept[1].split(","))
    assert "HEIC" in page and "build/pictures" in page
    photo = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 300
    assert _send(client, hall, attached=[SimpleUploadedFile("foto.jfif", photo)])["Location"]
    assert Petition.objects.get().attachments.get().content_type == "image/jpeg"
    iphone = SimpleUploadedFile("IMG_0001.HEIC", heic(64, 48))
    assert _send(client, hall, attached=[iphone])["Location"]
    kept = Petition.objects.order_by("-created_at", "-pk")[0].attachments.get()
    assert (kept.name, kept.content_type) == ("IMG_0001.jpg", "image/jpeg")
    assert content_of(kept).startswith(b"\xff\xd8\xff")
    damaged = b"\x00\x00\x00\x18ftypheic" + b"\x00" * 300
    refused = _send(client, hall, attached=[SimpleUploadedFile("IMG_0001.HEIC", damaged)])
    assert refused.status_code == 422 and "Cel mai compatibil" in refused.content.decode()
    large = _send(client, hall, attached=[SimpleUploadedFile("mare.jpg", photo + b"\x00" * 5 * 1024 * 1024)])
    assert large.status_code == 422 and "dimensiune mai mică" in large.content.decode()
