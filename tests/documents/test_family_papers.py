"""Papers about data for families: plain, short, for everybody to read; signed only where it is safe."""

import datetime as dt
import io

import pikepdf
import pytest
from django.utils import timezone

from punte.accounts.enums import Role
from punte.documents.family_papers import consent_form, information_sheet
from punte.people.models import PersonSeal
from tests.documents.text import pdf_text
from tests.factories import ConsentFactory, HouseholdFactory, OrganizationFactory, family, worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return OrganizationFactory(phone="0264 555 000", address="Str. Principală 1")


def test_what_families_are_told_is_two_pages_at_most_for_everybody(house, settings, tmp_path) -> None:
    officer = worker(Role.DATA_PROTECTION_OFFICER, organization=house)
    paper = information_sheet(house)
    with pikepdf.open(io.BytesIO(paper)) as pdf, pdf.open_metadata() as about:
        assert about["pdfuaid:part"] == "1"
        assert len(pdf.pages) <= 2
    said = " ".join(pdf_text(paper).split())
    for words in (house.name, officer.name, "0264 555 000", "dataprotection.ro", "112", "într-o lună"):
        assert words in said, words
    assert "10 ani" not in said
    settings.OWN_CONTENT = tmp_path
    rule = "rules:\n  - {key: closed_cases, years: 12, by: a@b.ro, source: Decizia 3, evidence: seed}\n"
    (tmp_path / "retention.yaml").write_text(rule, encoding="utf-8")
    assert "12 ani" in pdf_text(information_sheet(house))


def test_a_consent_is_signed_only_where_it_is_safe(house) -> None:
    home = HouseholdFactory(keeper=house)
    [person] = family(34, household=home)
    manager = worker(Role.CASE_MANAGER, organization=house)
    today = timezone.localdate()
    said = {"person": person, "by": manager, "keeper": house, "start": today}
    consent = ConsentFactory(
        **said, purpose="group_work", giver="themselves", end=today + dt.timedelta(days=30)
    )
    paper = consent_form(consent)
    with pikepdf.open(io.BytesIO(paper)) as pdf, pdf.open_metadata() as about:
        assert about["pdfuaid:part"] == "1"
    shown = " ".join(pdf_text(paper).split())
    assert "Semnătura" in shown and person.family_name in shown and "Puteți spune nu" in shown
    violent = ConsentFactory(**said, purpose="group_work", compartment="violence")
    assert "Semnătura" not in pdf_text(consent_form(violent))
    PersonSeal.objects.create(person=person, by=manager, start=today)
    assert "Semnătura" not in pdf_text(consent_form(consent))
