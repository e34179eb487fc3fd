"""Registers are content: what ships is read, and what is wrong with a file is said with its line."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from punte.accounts.enums import Compartment
from punte.methodology.errors import PackError
from punte.operations.doctor import State, examine
from punte.registers.catalogue import definition_at, definitions, version_in_use
from punte.registers.following import refuse_what_does_not_follow
from punte.registers.reading import read_definition

SOUND = """\
key: loaned_equipment
version: "1"
title: {ro: Echipament împrumutat, en: Loaned equipment}
about: household
period: interval
overlap: refused
alone_by: [kind]
fields:
  kind:
    type: choice
    required: yes
    listed: yes
    label: {ro: Ce, en: What}
    choices:
      bed: {ro: pat medical, en: hospital bed}
      chair: {ro: scaun rulant, en: wheelchair}
      crutch: {ro: cârje, en: crutches, retired: yes}
  number: {type: text, find: exact, label: {ro: Nr. inventar, en: Inventory number}}
  value: {type: money, listed: yes, label: {ro: Valoare, en: Value}}
  cared_for: {type: text, compartment: health, label: {ro: Pentru cine, en: For whom}}
states:
  lent: {ro: împrumutat, en: lent}
  lost: {ro: pierdut, en: lost}
  returned: {ro: întors, en: returned}
holds: [lent, lost]
moves:
  lose: {label: {ro: S-a pierdut, en: It was lost}, from: [lent], to: lost}
  return: {label: {ro: S-a întors, en: It came back}, from: [lent, lost], to: returned, ends: yes}
checks:
  - {when: value > 10000, say: {ro: E scump, en: It is dear}, as: warning, field: value}
  - {when: value < 0, say: {ro: Nu poate fi sub zero, en: It cannot be below zero}, as: error, field: value}
line: {ro: "{kind} ({state})", en: "{kind} ({state})"}
source: propunere
evidence: memory
"""


def read(folder: Path, text: str = SOUND, name: str = "loaned_equipment"):
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return read_definition(path, compartments=Compartment.values)


def test_what_ships_is_read() -> None:
    assert {"disability_certificate", "school_enrolment", "agreement"} <= set(definitions())


def test_a_register_says_its_fields_states_and_moves(tmp_path: Path) -> None:
    found = read(tmp_path)
    assert list(found.fields) == ["kind", "number", "value", "cared_for"]
    assert found.begins == ("lent",)
    assert [move.name for move in found.moves_from("lost")] == ["return"]
    assert found.compartments_of(found.fields["cared_for"]) == {"general", "health"}


@pytest.mark.parametrize(
    ("was", "now", "line", "said"),
    [
        ("about: household", "about: dwellling", 4, "about is one of"),
        ("overlap: refused", "overlap: refused\ncolour: red", 7, "unknown word: colour"),
        ("alone_by: [kind]", "alone_by: [number]", 7, "unknown alone_by: number"),
        ("type: choice", "type: dropdown", 10, "type is one of"),
        ("find: exact, ", "listed: yes, ", 18, "a field of type text is not listed"),
        ("number: {", "state: {", 18, "is a word of every entry"),
        ("number: {", "why: {", 18, "is a word of every entry"),
        ("to: lost}", "to: lost, asks: [cared_for]}", 27, "asks cannot use cared_for"),
        ("from: [lent], to: lost", "from: [lent], to: gone", 27, "unknown to: gone"),
        ("from: [lent, lost]", "from: [lent, sold]", 28, "unknown from: sold"),
        ("when: value > 10000", "when: price > 10000", 30, "unknown name: price"),
        ("when: value > 10000", "when: value + 1", 30, "a question with yes or no"),
        ("when: value > 10000", "when: number = 'x'", 30, "unknown name: number"),
        ("{type: money, listed: yes", "{type: money, compartment: health", 30, "when cannot use value"),
        ('ro: "{kind} ({state})"', 'ro: "{cared_for}"', 32, "which not everybody reads"),
        ('ro: "{kind} ({state})"', 'ro: "{kind:>9}"', 32, "by their name alone"),
        ('ro: "{kind} ({state})"', 'ro: "{kind.label}"', 32, "unknown line"),
        ("key: loaned_equipment", "key: other", 1, "must be that of the file"),
        ("evidence: memory", "evidence: surely", 34, "evidence is one of"),
        ("{ro: împrumutat, en: lent}", "{ro: împrumutat}", 22, "no text in language en"),
        ("ro: împrumutat,", "ro: împrumutat, dar plătit,", 22, "a comma splits the sentence"),
        ("ends: yes}", "ends: maybe}", 28, "ends is yes or no"),
        ("cared_for: {type: text", "cared-for: {type: text", 20, "is no name"),
        ("number: {type: text", "number: {type: text, long: yes", 18, "not found exactly is long"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(
    tmp_path: Path, was: str, now: str, line: int, said: str
) -> None:
    assert was in SOUND
    with pytest.raises(PackError) as refused:
        read(tmp_path, SOUND.replace(was, now, 1))
    assert said in str(refused.value)
    assert refused.value.line == line


def test_a_key_lies_in_one_folder_alone(tmp_path: Path, settings) -> None:
    own = tmp_path / "registers"
    own.mkdir()
    settings.OWN_CONTENT = tmp_path
    read(own)
    assert definitions()["loaned_equipment"].own
    read(own, definitions()["agreement"].text, "agreement")
    with pytest.raises(PackError, match="another key"):
        definitions()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("en: Loaned equipment", "en: Lent equipment", "give the file a new version"),
        ('version: "1"', 'version: "2"', ""),
        ("number: {type: text", "inventory: {was: number, type: text", ""),
        ("number: {type: text", "inventory: {type: text", "the field number is gone"),
        ("value: {type: money", "value: {type: decimal", "was of type money"),
        ("      bed: {ro: pat medical, en: hospital bed}\n", "", "the choice bed is gone"),
        ("about: household", "about: case", "are about a household"),
    ],
)
def test_a_new_version_leaves_no_entry_behind(
    tmp_path: Path, settings, was: str, now: str, said: str
) -> None:
    version_in_use(read(tmp_path))
    text = SOUND.replace(was, now, 1)
    if "another" not in said and "new version" not in said:
        text = text.replace('version: "1"', 'version: "2"')
    changed = read(tmp_path, text)
    if not said:
        refuse_what_does_not_follow(changed, "loaned_equipment.yaml")
        return
    with pytest.raises(PackError, match=said):
        refuse_what_does_not_follow(changed, "loaned_equipment.yaml")


@pytest.mark.django_db
def test_a_file_that_changed_without_a_new_version_is_the_operators_matter(tmp_path: Path, settings) -> None:
    settings.OWN_CONTENT = tmp_path
    own = tmp_path / "registers"
    own.mkdir()
    first = version_in_use(read(own))
    assert looked_at() == State.OK
    changed = read(own, SOUND.replace("en: Loaned equipment", "en: Lent equipment"))
    second = version_in_use(changed)
    assert (first.version, second.version) == ("1", f"1+{changed.digest[:8]}")
    assert definition_at(second).title["en"] == "Lent equipment"
    assert version_in_use(changed) == second
    assert version_in_use(read(own)) == first
    assert looked_at() == State.OK
    read(own, SOUND.replace("en: Loaned equipment", "en: Lent equipment"))
    assert looked_at() == State.ATTENTION
    with pytest.raises(CommandError, match="versiune nouă|new version"):
        call_command("register", "check")


def looked_at() -> State:
    return next(one.state for one in examine() if one.what == "registers")


@pytest.mark.django_db
def test_the_command_says_all_that_is_wrong_at_once(tmp_path: Path, settings) -> None:
    settings.OWN_CONTENT = tmp_path
    own = tmp_path / "registers"
    own.mkdir()
    (own / "one.yaml").write_text(SOUND, encoding="utf-8")
    (own / "two.yaml").write_text("key: two\n", encoding="utf-8")
    with pytest.raises(CommandError) as refused:
        call_command("register", "check")
    assert str(refused.value).count(".yaml:") == 2
    (own / "one.yaml").unlink()
    (own / "two.yaml").unlink()
    out = StringIO()
    call_command("register", "check", stdout=out)
    assert "disability_certificate 2026.1" in out.getvalue()
