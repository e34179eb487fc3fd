"""Sheets as methodologists write them: other spellings are taken, what no door serves is refused by its line."""

from __future__ import annotations

import csv
import random
import shutil
from pathlib import Path

import pytest

from punte.methodology.collect import collect_form
from punte.methodology.errors import PackError
from punte.methodology.forms import compile_form, instance_for
from punte.methodology.model import Pack
from punte.methodology.packs import PACKS_DIR, available_packs, load_pack

RO, EN = "label::Română (ro)", "label::English (en)"
Rows = list[dict[str, str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of sci to add to."""
    return Path(shutil.copytree(PACKS_DIR / "sci", tmp_path / "pack"))


def rows_of(file: Path) -> Rows:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def write(file: Path, rows: Rows) -> None:
    header = list(dict.fromkeys(key for row in rows for key in row))
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, header, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def add(folder: Path, sheet: str, *new: dict[str, str]) -> int:
    """Add rows at the end of a sheet; the line of the first of them."""
    rows = rows_of(folder / sheet)
    write(folder / sheet, [*rows, *new])
    return len(rows) + 2


def row(type_: str, name: str = "", **more: str) -> dict[str, str]:
    label = {RO: name, EN: name} if name else {}
    return {"type": type_, "name": name, **label, **more}


def forms_of(folder: Path) -> str:
    """The form of a pack for every door, one after the other."""
    pack = load_pack(folder)
    return compile_form(pack) + collect_form(pack)


def refused(folder: Path) -> PackError:
    with pytest.raises(PackError) as why:
        forms_of(folder)
    return why.value


@pytest.mark.parametrize("begin", ["begin group", "begin_group", "begin  group"])
@pytest.mark.parametrize("end", ["end group", "end_group"])
def test_both_spellings_of_groups_are_taken(folder: Path, begin: str, end: str) -> None:
    add(folder, "survey.csv", row(begin, "g1"), row("integer", "x1"), row(end))
    assert load_pack(folder).questions["x1"].path == "g1/x1"
    assert 'ref="/data/g1/x1"' in forms_of(folder)


def test_the_other_spelling_of_the_repeat_is_taken(folder: Path) -> None:
    before = load_pack(PACKS_DIR / "sci").repeat
    rows = rows_of(folder / "survey.csv")
    for one in rows:
        one["type"] = one["type"].replace("_repeat", " repeat").replace("select_one ", "select one ")
    write(folder / "survey.csv", rows)
    assert load_pack(folder).repeat == before
    forms_of(folder)


@pytest.mark.parametrize(
    ("new", "at", "words"),
    [
        ([row("end_group")], 0, "end_group without a begin_group before it"),
        ([row("end repeat")], 0, "end_repeat without a begin_repeat before it"),
        ([row("begin_group", "g1"), row("integer", "x1")], 0, "begin_group is not ended"),
        ([row("begin_group", "g1"), row("end_repeat")], 1, "end_repeat without a begin_repeat before it"),
        ([row("begin repeat", "r2"), row("integer", "x1"), row("end repeat")], 0, "one begin_repeat"),
        ([{"type": "", "name": "x", RO: "x", EN: "x"}], 0, "no type"),
        ([row("integer", "")], 0, "not a name"),
        ([row("integer", "număr")], 0, "not a name"),
        ([row("integer", "two words")], 0, "not a name"),
        ([row("select_one", "x1")], 0, "unknown list of answers"),
        ([row("select_one nolist", "x1")], 0, "unknown list of answers: nolist"),
        ([row("sellect_one yesno", "x1")], 0, "does not compile"),
        ([row("integer", "x1", relevant="${nobody} = 1")], 0, "does not compile"),
        ([row("integer", "x1"), row("integer", "x1")], 1, "given twice"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_by_its_line(folder: Path, new: Rows, at: int, words: str) -> None:
    line = add(folder, "survey.csv", *new)
    found = refused(folder)
    assert words in str(found)
    assert Path(found.file).name == "survey.csv"
    assert found.line == line + at


def test_the_members_are_repeated_in_no_group(folder: Path) -> None:
    rows = rows_of(folder / "survey.csv")
    begins = next(at for at, one in enumerate(rows) if one["type"] == "begin_repeat")
    ends = next(at for at, one in enumerate(rows) if one["type"] == "end_repeat")
    wrapped = [
        *rows[:begins],
        row("begin group", "people"),
        *rows[begins : ends + 1],
        row("end group"),
        *rows[ends + 1 :],
    ]
    write(folder / "survey.csv", wrapped)
    found = refused(folder)
    assert (found.line, Path(found.file).name) == (begins + 3, "survey.csv")
    assert "begin_repeat stands in the group people" in str(found)


def test_a_repeat_in_the_repeat_is_refused_by_its_line(folder: Path) -> None:
    rows = rows_of(folder / "survey.csv")
    ends = next(at for at, one in enumerate(rows) if one["type"] == "end_repeat")
    inner = [row("begin repeat", "r2"), row("integer", "x1"), row("end repeat")]
    write(folder / "survey.csv", [*rows[:ends], *inner, *rows[ends:]])
    found = refused(folder)
    assert found.line == ends + 2
    assert "one begin_repeat" in str(found)


def filtered(folder: Path) -> int:
    """A village asked after its commune; two communes have a Valea."""
    add(
        folder,
        "survey.csv",
        row("select_one comuna", "comuna"),
        row("select_one sat", "sat", choice_filter="comuna=${comuna}"),
    )
    choices = [("comuna", "a", ""), ("comuna", "b", ""), ("sat", "valea", "a"), ("sat", "valea", "b")]
    made = [
        {"list_name": of, "name": name, RO: name, EN: name, "comuna": where} for of, name, where in choices
    ]
    return add(folder, "choices.csv", *made)


@pytest.mark.parametrize("word", ["yes", "Yes", "TRUE"])
def test_a_filtered_list_may_have_a_name_twice(folder: Path, word: str) -> None:
    filtered(folder)
    write(folder / "settings.csv", [{**rows_of(folder / "settings.csv")[0], "allow_choice_duplicates": word}])
    assert set(load_pack(folder).questions["sat"].choices) == {"valea"}
    assert forms_of(folder).count("<name>valea</name>") == 4


def test_without_the_setting_a_name_stands_once(folder: Path) -> None:
    line = filtered(folder)
    found = refused(folder)
    assert (Path(found.file).name, found.line) == ("choices.csv", line + 3)
    assert "valea is given twice" in str(found)


@pytest.mark.parametrize(
    "new",
    [
        row("select_one_from_file sate.csv", "sf"),
        row("select one from file sate.csv", "sf"),
        row("select_multiple_from_file sate.csv", "sf"),
        row("csv-external", "sate"),
        row("calculate", "pd", calculation="pulldata('sate','name','code',${rooms})"),
        row("text", "pd", relevant="pulldata( 'sate','name','code','a') = 'x'"),
        row("select_one yesno", "se", appearance="search('sate')"),
        row("note", "n", **{"media::image": "casa.png"}),
        row("note", "n", **{"media::image::Română (ro)": "casa.png"}),
    ],
)  # fmt: skip
def test_what_needs_a_file_is_refused_by_its_line(folder: Path, new: dict[str, str]) -> None:
    line = add(folder, "survey.csv", new)
    found = refused(folder)
    assert (found.line, Path(found.file).name) == (line, "survey.csv")
    assert "file" in str(found)


@pytest.mark.parametrize(
    ("type_", "default"),
    [
        ("date", "today()"), ("dateTime", "now()"), ("text", "${dwelling}"), ("integer", "1 + 1"),
        ("text", "once(random())"), ("text", "uuid()"), ("integer", "${rooms} * 2"),
        ("text", "concat('a', ${dwelling})"), ("date", "date(today() - 1)"),
    ],
)  # fmt: skip
def test_a_first_value_that_one_door_alone_works_out_is_refused(
    folder: Path, type_: str, default: str
) -> None:
    line = add(folder, "survey.csv", row(type_, "x1", default=default))
    found = refused(folder)
    assert found.line == line
    assert "ODK Collect alone" in str(found)


@pytest.mark.sampled(one_in=3)
@pytest.mark.parametrize(
    ("type_", "default", "meant"),
    [
        ("date", "2024-02-29", "2024-02-29"), ("date", "date('2024-02-29')", "2024-02-29"),
        ("text", "'acasă'", "acasă"), ("text", "Mare (colț)", "Mare (colț)"),
        ("integer", "4", "4"), ("text", "Str. Mare, nr. 4-6", "Str. Mare, nr. 4-6"), ("text", "fără", "fără"),
        ("decimal", "-1.5", "-1.5"),
    ],
)  # fmt: skip
def test_a_fixed_first_value_is_the_same_in_every_door(
    folder: Path, type_: str, default: str, meant: str
) -> None:
    add(folder, "survey.csv", row(type_, "x1", default=default))
    pack = load_pack(folder)
    written = f"<x1>{meant}</x1>"
    assert written in compile_form(pack) and written in collect_form(pack)
    assert written in instance_for(pack, {}, [], "uuid:0")
    assert 'setvalue ref="/data/x1"' not in forms_of(folder)


def test_the_packs_that_are_shipped_pass() -> None:
    for pack in available_packs():
        forms_of(pack.path)


def spoilt(content: str, chance: random.Random) -> str:
    """The sheet with one thing that somebody may do to it."""
    lines = content.splitlines()
    at = chance.randrange(len(lines))
    cells = lines[at].split(",")
    cell = chance.randrange(len(cells))
    how = chance.randrange(8)
    if how == 0:
        del lines[at]
    elif how == 1:
        lines.insert(at, lines[chance.randrange(len(lines))])
    elif how == 2:
        cells[cell] = chance.choice(
            ["", "x y", "${", "'", '"', "begin", "end_group", "end", "select_one", "1/0", "ș"]
        )
        lines[at] = ",".join(cells)
    elif how == 3:
        lines[at] = lines[at][: chance.randrange(len(lines[at]) + 1)]
    elif how == 4:
        lines = lines[:at]
    elif how == 5:
        other = chance.randrange(len(lines))
        lines[at], lines[other] = lines[other], lines[at]
    elif how == 6:
        lines[at] += "," * chance.randrange(1, 4) + chance.choice(["", "x"])
    else:
        lines.insert(
            at, chance.choice(["end_group", "begin_group,g", "begin_repeat,r", "end_repeat", "\x00", '"'])
        )
    return "\n".join(lines)


@pytest.mark.sampled(one_in=4)
@pytest.mark.parametrize("seed", range(40))
def test_a_spoilt_sheet_is_taken_or_refused_and_never_breaks(folder: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    sheet = folder / chance.choice(["survey.csv", "survey.csv", "choices.csv", "settings.csv"])
    sheet.write_text(spoilt(sheet.read_text("utf-8"), chance), "utf-8")
    try:
        pack: Pack = load_pack(folder)
        collect_form(pack)
        instance_for(pack, {}, [{}], "uuid:0")
    except PackError as found:
        assert found.line >= 1
        assert Path(found.file).parent == folder
