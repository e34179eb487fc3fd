"""What the social inquiry says and how: whom it lets sign, in sentences, as on the day of the visit."""

import datetime as dt
import io
import json
import re
from dataclasses import asdict
from typing import Any

import pikepdf
import pytest
from django.utils import timezone
from docx import Document

from punte.assessments.findings import find
from punte.assessments.packs import current_version, pack_of
from punte.documents.actions import issue_document
from punte.documents.models import IssuedDocument
from punte.documents.purposes import purposes
from punte.documents.rendering import render
from punte.documents.romanian import listed
from punte.documents.templates import current
from punte.documents.writing import LONGEST_ENTRY
from punte.kernel.errors import DomainError
from punte.people.models import IdentityDocument
from punte.people.residences import first_known_on, settle
from punte.registers.actions import add_entry
from tests.documents import samples
from tests.documents.households import SAID, Setting, setting
from tests.documents.text import pdf_text
from tests.factories import worker

pytestmark = pytest.mark.django_db


def inquiry(place: Setting, **more: Any) -> IssuedDocument:
    return issue_document(by=place.worker, case=place.case, kind="social_inquiry", **{**SAID, **more})


def content(document: IssuedDocument) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(document.content)
    return told


def words(document: IssuedDocument) -> tuple[str, str]:
    """What the PDF and the Word file say, without the gaps between words: lines break where they like."""
    body = Document(io.BytesIO(render(document, "docx"))).element.body
    return packed(pdf_text(render(document, "pdf"))), packed("".join(body.itertext()))


def packed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("signs", ["none", "risk", "violence", "abuse"])
def test_paper_that_tells_of_violence_asks_the_family_for_no_signature(signs: str) -> None:
    document = inquiry(setting(violence=signs), include_violence=True)
    told = content(document)
    assert told["acknowledgement"] == ""
    assert "Nu se semnează de familie" in told["for_the_file"]
    assert told["sources"] == [], "nor for the name of who was there"
    for text in words(document):
        assert packed("Nu se semnează de familie") in text
        assert packed("Luare la cunoștință") not in text
        assert packed("Numele beneficiarului") not in text


def test_other_papers_are_signed_by_the_family() -> None:
    document = inquiry(setting(violence="violence"))
    assert content(document)["for_the_file"] == ""
    for text in words(document):
        assert packed("Luare la cunoștință") in text
        assert packed("Numele beneficiarului") in text


def test_violence_that_only_the_author_tells_closes_the_paper_too() -> None:
    place = setting()
    for answer in ("violence_signs", "neglect_risk"):
        del place.assessment.facts[answer]
    place.assessment.save()
    document = inquiry(place, include_violence=True, conclusions="Soțul o lovește.")
    assert content(document)["acknowledgement"] == ""
    assert {"violence", "abuse"} <= set(document.compartments)


def test_ages_are_those_of_the_day_of_the_visit() -> None:
    place = setting()
    boy, girl = place.people[1:]
    visited = place.assessment.visited_on
    boy.birth_date = _birthday_after(visited, years=9)
    girl.birth_date = visited + dt.timedelta(days=1)
    boy.save()
    girl.save()
    ages = {one["name"]: one["age"] for one in content(inquiry(place))["members"]}
    assert ages[str(boy)] == "8 ani"
    assert ages[str(girl)] == "", "not born yet"


def _birthday_after(day: dt.date, *, years: int) -> dt.date:
    """A birth that makes somebody so many years old two days after a day."""
    soon = day + dt.timedelta(days=2)
    return dt.date(soon.year - years, soon.month, 28 if (soon.month, soon.day) == (2, 29) else soon.day)


def test_number_of_the_institutions_own_register_is_kept() -> None:
    document = inquiry(setting(), entry=" 1234/15.03.2026 ")
    assert document.entry == "1234/15.03.2026"
    for text in words(document):
        assert packed("1234/15.03.2026") in text
    blank = inquiry(setting())
    assert blank.entry == ""
    for text in words(blank):
        assert re.search(r"Nr\.deînregistrare[.…]+/[.…]+", text)


def test_number_of_another_register_is_short() -> None:
    with pytest.raises(DomainError) as refused:
        inquiry(setting(), entry="1" * (LONGEST_ENTRY + 1))
    assert refused.value.field == "entry"


def test_what_the_record_has_is_filled_in_and_the_rest_is_left_to_write() -> None:
    place = setting()
    mother, boy, _girl = place.people
    for kind, number in (("identity_card", "CJ 123456"), ("birth_certificate", "NB 7")):
        IdentityDocument.objects.create(person=mother, kind=kind, number=number)
    IdentityDocument.objects.create(person=boy, kind="disability_certificate", number="99")
    told = content(inquiry(place, heard="Mama și învățătoarea"))
    assert [one["identity"] for one in told["members"]] == ["CJ 123456", "", ""]
    assert told["sources"] == [
        {"label": "Cine a fost ascultat", "value": "Mama și învățătoarea"},
        {"label": "Acte văzute", "value": ""},
    ]
    money = next(one for one in told["chapters"] if one["title"] == "Veniturile")
    assert money["text"].startswith("Venitul net al gospodăriei este de 1.200 de lei pe lună")
    assert "Pensii" in money["by_hand"]


def test_who_answers_for_the_case_is_who_does_today() -> None:
    place = setting()
    successor = worker(team=place.team, name="Vasile Șchiopu")
    place.case.responsible = successor
    place.case.save()
    subject = {one["label"]: one["value"] for one in content(inquiry(place))["subject"]}
    assert subject["Responsabil de caz"] == "Vasile Șchiopu"


@pytest.mark.parametrize(
    "written",
    ["Fântânele", "sat Fântânele", "Fântânele, com. {uat}, jud. {county}", "{uat}, Fântânele, comuna {uat}"],
)
def test_address_is_said_once(written: str) -> None:
    place = setting(locality="Fântânele")
    uat = place.household.uat
    address = written.format(uat=uat.name, county=uat.county.name)
    home = place.household
    said = {"uat": uat, "locality": home.locality, "address": f"Str. Lungă nr. 3, {address}"}
    settle(home, since=first_known_on(home), dwelling=None, **said)
    subject = {one["label"]: one["value"] for one in content(inquiry(place))["subject"]}
    assert subject["Adresa"].startswith("Str. Lungă nr. 3, ")
    assert subject["Adresa"].count(uat.county.name) == 1 + uat.name.count(uat.county.name)
    assert subject["Adresa"].count("Fântânele") == 1
    assert subject["Adresa"].count(uat.name) == 1


def test_one_form_of_dates() -> None:
    place = setting()
    told = content(inquiry(place))
    assert f"{place.assessment.visited_on:%d.%m.%Y}" in told["grounds"]
    assert told["date"] == f"{timezone.localdate():%d.%m.%Y}"


def test_proposals_are_numbered() -> None:
    document = inquiry(setting(), proposals="1. Școală\n\n- Medic de familie\n3) Acte")
    assert content(document)["proposals"] == ["Școală", "Medic de familie", "Acte"]
    for text in words(document):
        for number in ("1.", "2.", "3."):
            assert number in text


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("unu\ndoi", ["unu", "doi"]),
        ("1. unu\n 2) doi\n• trei", ["unu", "doi", "trei"]),
        ("1.200 de lei\n12.05.2026 la medic\n-5 grade", ["1.200 de lei", "12.05.2026 la medic", "-5 grade"]),
        ("1.\n \n-\n", []),
    ],
)
def test_points_lose_the_marks_of_their_author(text: str, points: list[str]) -> None:
    assert listed(text) == points


def test_proposals_that_are_marks_alone_are_missing() -> None:
    with pytest.raises(DomainError) as refused:
        inquiry(setting(), proposals="1.\n2.")
    assert refused.value.field == "proposals"


def test_every_answer_that_the_paper_may_tell_has_its_sentence() -> None:
    template, pack = current("social_inquiry"), pack_of(current_version("sci"))
    for chapter in template.chapters:
        for name in (*chapter.household, *chapter.member):
            fact = pack.facts[name]
            said = template.sentences[fact.table][name]
            wanted = {"yesno": {"yes", "no"}, "choice": set(fact.choices)}.get(fact.type, {"any"})
            assert wanted <= set(said), name
            assert all(text.endswith(".") for text in said.values())
            assert set(said) <= wanted | {"0", "1"}, "no sentence for an answer that is not there"


def test_question_without_a_sentence_is_told_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(current("social_inquiry").sentences["household"], "water", {})
    assert "Apă: în curte." in content(inquiry(setting()))["chapters"][0]["text"]


def test_same_finding_and_same_gap_are_said_once() -> None:
    place = setting()
    for member in place.assessment.members.all():
        member.facts |= {"family_doctor": False}
        member.facts.pop("chronic_disease", None)
        member.save()
    place.assessment.finding_sets.all().delete()
    find([place.assessment], version=place.assessment.pack)
    told = content(inquiry(place))
    said = [(one["name"], one["why"]) for one in told["findings"]]
    assert len(said) == len(set(said))
    without_doctor = next(one for one in told["findings"] if "medic de familie" in one["name"])
    assert without_doctor["whom"] == "Toți membrii gospodăriei"
    gaps = [one["text"] for one in told["not_assessed"]]
    assert len(gaps) == len(set(gaps))


def test_what_stands_behind_a_finding_is_named_only_where_it_stands_on_the_paper() -> None:
    place = setting()
    for member in place.assessment.members.all():
        member.facts |= {
            "sexual_risk": True,
            "tobacco": True,
            "disability": "uncertified",
            "chronic_disease": True,
        }
        member.facts |= {"chronic_treated": False, "medical_access": False, "identity_document": False}
        member.save()
    place.assessment.finding_sets.all().delete()
    find([place.assessment], version=place.assessment.pack)
    document = inquiry(place)
    assert "viața sexuală" not in document.content
    assert "vine din celelalte constatări" in document.content, "many are not said again"


def test_relation_is_said_of_a_man_or_of_a_woman() -> None:
    place = setting()
    for person, sex in zip(place.people[1:], "mf", strict=True):
        person.sex = sex
        person.save()
        person.memberships.update(relation="sibling")
    relations = {one["name"]: one["relation"] for one in content(inquiry(place))["members"]}
    assert [relations[str(person)] for person in place.people[1:]] == ["frate", "soră"]


def test_people_are_told_who_keeps_their_data_why_and_what_they_may_ask() -> None:
    place = setting()
    document = inquiry(place)
    told = {one["label"]: one["value"] for one in content(document)["information"]}
    assert told["Cine răspunde de date"] == f"{place.case.keeper.name}."
    for text in words(document):
        assert packed("Cât se păstrează") in text
        assert packed("plângere") in text


def test_rows_do_not_break_and_the_paper_of_a_small_family_takes_few_pages() -> None:
    document = inquiry(setting())
    with pikepdf.open(io.BytesIO(render(document, "pdf"))) as pdf:
        assert len(pdf.pages) <= 3
    tables = Document(io.BytesIO(render(document, "docx"))).tables
    rows = [row for table in tables for row in table.rows]
    assert rows
    assert all("w:cantSplit" in row._tr.xml for row in rows)


def test_paper_of_the_former_version_is_made_again_as_it_was() -> None:
    former = asdict(samples.inquiry()) | {
        "template_version": "2026.1",
        "chapters": [{"title": "Locuința", "lines": [{"label": "Apă", "value": "în curte"}], "people": []}],
    }
    for added in ("entry", "sources", "for_the_file", "information"):
        del former[added]
    document = IssuedDocument(
        kind="social_inquiry",
        year=2026,
        number=42,
        issued_on=dt.date(2026, 11, 20),
        template_version="2026.1",
        content=json.dumps(former),
    )
    for text in words(document):
        assert packed("în curte") in text
        assert packed("Luare la cunoștință") in text
        assert packed("Nr. de înregistrare") not in text


@pytest.mark.sampled(one_in=3)
@pytest.mark.parametrize("aim", purposes(current("social_inquiry")))
def test_inquiry_prints_the_parts_of_its_purpose_alone(aim: str) -> None:
    place = setting(violence="violence")
    mother, boy = place.people[:2]
    add_entry(
        by=place.worker,
        register="disability_certificate",
        subject=boy,
        start=dt.date(2026, 1, 5),
        given={"kind": "visual", "grade": "severe", "permanent": True},
    )
    purpose = purposes(current("social_inquiry"))[aim]
    document = inquiry(place, aim=aim, whom=mother.pk, said={"protection_0": "A venit singură."})
    told = content(document)
    titles = {one.title for one in purpose.chapters}
    assert {one["title"] for one in told["chapters"]} <= titles | {"Persoana vârstnică"}
    if purpose.about_one:
        assert {one["name"] for part in told["chapters"] for one in part["people"]} <= {str(mother)}
    assert ("Există semne de violență" in document.content) == purpose.guarded
    assert ("A venit singură." in document.content) == purpose.guarded
    assert (told["acknowledgement"] == "") == purpose.guarded
    # Each file is made of each purpose.
    assert len(words(document)) == 2
