"""What comes back signed is kept beside its number: to the byte, encrypted, never replaced, for who reads the paper."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Compartment, Role
from punte.accounts.models import TrailEntry, User
from punte.documents.actions import add_signed_copy
from punte.documents.enums import DocumentKind
from punte.documents.filing import Upload, content_of
from punte.documents.models import IssuedDocument, SignedCopy
from punte.kernel.errors import DomainError, NotAllowed
from tests.cases.conftest import Town, make_town
from tests.factories import worker
from tests.samples import photograph, written_pdf

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
PDF = written_pdf()


@pytest.fixture
def town() -> Town:
    return make_town()


@pytest.fixture
def paper(town: Town) -> IssuedDocument:
    case = town.case()
    return IssuedDocument.objects.create(
        case=case,
        organization=town.organization,
        kind=DocumentKind.SERVICE_PLAN,
        year=2026,
        number=7,
        issued_on=TODAY(),
        by=town.worker,
        compartments=[Compartment.GENERAL],
    )


def kept(town: Town, paper: IssuedDocument, **said: Any) -> SignedCopy:
    given = {"upload": Upload("plan.pdf", PDF), "signed_on": TODAY(), "signed_by": "mama", **said}
    return add_signed_copy(**{"by": town.worker, "document": paper, **given})


def test_each_copy_stays_beside_the_former_encrypted_and_to_the_byte(
    town: Town, paper: IssuedDocument
) -> None:
    first = kept(town, paper)
    second = kept(town, paper, upload=Upload("foto.jpg", photograph()), signed_by="primarul")
    assert [one.number for one in paper.signed_copies.order_by("number")] == [1, 2]
    assert content_of(first) == PDF
    assert second.content_type == "image/jpeg"
    with default_storage.open(first.path) as lies:
        assert PDF not in lies.read()
    assert TrailEntry.objects.filter(verb="add_signed_copy", subject=paper.pk).count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"signed_by": " "},
        {"signed_on": dt.date(2999, 1, 1)},
        {"signed_on": dt.date(2000, 1, 1)},
        {"upload": Upload("x.exe", b"MZ")},
        {"upload": Upload("gol.pdf", b"")},
    ],
)
def test_what_cannot_be_kept_is_refused(town: Town, paper: IssuedDocument, wrong: dict[str, Any]) -> None:
    with pytest.raises(DomainError):
        kept(town, paper, **wrong)
    assert not SignedCopy.objects.exists()


def test_who_does_not_work_on_the_case_or_does_not_read_the_paper_adds_and_opens_nothing(
    town: Town, paper: IssuedDocument
) -> None:
    kept(town, paper)
    for stranger in (town.other_team, worker(Role.PARTNER), worker(Role.TRAINEE, team=town.team)):
        with pytest.raises(NotAllowed):
            kept(town, paper, by=stranger)
    IssuedDocument.objects.update(compartments=[Compartment.GENERAL, Compartment.VIOLENCE])
    url = reverse("document_signed_file", args=[paper.pk, 1])
    assert opened(town.worker, url).status_code == 200
    assert opened(town.nurse, url).status_code == 403
    with pytest.raises(NotAllowed):
        kept(town, paper, by=town.nurse)


def opened(user: User, url: str) -> Any:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk), backend="punte.accounts.backend.OpenAccounts")
    return client.get(url)


def test_it_is_added_on_the_paper_s_page_and_found_there(town: Town, paper: IssuedDocument) -> None:
    client = Client()
    client.force_login(User.objects.get(pk=town.worker.pk), backend="punte.accounts.backend.OpenAccounts")
    url = reverse("document_signed", args=[paper.pk])
    sent = {
        "attached": SimpleUploadedFile("plan.pdf", PDF, "application/pdf"),
        "signed_by": "mama",
        "signed_on": TODAY().isoformat(),
    }
    assert client.post(url, sent).url == reverse("document", args=[paper.pk])
    shown = client.get(reverse("document", args=[paper.pk])).content.decode()
    assert reverse("document_signed_file", args=[paper.pk, 1]) in shown
    assert client.get(reverse("document_signed_file", args=[paper.pk, 1])).content == PDF
    assert client.post(url, {"signed_by": "mama"}).status_code == 422
