"""A pack that does not hold together is refused, naming the file and the line."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from punte.methodology.errors import PackError
from punte.methodology.model import Pack
from punte.methodology.packs import PACKS_DIR, available_packs, load_pack


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of sci to spoil."""
    return Path(shutil.copytree(PACKS_DIR / "sci", tmp_path / "pack"))


def spoil(folder: Path, file: str, old: str, new: str) -> int:
    """Replace a text that is in the file; the line on which it was."""
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text, old
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


SPOILED = {
    "unknown fact in a condition": (
        "rules.yaml",
        "when: age < 14 and not identity_document",
        "when: age < 14 and not passport",
        "unknown name: passport",
    ),
    "member's fact in a rule about households": (
        "rules.yaml",
        "when: receives_vmi",
        "when: literate",
        "unknown name: literate",
    ),
    "code that comes later": ("rules.yaml", "when: receives_vmi", "when: VFC_06", "unknown name: VFC_06"),
    "duplicate code": ("rules.yaml", "VAI_02:", "VAI_01:", "VAI_01 is given twice"),
    "not a code": ("rules.yaml", "VAI_02:", "vai 02:", "not a code: vai 02"),
    "text missing in a language": (
        "rules.yaml",
        "name: {ro: Sărăcie, en: Poverty}",
        "name: {ro: Sărăcie}",
        "no text in language en",
    ),
    "explanation missing in a language": (
        "rules.yaml",
        'because: {ro: "are {age} și fumează", en:',
        'because: {ro: "", en:',
        "no text in language ro",
    ),
    "condition that is a number": (
        "rules.yaml",
        "when: chronic_disease\n",
        "when: age + 1\n",
        "not a boolean: age [+] 1",
    ),
    "condition that is an answer": (
        "rules.yaml",
        "when: chronic_disease\n",
        "when: disability\n",
        "not a boolean",
    ),
    "condition that compares unlike things": (
        "rules.yaml",
        "when: chronic_disease\n",
        "when: age = 'none'\n",
        "not of one kind",
    ),
    "answer that the question does not offer": (
        "rules.yaml",
        "when: health_insurance = 'none'",
        "when: health_insurance = 'private'",
        "unknown answer: private",
    ),
    "condition that reads a table": (
        "rules.yaml",
        "when: chronic_disease\n",
        "when: age in (select 1)\n",
        "not allowed here",
    ),
    "function outside the subset": (
        "rules.yaml",
        "when: chronic_disease\n",
        "when: read_text('/etc/passwd') = 'x'\n",
        "(not allowed here|unknown function)",
    ),
    "severity out of range": ("rules.yaml", "severity: 2", "severity: 4", "a severity is 0, 1, 2 or 3"),
    "unknown dimension": (
        "rules.yaml",
        "dimension: rights",
        "dimension: weather",
        "unknown dimension: weather",
    ),
    "unknown source": ("rules.yaml", "source: amc_income", "source: hearsay", "unknown source: hearsay"),
    "sentence that names an unknown fact": (
        "rules.yaml",
        '"are {age} și fumează"',
        '"are {height} și fumează"',
        "unknown fact: height",
    ),
    "open code that reads a closed answer": (
        "rules.yaml",
        "when: receives_vmi",
        "when: receives_vmi and neglect_risk",
        "VSV_02 reads answers of the compartment violence",
    ),
    "derived code that says more than its findings": (
        "rules.yaml",
        'ro: "riscul vine din alte constatări ale copilului sau ale gospodăriei{findings}"',
        'ro: "semne de violență"',
        "VFC_06 must name {findings}",
    ),
    "fact that the form does not ask": (
        "pack.yaml",
        "    receives_vmi: ",
        "    receives_pension: ",
        "does not ask receives_pension",
    ),
    "fact in an unknown compartment": (
        "pack.yaml",
        "receives_vmi: {compartment: general}",
        "receives_vmi: {compartment: secret}",
        "unknown compartment: secret",
    ),
    "condition of asking left out": (
        "pack.yaml",
        "asked: has_minor}",
        "}",
        "asked under a condition both here and in the form",
    ),
    "condition of asking that reads an unknown fact": (
        "pack.yaml",
        "asked: has_minor}",
        "asked: has_pet}",
        "unknown name: has_pet",
    ),
    "parameter without a source": (
        "pack.yaml",
        "        source: Legea 196/2016, ajutorul",
        "        because: Legea",
        "source is missing",
    ),
    "parameter values out of order": (
        "pack.yaml",
        "- value: 275",
        "- from: 2026-01-01\n        value: 275",
        "oldest first",
    ),
    "version other than the form's": (
        "pack.yaml",
        'version: "2026.2"',
        'version: "2026.3"',
        "another version",
    ),
    "unknown code in the package": ("package.yaml", "  VAI_02:", "  VAI_09:", "unknown code: VAI_09"),
    "code without a package": (
        "package.yaml",
        "  VDG_04: *grade_only\n",
        "",
        "no package for the code VDG_04",
    ),
    "unknown basic service": (
        "package.yaml",
        "      information: [SIO_01]",
        "      inform: [SIO_01]",
        "unknown service of the package: inform",
    ),
    "unknown intervention": (
        "package.yaml",
        "[SAA_05, SAI_09]",
        "[SAA_55]",
        "unknown intervention code: SAA_55",
    ),
    "unknown nomenclature code": (
        "package.yaml",
        "[8891 CZ-C-I]",
        "[8891 CZ-C-X]",
        "unknown nomenclature code: 8891 CZ-C-X",
    ),
    "empty package without a reason": (
        "package.yaml",
        "    reason: Descrie grupa",
        "    note: Descrie grupa",
        "reason is missing",
    ),
    "question without a label": (
        "survey.csv",
        ",Curent electric,",
        ",,",
        "electricity has no label in language ro",
    ),
    "question asked twice": (
        "survey.csv",
        "text,given_name",
        "text,family_name",
        "family_name is given twice",
    ),
    "unknown list of answers": (
        "survey.csv",
        "select_one dwelling",
        "select_one building",
        "unknown list of answers: building",
    ),
    "answer given twice": (
        "choices.csv",
        "dwelling,flat",
        "dwelling,house",
        "the answer house is given twice",
    ),
    "not YAML": ("rules.yaml", "VAI_02:", "VAI_02: [", "not YAML"),
}


@pytest.mark.parametrize("what", SPOILED)
def test_a_spoiled_pack_is_refused_at_its_line(folder: Path, what: str) -> None:
    file, old, new, said = SPOILED[what]
    line = spoil(folder, file, old, new)
    with pytest.raises(PackError) as refused:
        load_pack(folder)
    assert re.search(said, str(refused.value)), str(refused.value)
    assert Path(refused.value.file).name == file
    assert abs(refused.value.line - line) <= LINES_APART.get(what, 1), (refused.value.line, line)


LINES_APART = {
    "code without a package": 1000,
    "not YAML": 20,
    "parameter values out of order": 2,
    "open code that reads a closed answer": 2,
}
"""How far the named line may be from the spoiled one: a missing thing has no line of its own."""


@pytest.mark.parametrize(
    "name", ["pack.yaml", "survey.csv", "choices.csv", "settings.csv", "rules.yaml", "package.yaml"]
)
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(PackError) as refused:
        load_pack(folder)
    assert Path(refused.value.file).name == name


def test_an_unknown_pack_is_refused() -> None:
    with pytest.raises(PackError, match="no such pack"):
        load_pack("fantasy")


def test_a_changed_pack_is_read_anew(folder: Path) -> None:
    before = load_pack(folder)
    assert load_pack(folder) is before
    spoil(folder, "rules.yaml", "{ro: Sărăcie, en: Poverty}", "{ro: Venit mic, en: Low income}")
    assert load_pack(folder).rules["VGS_01"].name["en"] == "Low income"


def test_every_kept_pack_loads() -> None:
    assert [pack.name for pack in available_packs()] == ["sci"]


def test_codes_that_call_for_action_have_services_and_an_objective(sci: Pack) -> None:
    for code, rule in sci.rules.items():
        entry = sci.package[code]
        assert bool(entry.services) == (rule.severity > 0), code
        assert bool(entry.objective) == (rule.severity > 0), code


def test_texts_are_romanian_with_commas_below(sci: Pack) -> None:
    for file in ("pack.yaml", "rules.yaml", "package.yaml", "survey.csv", "choices.csv"):
        text = (sci.path / file).read_text(encoding="utf-8")
        assert not set("şţŞŢ") & set(text), file


def test_violence_and_abuse_are_kept_apart(sci: Pack) -> None:
    assert {code: sci.rules[code].compartment for code in ("VFV_01", "VFV_02", "VFV_03", "VFV_04")} == {
        "VFV_01": "violence", "VFV_02": "violence", "VFV_03": "violence", "VFV_04": "abuse",
    }  # fmt: skip
    assert sci.facts["violence_signs"].choice_compartments == {"abuse": "abuse"}
