"""A pack about one person: its form has no repeat, and its answers and findings are of that person."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from punte.documents.templates import read_by_papers
from punte.methodology.assess import assess
from punte.methodology.collect import collect_form
from punte.methodology.errors import PackError
from punte.methodology.forms import compile_form, instance_for, rows_from_instance
from punte.methodology.mending import mended
from punte.methodology.packs import PACKS_DIR, available_packs, load_pack
from punte.methodology.unread import unread_facts


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of a pack about a person."""
    return Path(shutil.copytree(PACKS_DIR / "older_person", tmp_path / "pack"))


def changed(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")


def refused(folder: Path) -> PackError:
    with pytest.raises(PackError) as why:
        load_pack(folder)
    return why.value


def test_its_answers_are_of_the_person_and_what_is_of_the_visit_is_not() -> None:
    pack = load_pack("older_person")
    assert (pack.about, pack.repeat, pack.sets_severity, pack.opens_with) == ("person", "", False, "health")
    assert {name for name, one in pack.questions.items() if one.table == "household"} == {
        "household_id",
        "uat_siruta",
        "visit_date",
    }


def test_a_household_pack_says_nothing_of_it_and_is_about_a_household() -> None:
    pack = load_pack("sci")
    assert (pack.about, pack.repeat, pack.sets_severity, pack.opens_with) == (
        "household",
        "member",
        True,
        "general",
    )


def test_what_is_filled_in_is_read_back_as_one_person() -> None:
    pack = load_pack("older_person")
    known = {"household_id": "h", "visit_date": None}
    filled = instance_for(pack, known, [{"member_id": "m", "walking": "help", "fell": True}], "uuid:1")
    said = rows_from_instance(pack, filled.encode())
    [person] = said.members
    assert (person["member_id"], person["walking"], person["fell"], person["household_id"]) == (
        "m",
        "help",
        True,
        "h",
    )
    assert "walking" not in said.household
    found = assess(pack, [said.household], said.members)
    assert {(one.member_id, one.code) for one in found.findings} == {("m", "OP_BASIC"), ("m", "OP_FALLS")}


def test_a_blank_one_is_of_one_person_too() -> None:
    pack = load_pack("older_person")
    assert instance_for(pack, {}, [], "uuid:1").count("<member_id") == 1


def test_collect_asks_first_for_a_household_and_a_person_on_record() -> None:
    form = collect_form(load_pack("older_person"))
    assert form.index("known_household") < form.index("known_member") < form.index("washing")
    assert "new_household" not in form and "create" not in form


def test_the_office_form_asks_for_neither() -> None:
    assert "known_household" not in compile_form(load_pack("older_person"))


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("pack.yaml", "about: person", "about: dwelling", "unknown about: dwelling"),
        ("pack.yaml", "about: person", "about: person\nsets_severity: yes", "unknown sets_severity: yes"),
        ("pack.yaml", "opens_with: health", "opens_with: cellar", "unknown opens_with: cellar"),
        ("pack.yaml", "offered_from_age: 65", "offered_from_age: old", "not a number: old"),
        ("rules.yaml", "level: member", "level: household", "unknown level: household"),
        ("survey.csv", "begin_group,basic", "begin_repeat,basic", "has no begin_repeat"),
    ],
)  # fmt: skip
def test_what_does_not_fit_a_person_is_named_by_its_line(
    folder: Path, file: str, old: str, new: str, words: str
) -> None:
    changed(folder, file, old, new)
    line = (folder / file).read_text("utf-8")[
        : (folder / file).read_text("utf-8").index(new.split("\n")[-1])
    ].count("\n") + 1
    found = refused(folder)
    assert words in str(found)
    assert (Path(found.file).name, found.line) == (file, line)


def test_no_code_and_no_listed_answer_is_of_two_packs() -> None:
    """Lists and plans name a finding by its code alone."""
    named = [name for pack in available_packs() for name in (*pack.rules, *pack.listed)]
    assert len(named) == len(set(named))


def test_nothing_is_asked_that_nothing_reads() -> None:
    for pack in available_packs():
        assert unread_facts(pack, elsewhere=read_by_papers()) == [], pack.name


def test_an_answer_that_nothing_reads_is_named(folder: Path) -> None:
    changed(folder, "rules.yaml", "fall_risks or fire_risk or shut_in", "fall_risks or shut_in")
    changed(
        folder,
        "rules.yaml",
        '    - {when: fire_risk, ro: "sobă, gaz sau fire nesigure", en: "unsafe stove, gas or wiring"}\n',
        "",
    )
    assert [fact.name for fact in unread_facts(load_pack(folder))] == ["fire_risk"]


def test_what_came_of_it_is_mended_and_the_person_is_never_left_out() -> None:
    pack = load_pack("older_person")
    filled = instance_for(pack, {"household_id": "h"}, [{"member_id": "m", "walking": "alone"}], "uuid:1")
    made = mended(pack, filled.encode(), answers={}, members={(0, "walking"): "help"}, without=[0])
    [person] = rows_from_instance(pack, made).members
    assert person["walking"] == "help"
