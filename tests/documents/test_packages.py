"""The package to the county directorate: what is there and missing, chosen, in one archive, with a trail."""

import io
import zipfile
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from punte.accounts.enums import Compartment, Role
from punte.accounts.models import TrailEntry, User
from punte.cases.actions import seal_case
from punte.cases.models import Case
from punte.documents.actions import file_documents, put_package_together, withdraw_filed_document
from punte.documents.filing import Upload
from punte.documents.packages import packages, rows_of
from punte.kernel.errors import DomainError, NotAllowed
from punte.organizations.models import Organization
from tests.cases.conftest import Town, make_town
from tests.factories import OrganizationFactory, worker
from tests.samples import photograph, written_pdf

pytestmark = pytest.mark.django_db
PACKAGE = "county_directorate"


@pytest.fixture
def town() -> Town:
    return make_town()


@pytest.fixture
def case(town: Town) -> Case:
    return town.case()


@pytest.fixture
def directorate() -> Organization:
    return OrganizationFactory(kind="county_directorate")


def filed(town: Town, case: Case, kind: str, **said: Any) -> Any:
    uploads = [Upload("a.pdf", written_pdf()), Upload("b.jpg", photograph())]
    given = {"kind": kind, "dated": timezone.localdate(), **said}
    return file_documents(by=town.worker, case=case, uploads=uploads, **given)[0]


def put(town: Town, case: Case, to: Organization, *rows: Any, **said: Any) -> bytes:
    given = {"ground": "child_in_danger", "reason": "Plasament", "by": town.worker, "package": PACKAGE}
    return put_package_together(case=case, to=to, chosen=[str(row.pk) for row in rows], **{**given, **said})


def there(user: User, case: Case) -> dict[str, int]:
    rows, others = rows_of(User.objects.get(pk=user.pk), case, packages()[PACKAGE])
    return {**{row.wanted.key: len(row.pieces) for row in rows}, "others": len(others)}


def test_it_says_what_is_there_and_what_is_missing(town: Town, case: Case) -> None:
    filed(town, case, "medical")
    filed(town, case, "photograph")
    gone = filed(town, case, "identity")
    withdraw_filed_document(by=town.worker, document=gone, reason="Alt dosar")
    said = there(town.worker, case)
    assert (said["certificates"], said["others"], said["civil"], said["referral"]) == (1, 1, 0, 0)


def test_the_archive_holds_the_list_and_the_files_and_names_nobody(
    town: Town, case: Case, directorate: Organization
) -> None:
    school = filed(town, case, "school", title="Adeverință Dinu")
    made = zipfile.ZipFile(io.BytesIO(put(town, case, directorate, school)))
    assert made.namelist() == ["00-opis.pdf", "01-document-1.pdf", "01-document-2.jpg"]
    assert made.read("01-document-1.pdf") == written_pdf()
    assert made.read("00-opis.pdf").startswith(b"%PDF")
    line = TrailEntry.objects.get(verb="put_package_together")
    assert (line.reason, line.changes["organization"]) == ("Plasament", str(directorate.pk))
    assert line.changes["papers"] == [str(school.pk)]


def test_nothing_goes_without_a_law_a_reason_or_of_what_one_does_not_read(
    town: Town, case: Case, directorate: Organization
) -> None:
    school = filed(town, case, "school")
    for wrong in ({"ground": "none"}, {"reason": " "}, {"package": "none"}):
        with pytest.raises(DomainError):
            put(town, case, directorate, school, **wrong)
    with pytest.raises(DomainError):
        put(town, case, directorate)
    other = make_town()
    with pytest.raises(DomainError):
        put(town, case, directorate, filed(other, other.case(), "school"))
    for stranger in (town.nurse, town.other_team, worker(Role.PARTNER)):
        with pytest.raises(NotAllowed):
            put(town, case, directorate, school, by=stranger)


def test_violence_is_ticked_by_nobody_but_the_worker_and_a_seal_keeps_others_out(
    town: Town, case: Case, directorate: Organization
) -> None:
    grave = filed(town, case, "request", compartment=Compartment.VIOLENCE)
    plain = filed(town, case, "income")
    client = signed_in(town.worker)
    url = reverse("case_package", args=[case.pk])
    page = client.get(url).content.decode()
    assert (str(plain.pk) in ticked(page), str(grave.pk) in ticked(page)) == (True, False)
    assert str(grave.pk) in page
    sent = {"chosen": [plain.pk], "to": directorate.pk, "ground": "legal_duty", "reason": "Plasament"}
    answer = client.post(url, sent)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    assert client.post(url, {**sent, "chosen": []}).status_code == 422
    seal_case(by=town.worker, case=case, reason="Pericol")
    assert signed_in(town.coordinator).get(url).status_code == 404


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk), backend="punte.accounts.backend.OpenAccounts")
    return client


def ticked(page: str) -> list[str]:
    """The papers that are ticked at first."""
    return list(html.fromstring(page).xpath("//input[@name='chosen'][@checked]/@value"))
