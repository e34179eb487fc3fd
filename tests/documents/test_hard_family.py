"""The plan of a family with much amiss is two pages that the family reads."""

import io

import pikepdf
import pytest
from django.utils import timezone
from docx import Document

from punte.cases.actions import adopt_plan, draft_plan
from punte.cases.models import PlannedService
from punte.documents.actions import issue_document
from punte.documents.rendering import render
from tests.cases.hard_family import HardFamily, hard_family
from tests.documents.text import pdf_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreed() -> HardFamily:
    made = hard_family(profession="asistent social")
    plan = draft_plan(by=made.worker, case=made.case)
    adopt_plan(
        by=made.worker,
        plan=plan,
        agreed_with=made.people[0],
        agreed_on=timezone.localdate(),
        agreed_how="signed",
    )
    return made


def test_it_is_two_pages_even_with_what_is_said_of_violence(agreed: HardFamily) -> None:
    paper = issue_document(by=agreed.worker, case=agreed.case, kind="service_plan", include_violence=True)
    made = render(paper, "pdf")
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert len(pdf.pages) == 2


def test_it_says_who_does_what_by_when_in_plain_words(agreed: HardFamily) -> None:
    paper = issue_document(by=agreed.worker, case=agreed.case, kind="service_plan")
    text = " ".join(pdf_text(render(paper, "pdf")).split())
    assert "Însoțește la evidența persoanelor pentru cartea de identitate: Maria, Mara" in text
    assert "Ce facem Cine Până când Făcut" in text
    for who in ("Ana Exemplu", "Elena Câmpan", "Mediator școlar", "Familia"):
        assert who in text
    assert "Mai târziu: Casa este sigură, caldă și încăpătoare" in text
    for jargon in ("Centre de zi pentru", "8891", "VAI_", "Comunicare", "siguranță."):
        assert jargon not in text
    waits = PlannedService.objects.filter(objective__later=True).first()
    assert waits is not None
    assert waits.text not in text


def test_word_says_the_same(agreed: HardFamily) -> None:
    paper = issue_document(by=agreed.worker, case=agreed.case, kind="service_plan")
    document = Document(io.BytesIO(render(paper, "docx")))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "Însoțește la evidența persoanelor pentru cartea de identitate: Maria, Mara" in cells
    assert any(one.text.startswith("Mai târziu: Casa este sigură") for one in document.paragraphs)
