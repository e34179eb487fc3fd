"""The pages of the documents in the file of a case."""

import datetime as dt
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry, User
from punte.documents.actions import file_documents, issue_document, withdraw_filed_document
from punte.documents.filing import Upload, content_of
from punte.documents.models import FiledDocument
from tests.documents.households import SAID, Setting, setting
from tests.samples import docx_file, heic, photograph, written_pdf

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def filed(place: Setting, **said: Any) -> FiledDocument:
    asked = {"by": place.worker, "kind": "letter", "dated": TODAY, "title": "Adresă", **said}
    uploads = asked.pop("uploads", [Upload("a.pdf", written_pdf()), Upload("b.jpg", photograph())])
    return file_documents(case=place.case, uploads=uploads, **asked)[0]


def address(name: str, made: FiledDocument, *more: Any) -> str:
    return reverse(name, args=[made.case_id, made.pk, *more])


def sent(*files: SimpleUploadedFile, **said: Any) -> dict[str, Any]:
    return {"kind": "identity", "dated": TODAY.isoformat(), "attached": list(files), **said}


def a_file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_scans_of_an_iphone_and_a_pdf_are_put_in_and_looked_at() -> None:
    place = setting()
    client = signed_in(place.worker)
    page = reverse("case_file_new", args=[place.case.pk])
    form = client.get(page).content.decode()
    assert 'capture="environment"' in form and "multiple" in form and ".heic" in form
    photo = a_file("IMG_0001.HEIC", heic(60, 40, exif={0x010F: "Apple"}))
    told = client.post(page, sent(photo, a_file("a.pdf", written_pdf()), title="Buletin"))
    made = FiledDocument.objects.get()
    assert told.url == address("case_file", made)
    shown = client.get(told.url).content.decode()
    assert "Buletin" in shown and address("case_file_page", made, 1) in shown
    picture = client.get(address("case_file_page", made, 1))
    assert picture["Content-Type"] == "image/jpeg" and b"Apple" not in picture.content
    assert "sandbox" in picture["Content-Security-Policy"]
    paper = client.get(address("case_file_page", made, 2))
    assert (paper["Content-Type"], paper.content) == ("application/pdf", written_pdf())
    assert paper["Content-Disposition"].startswith("inline")
    assert "default-src 'none'" in paper["Content-Security-Policy"]
    saved = client.get(address("case_file_download", made, 2))
    assert saved["Content-Disposition"] == f'attachment; filename="document-{TODAY}-2.pdf"'
    assert saved["Cache-Control"] == "no-store, private"
    verbs = list(TrailEntry.objects.filter(subject=made.pk).order_by("id").values_list("verb", flat=True))
    assert verbs == ["file_document", "case_file", "case_file_page", "case_file_page", "case_file_download"]


def test_the_camera_of_a_phone_and_files_go_together() -> None:
    place = setting()
    page = reverse("case_file_new", args=[place.case.pk])
    form = sent(a_file("a.pdf", written_pdf()), a_file("b.jpg", photograph()), each_by_itself="yes")
    told = signed_in(place.worker).post(page, form)
    assert told.url == reverse("case_documents", args=[place.case.pk])
    assert FiledDocument.objects.count() == 2


def test_a_file_that_cannot_be_kept_comes_back_with_what_was_typed() -> None:
    place = setting()
    page = reverse("case_file_new", args=[place.case.pk])
    locked = a_file("secret.pdf", written_pdf("parola"))
    told = signed_in(place.worker).post(page, sent(locked, title="Hotărârea"))
    said = told.content.decode()
    assert told.status_code == 422 and "parolă" in said and "Hotărârea" in said
    none = signed_in(place.worker).post(page, sent())
    assert none.status_code == 422 and "Alegeți cel puțin un fișier" in none.content.decode()
    assert not FiledDocument.objects.exists()


def listed(client: Client, page: str, **asked: str) -> list[str]:
    """What the list calls its papers and documents, in order."""
    said = client.get(page, asked).content.decode().split('id="write"')[0]
    return re.findall(r"<b>([^<]+)</b></a>", said)


def test_the_file_of_a_case_is_one_list_by_date() -> None:
    place = setting()
    issue_document(by=place.worker, case=place.case, kind="social_inquiry", **SAID)
    filed(place, title="Scrisoarea veche", dated=TODAY - dt.timedelta(days=30))
    client = signed_in(place.worker)
    page = reverse("case_documents", args=[place.case.pk])
    both = ["Anchetă socială", "Scrisoarea veche"]
    assert listed(client, page) == both
    assert listed(client, page, ordine="vechi") == both[::-1]
    assert listed(client, page, fel="letter") == ["Scrisoarea veche"]
    assert listed(client, page, fel="social_inquiry") == ["Anchetă socială"]
    assert listed(client, page, fel="violence") == both


def test_who_does_not_read_a_part_sees_nothing_of_it() -> None:
    place = setting()
    nurse = place.colleague(Role.COMMUNITY_NURSE)
    made = filed(place, kind="violence", title="Ordinul")
    client = signed_in(nurse)
    said = client.get(reverse("case_documents", args=[place.case.pk])).content.decode()
    assert "Ordinul" not in said and "violență" not in said.lower()
    for name, more in (("case_file", []), ("case_file_page", [1]), ("case_file_download", [1])):
        assert client.get(address(name, made, *more)).status_code == 404
    assert 'class="leave"' in signed_in(place.worker).get(address("case_file", made)).content.decode()


def test_the_description_is_put_right_and_what_it_was_is_seen() -> None:
    place = setting()
    made = filed(place)
    client = signed_in(place.worker)
    correct = address("case_file_correct", made)
    form = client.get(correct).content.decode()
    assert 'value="Adresă"' in form
    said = {"kind": "school", "dated": TODAY.isoformat(), "title": "Adresa școlii", "seen": "0"}
    assert client.post(correct, said).status_code == 302
    assert client.post(correct, said | {"title": "Alta"}).status_code == 409
    shown = client.get(address("case_file", made)).content.decode()
    assert "Adresa școlii" in shown and "Adresă</b>" in shown
    made.refresh_from_db()
    assert made.compartment == "education"


def test_a_withdrawn_one_is_told_with_its_reason_and_opened_by_few() -> None:
    place = setting()
    nurse = place.colleague(Role.COMMUNITY_NURSE)
    made = filed(place)
    client = signed_in(place.worker)
    assert client.post(address("case_file_withdraw", made), {"reason": ""}).status_code == 422
    told = client.post(address("case_file_withdraw", made), {"reason": "Este al altei familii"})
    said = client.get(told.url).content.decode()
    assert "Este al altei familii" in said and "1 document retras" in said
    assert client.get(address("case_file_page", made, 1)).status_code == 200
    assert client.post(address("case_file_withdraw", made), {"reason": "iar"}).status_code == 403
    other = signed_in(nurse)
    assert "Descarcă" not in other.get(address("case_file", made)).content.decode()
    assert other.get(address("case_file_page", made, 1)).status_code == 403


def test_what_the_store_lost_is_not_found_and_nothing_breaks() -> None:
    place = setting()
    made = filed(place)
    made.pages.update(path="cases/2026/gone.sealed")
    assert signed_in(place.worker).get(address("case_file_page", made, 1)).status_code == 404


def test_only_what_a_browser_shows_is_opened_in_it() -> None:
    place = setting()
    made = filed(place, uploads=[Upload("a.docx", docx_file())])
    client = signed_in(place.worker)
    assert client.get(address("case_file_page", made, 1)).status_code == 404
    assert client.get(address("case_file_download", made, 1)).content == content_of(made.pages.get())


def test_the_list_asks_as_much_whatever_it_holds(pinned: Any) -> None:
    place = setting()
    client = signed_in(place.worker)
    issue_document(by=place.worker, case=place.case, kind="social_inquiry", **SAID)
    withdraw_filed_document(by=place.worker, document=filed(place), reason="dublu")
    for _one in range(3):
        filed(place, person=place.people[1])
    page = reverse("case_documents", args=[place.case.pk])
    client.get(page)
    pinned(lambda: client.get(page))
