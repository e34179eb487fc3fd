"""Issuing: what goes on the paper, who may, and which number it gets."""

import datetime as dt
import io
import json
import threading
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone, translation
from docx import Document

from punte.accounts.enums import Capability, Role
from punte.accounts.models import TrailEntry
from punte.assessments.findings import find
from punte.cases.actions import add_team_member, seal_case
from punte.documents.actions import issue_document
from punte.documents.models import IssuedDocument, Register
from punte.documents.rendering import render
from punte.documents.writing import LONGEST_TEXT, draft_document
from punte.kernel.errors import DomainError, NotAllowed
from tests.documents.households import SAID, Setting, adopted_plan, setting
from tests.documents.text import pdf_text
from tests.factories import worker

pytestmark = pytest.mark.django_db


def inquiry(place: Setting, **more: Any) -> IssuedDocument:
    return issue_document(by=place.worker, case=place.case, kind="social_inquiry", **{**SAID, **more})


def content(document: IssuedDocument) -> dict[str, Any]:
    return json.loads(document.content)


def test_inquiry_tells_the_household_its_situation_and_what_was_found() -> None:
    place = setting()
    told = content(inquiry(place, purpose="Venit minim de incluziune"))
    mother = place.people[0]
    assert told["members"][0] == {
        "name": str(mother),
        "relation": "persoana de referință",
        "born": mother.birth_date.strftime("%d.%m.%Y"),
        "age": "34 de ani",
        "cnp": mother.cnp,
        "identity": "",
    }
    assert told["members"][1]["age"] == "9 ani"
    housing = told["chapters"][0]["text"]
    assert housing.startswith("Locuința este o casă. Are 2 camere de locuit. Apa este în curte.")
    assert any("Nu are asigurare de sănătate." in person["text"] for person in told["chapters"][2]["people"])
    found = {(one["name"], one["whom"]) for one in told["findings"]}
    assert any(whom == str(place.people[1]) and "școal" in name for name, whom in found)
    assert told["conclusions"] == ["Familia cooperează.", "Știe ce are de făcut."]
    assert told["proposals"] == ["Înscrierea copilului la școală."]
    assert {"label": "Scopul", "value": "Venit minim de incluziune"} in told["subject"]
    assert told["not_assessed"], "what nobody answered is said on the paper"
    assert told["signatures"][0] == {
        "role": "Întocmit",
        "name": "Ioana Țărălungă",
        "detail": "Asistent social",
    }
    assert told["legal_basis"][-1].startswith("Legea nr. 272/2004")


def test_paper_is_romanian_whatever_the_screens_speak() -> None:
    place = setting()
    with translation.override("en"):
        told = content(inquiry(place))
        assert translation.get_language() == "en"
    assert told["subject"][0]["label"] == "Beneficiar"
    assert told["members"][1]["relation"] == "copil"


def test_what_the_purpose_does_not_need_is_left_out() -> None:
    told = json.dumps(content(inquiry(setting())), ensure_ascii=False)
    assert "fumează" not in told.lower()
    assert "sexual" not in told.lower()


def test_unasked_questions_that_the_paper_does_not_need_are_not_listed() -> None:
    place = setting()
    for member in place.assessment.members.all():
        member.facts = {name: answer for name, answer in member.facts.items() if name != "sexual_risk"}
        member.save()
    place.assessment.finding_sets.all().delete()
    find([place.assessment], version=place.assessment.pack)
    assert "sexual" not in inquiry(place).content


@pytest.mark.parametrize(("signs", "said"), [("violence", "semne de violență"), ("abuse", "semne de abuz")])
def test_violence_is_not_on_the_paper_unless_asked_for(signs: str, said: str) -> None:
    place = setting(violence=signs)
    silent = inquiry(place)
    assert "viol" not in silent.content.lower().replace("violence_", "")
    assert "abuz" not in silent.content.lower()
    assert not {"violence", "abuse"} & set(silent.compartments)
    separated = "risc de separare"
    assert separated not in silent.content, "it rests on the violence alone"
    told = inquiry(place, include_violence=True)
    assert f"Există {said} în familie." in told.content
    assert separated in told.content
    assert "violence" in told.compartments


def test_who_does_not_read_about_violence_cannot_ask_for_it() -> None:
    place = setting(violence="violence")
    coordinator = place.colleague(Role.COORDINATOR)
    seal_case(by=place.worker, case=place.case, reason="Siguranța victimei")
    with pytest.raises(NotAllowed):
        issue_document(by=coordinator, case=place.case, kind="social_inquiry", include_violence=True, **SAID)


def test_sealed_case_is_written_about_by_its_team_alone() -> None:
    place = setting()
    coordinator = place.colleague(Role.COORDINATOR)
    seal_case(by=place.worker, case=place.case, reason="Siguranța victimei")
    with pytest.raises(NotAllowed):
        issue_document(by=coordinator, case=place.case, kind="social_inquiry", **SAID)
    inquiry(place)
    assert TrailEntry.objects.get(verb="issue_document").sealed


@pytest.mark.parametrize(
    "role", [Role.COMMUNITY_NURSE, Role.SCHOOL_MEDIATOR, Role.TRAINEE, Role.PSYCHOLOGIST, Role.ADMINISTRATOR]
)
def test_roles_that_do_not_issue_papers_are_refused(role: Role) -> None:
    place = setting()
    colleague = place.colleague(role)
    if colleague.standing.may(Capability.INTERVENE):
        add_team_member(by=place.worker, case=place.case, user=colleague)
    with pytest.raises(NotAllowed):
        issue_document(by=colleague, case=place.case, kind="social_inquiry", **SAID)


def test_a_colleague_of_another_team_and_a_stranger_are_refused() -> None:
    place = setting()
    for other in (worker(organization=place.case.keeper), worker()):
        with pytest.raises(NotAllowed):
            issue_document(by=other, case=place.case, kind="social_inquiry", **SAID)


@pytest.mark.parametrize("field", ["conclusions", "proposals"])
@pytest.mark.parametrize("text", ["", " \n ", "x" * (LONGEST_TEXT + 1)], ids=["empty", "blank", "too long"])
def test_inquiry_needs_its_authors_words_and_bounds_them(field: str, text: str) -> None:
    with pytest.raises(DomainError) as refused:
        inquiry(setting(), **{field: text})
    assert refused.value.field == field
    assert not Register.objects.exists()


def test_inquiry_needs_an_assessment() -> None:
    place = setting()
    place.case.episodes.update(assessment=None)
    place.case.regimes.update(assessment=None)
    place.assessment.delete()
    with pytest.raises(DomainError):
        inquiry(place)


def test_plan_needs_to_be_in_force() -> None:
    place = setting()
    with pytest.raises(DomainError):
        issue_document(by=place.worker, case=place.case, kind="service_plan")


def test_plan_tells_objectives_steps_and_the_agreement() -> None:
    place = setting()
    plan = adopted_plan(place)
    told = content(issue_document(by=place.worker, case=place.case, kind="service_plan"))
    first = plan.objectives.first()
    assert told["objectives"][0]["text"] == first.text
    assert len(told["objectives"]) == plan.objectives.count()
    step = told["objectives"][0]["steps"][0]
    assert step["text"] == first.steps.first().text
    assert step["responsible"] == "Ioana Țărălungă"
    agreement = {line["label"]: line["value"] for line in told["agreement"]}
    assert agreement["Acord dat de"] == str(place.people[0])
    assert agreement["Cum"] == "Semnat pe hârtie"


def test_plan_keeps_objectives_about_violence_off_the_paper() -> None:
    place = setting(violence="violence")
    plan = adopted_plan(place)
    hidden = plan.objectives.filter(compartment__in=["violence", "abuse"])
    assert hidden.exists()
    text = issue_document(by=place.worker, case=place.case, kind="service_plan").content
    assert not any(one.text in text for one in hidden)
    shown = issue_document(by=place.worker, case=place.case, kind="service_plan", include_violence=True)
    assert all(one.text in shown.content for one in hidden)


@pytest.mark.parametrize("asked", [True, False])
def test_plan_that_may_tell_of_violence_is_not_signed_by_the_family(asked: bool) -> None:
    place = setting(violence="violence")
    adopted_plan(place)
    document = issue_document(by=place.worker, case=place.case, kind="service_plan", include_violence=asked)
    told = content(document)
    assert (told["acknowledgement"] == "") is asked
    assert ("Nu se semnează de familie" in told["for_the_file"]) is asked
    body = Document(io.BytesIO(render(document, "docx"))).element.body
    for text in (pdf_text(render(document, "pdf")), "".join(body.itertext())):
        packed = "".join(text.split())
        assert ("Nusesemneazădefamilie" in packed) is asked
        assert ("Numelebeneficiarului" in packed) is not asked
        assert "Câtsepăstrează" in packed and "plângere" in packed


def test_plan_has_ages_of_the_visit_one_form_of_dates_and_the_number_of_the_other_register() -> None:
    place = setting()
    adopted_plan(place)
    visited = place.assessment.visited_on
    boy = place.people[1]
    boy.birth_date = visited - dt.timedelta(days=1)
    boy.save()
    document = issue_document(
        by=place.worker,
        case=place.case,
        kind="service_plan",
        entry=" 77/15.03.2026 ",
        review_on=timezone.localdate(),
    )
    told = content(document)
    assert document.entry == told["entry"] == "77/15.03.2026"
    assert told["visited"] == f"{visited:%d.%m.%Y}"
    assert {one["name"]: one["age"] for one in told["members"]}[str(boy)] == "sub o lună"
    assert told["review"] == f"{timezone.localdate():%d.%m.%Y}"
    rows = [row for table in Document(io.BytesIO(render(document, "docx"))).tables for row in table.rows]
    assert rows and all("w:cantSplit" in row._tr.xml for row in rows)


def test_numbers_run_on_through_kinds_and_begin_anew_in_another_register() -> None:
    place, elsewhere = setting(), setting()
    adopted_plan(place)
    numbers = [inquiry(place).number, inquiry(place).number]
    numbers.append(issue_document(by=place.worker, case=place.case, kind="service_plan").number)
    assert numbers == [1, 2, 3]
    assert inquiry(elsewhere).number == 1


def test_a_refused_paper_takes_no_number() -> None:
    place = setting()
    inquiry(place)
    with pytest.raises(DomainError):
        inquiry(place, conclusions="")
    assert inquiry(place).number == 2


def test_trail_says_who_issued_what_without_personal_data() -> None:
    place = setting()
    document = inquiry(place)
    entry = TrailEntry.objects.get(verb="issue_document")
    assert (entry.actor, entry.subject, entry.household) == (place.worker, document.pk, place.household.pk)
    assert entry.changes["number"] == 1
    assert place.people[0].cnp not in json.dumps(entry.changes)


@pytest.mark.both
def test_content_lies_encrypted_in_the_database() -> None:
    document = inquiry(setting())
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM documents_issueddocument")
        stored = cursor.fetchone()[0]
    assert "Beneficiar" not in stored
    assert "Beneficiar" in IssuedDocument.objects.get(pk=document.pk).content


def test_draft_changes_nothing() -> None:
    place = setting()
    paper = draft_document(by=place.worker, case=place.case, kind="social_inquiry", **SAID)
    assert paper.register == ""
    assert not IssuedDocument.objects.exists()
    assert not Register.objects.exists()


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gap_and_no_double_when_many_issue_at_once() -> None:
    place = setting()
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("an in-memory database has one connection; PostgreSQL shows the lock")
    errors: list[Exception] = []

    def issue() -> None:
        try:
            for _ in range(3):
                inquiry(place)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=issue) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert sorted(IssuedDocument.objects.values_list("number", flat=True)) == list(range(1, 13))
