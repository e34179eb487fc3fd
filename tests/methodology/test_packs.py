"""A pack that does not hold together is refused, naming the file and the line."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from punte.methodology import packs
from punte.methodology.errors import PackError
from punte.methodology.model import Pack
from punte.methodology.packs import PACKS_DIR, available_packs, former_pack, load_pack


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
    "code that differs from an answer by capitals": (
        "rules.yaml",
        "VAI_02:",
        "WATER:",
        "WATER is also the name of an answer",
    ),
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
        'ro: "riscul vine din alte constatări ale unui adult din casă, ale copilului sau ale gospodăriei{findings}"',
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
        'version: "2026.6"',
        'version: "2026.7"',
        "another version",
    ),
    "unknown answer in lists": ("pack.yaml", "damp: [yes]", "damp: [maybe]", "unknown answer of damp: maybe"),
    "unknown question in lists": ("pack.yaml", "damp: [yes]", "dampness: [yes]", "unknown fact: dampness"),
    "number in lists without a bound": (
        "pack.yaml",
        "absences_30d: {at_least:",
        "absences_30d: {about:",
        "listed by at_least or at_most",
    ),
    "text as a bound in lists": ("pack.yaml", "[1, 10, 20, 40]", "[few]", "not a number: few"),
    "closed answer in lists": (
        "pack.yaml",
        "  damp: [yes]",
        "  neglect_risk: [yes]",
        "neglect_risk is of a closed compartment",
    ),
    "unknown code in the package": (
        "package.yaml",
        "codes: [VAI_01, VAI_02]",
        "codes: [VAI_01, VAI_09]",
        "unknown code: VAI_09",
    ),
    "code without a package": (
        "package.yaml",
        "  VDG_04: *grade_only\n",
        "",
        "no package for the code VDG_04",
    ),
    "code of two objectives": ("package.yaml", "codes: [VFV_02]", "codes: [VFV_01]", "VFV_01 is given twice"),
    "code with an objective and a reason": (
        "package.yaml",
        "  VDG_04: *grade_only\n",
        "  VDG_04: *grade_only\n  VAI_01: Fără motiv.\n",
        "VAI_01 is given twice",
    ),
    "derived code that proposes something": (
        "package.yaml",
        "codes: [VFC_02, VFC_03,",
        "codes: [VFC_02, LEVEL_SEVERE, VFC_03,",
        "LEVEL_SEVERE comes from other findings",
    ),
    "findings of unlike compartments together": (
        "package.yaml",
        "codes: [VAI_01, VAI_02]",
        "codes: [VAI_01, VAI_02, VSA_01]",
        "of one compartment, these are of general, health",
    ),
    "step for who does not read its findings": (
        "package.yaml",
        "who: psychologist",
        "who: community_nurse",
        "community_nurse does not read findings of violence",
    ),
    "step for nobody known": ("package.yaml", "who: legal_adviser", "who: notary", "unknown who: notary"),
    "step for a finding of another objective": (
        "package.yaml",
        "for: [VCR_04]",
        "for: [VAI_01]",
        "unknown code: VAI_01",
    ),
    "code without a step": ("package.yaml", "for: [VEC_01]", "for: [VEC_02]", "no step for the code VEC_01"),
    "days that are no number": ("package.yaml", "days: 2\n", "days: soon\n", "days is a whole number"),
    "step without an English sentence": (
        "package.yaml",
        "          en: Registers with a family doctor\n",
        "",
        "text has no text in language en",
    ),
    "sentence split by a comma": (
        "package.yaml",
        "{ro: Toată lumea din casă are acte.,",
        "{ro: Toată lumea, din casă are acte.,",
        "a comma splits the sentence",
    ),
    "way that is not known": ("package.yaml", "opens: [home]", "opens: [house]", "unknown opens: house"),
    "way that leads back": (
        "package.yaml",
        "opens: [home]",
        "opens: [papers]",
        "papers can be opened only by an objective above it",
    ),
    "objective without its evidence": (
        "package.yaml",
        "    evidence: proposal\n",
        "    evidence: certain\n",
        "unknown evidence: certain",
    ),
    "priorities in no order": ("package.yaml", "at_least: 5", "at_least: 9", "at_least is above at_most"),
    "unknown basic service": (
        "package.yaml",
        "service: counselling",
        "service: counsel",
        "unknown service: counsel",
    ),
    "unknown intervention": (
        "package.yaml",
        "[SAI_09, SNF_09, STR_09]",
        "[SAI_99]",
        "unknown intervention code: SAI_99",
    ),
    "unknown nomenclature code": (
        "package.yaml",
        "[8891 CZ-C-I]",
        "[8891 CZ-C-X]",
        "unknown nomenclature code: 8891 CZ-C-X",
    ),
    "nothing due without a reason": (
        "package.yaml",
        "&grade_only Gradul descrie; pașii vin din codul VDH_01.",
        '&grade_only ""',
        "VDG_01 is missing",
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


@pytest.mark.sampled(one_in=2)
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
    "code with an objective and a reason": 2,
    "code without a step": 1000,
    "step without an English sentence": 4,
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
    assert [pack.name for pack in available_packs()] == ["older_person", "sci", "violence_risk"]


def test_a_town_adds_a_pack_of_its_own_but_not_under_a_name_of_the_product(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    monkeypatch.setattr(packs, "OWN", [own])
    for file in ("pack.yaml", "settings.csv"):
        text = (
            (folder / file)
            .read_text("utf-8")
            .replace("name: sci\n", "name: town\n")
            .replace(",sci,", ",town,")
        )
        (folder / file).write_text(text, "utf-8")
    folder.rename(own / "town")
    assert [pack.name for pack in available_packs()] == ["older_person", "sci", "town", "violence_risk"]
    assert load_pack("town").path == own / "town"
    (own / "town").rename(own / "sci")
    with pytest.raises(PackError, match="in the product's content too"):
        available_packs()


def test_what_is_in_force_is_the_last_whose_day_has_come(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(packs, "IN_FORCE", [tmp_path])
    for day, title in (("2026-01-01", "Întâi"), ("2026-02-02", "Apoi"), ("2999-01-01", "Cândva")):
        copied = Path(shutil.copytree(PACKS_DIR / "older_person", tmp_path / "older_person" / day))
        spoil(copied, "pack.yaml", "ro: Persoana vârstnică", f"ro: {title}")
    assert load_pack("older_person").title["ro"] == "Apoi"
    assert {pack.title["ro"] for pack in available_packs()} >= {"Apoi"}
    assert load_pack(PACKS_DIR / "older_person").title["ro"] == "Persoana vârstnică"


def test_codes_that_call_for_action_have_an_objective_or_come_from_others(sci: Pack) -> None:
    for code, rule in sci.rules.items():
        called = sci.package.objective_of(code)
        assert bool(called) == (rule.severity > 0 and not rule.derived_from), code
        assert bool(called) != (code in sci.package.reasons), code


def test_every_step_but_the_family_s_own_is_counted_by_an_intervention(sci: Pack) -> None:
    for objective in sci.package.objectives.values():
        for step in objective.steps:
            assert bool(step.interventions) == (step.role != "family"), step.text


def test_a_package_of_before_is_read_as_one_objective_for_each_code() -> None:
    former = former_pack("sci", "2026.2")
    assert former is not None
    papers = former.package.objectives["VAI_02"]
    assert (papers.of, papers.codes, papers.text["ro"]) == (
        "person", ("VAI_02",), "Persoana are act de identitate valabil.",
    )  # fmt: skip
    assert [(step.service, step.interventions) for step in papers.steps] == [
        ("information", ("SIO_01",)),
        ("individual_support", ("SAA_05", "SAI_09")),
        ("referral", ("STR_09", "SNF_09")),
    ]
    assert former.package.objective_of("LEVEL_SEVERE") is None


def test_lists_are_told_answers_of_open_compartments_alone(sci: Pack) -> None:
    assert sci.listed["family_doctor"].choices == ("no",)
    assert [int(number) for number in sci.listed["absences_30d"].at_least] == [1, 10, 20, 40]
    assert not {sci.facts[name].compartment for name in sci.listed} & sci.sealed


def test_texts_are_romanian_with_commas_below(sci: Pack) -> None:
    for file in ("pack.yaml", "rules.yaml", "package.yaml", "survey.csv", "choices.csv"):
        text = (sci.path / file).read_text(encoding="utf-8")
        assert not set("şţŞŢ") & set(text), file


def test_violence_and_abuse_are_kept_apart(sci: Pack) -> None:
    assert {code: sci.rules[code].compartment for code in ("VFV_01", "VFV_02", "VFV_03", "VFV_04")} == {
        "VFV_01": "violence", "VFV_02": "violence", "VFV_03": "violence", "VFV_04": "abuse",
    }  # fmt: skip
    assert sci.facts["violence_signs"].choice_compartments == {"abuse": "abuse"}
