"""Sentences that name the answers behind a finding, in good Romanian, and never what another may not see."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from punte.methodology.assess import Finding, assess
from punte.methodology.database import connect
from punte.methodology.explanations import explain_derived
from punte.methodology.model import Pack

VISIT = date(2026, 10, 15)
CHILD = {"member_id": "c", "birth_date": date(2015, 10, 15), "sex": "m"}


def found(pack: Pack, code: str, *members: dict[str, Any], **household: Any) -> Finding:
    result = assess(
        pack,
        [{"household_id": "h", "visit_date": VISIT} | household],
        [{"household_id": "h"} | member for member in members],
    )
    (finding,) = (finding for finding in result.findings if finding.code == code)
    return finding


def test_an_explanation_names_the_answers(sci: Pack) -> None:
    finding = found(sci, "VFC_01", CHILD | {"mother": "abroad", "father": "home"})
    assert finding.explanation == {
        "ro": "mama: în străinătate; tatăl: acasă",
        "en": "mother: abroad; father: at home",
    }


def test_an_explanation_of_several_reasons_names_those_that_hold(sci: Pack) -> None:
    finding = found(sci, "VLP_01", water="none", electricity=True, toilet=None, damp=True)
    assert finding.explanation["ro"] == "în locuință: lipsește apa, este igrasie sau mucegai"


def test_amounts_are_written_as_in_romanian(sci: Pack) -> None:
    finding = found(sci, "VGS_01", CHILD, monthly_income_lei=Decimal("412.55"))
    assert finding.explanation["ro"].startswith("venitul este de 412,55 lei pe lună")
    assert finding.explanation["ro"].endswith("între 366 de lei și dublu")
    assert "412.55 lei" in finding.explanation["en"]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "0 ani"), (1, "1 an"), (2, "2 ani"), (19, "19 ani"), (20, "20 de ani"), (34, "34 de ani"),
        (100, "100 de ani"), (101, "101 ani"), (119, "119 ani"), (120, "120 de ani"), (1250, "1.250 de ani"),
        (0.5, "0,50 ani"), (274.99, "274,99 ani"),
    ],
)  # fmt: skip
def test_counted_nouns_take_de_when_romanian_does(number: float, said: str) -> None:
    query = "SELECT counted_ro(?, 'an', 'ani', 'de ani')"
    assert connect().execute(query, [number]).fetchall() == [(said,)]


def test_less_than_a_year_is_said_in_words(sci: Pack) -> None:
    baby = {"member_id": "b", "birth_date": date(2026, 1, 1), "enrolled": "none"}
    assert found(sci, "VEC_01", baby).explanation["ro"] == "are sub un an și nu este în evidența unei creșe"


def test_every_rule_can_explain_itself_without_empty_places(sci: Pack) -> None:
    for rule in sci.rules.values():
        for language in ("ro", "en"):
            assert rule.explanation[language][0].islower() or rule.explanation[language].startswith("{")
            assert not rule.explanation[language].endswith(".")


@pytest.mark.parametrize("signs", ["violence", "abuse"])
def test_a_derived_finding_does_not_tell_of_violence(sci: Pack, signs: str) -> None:
    adult = {"member_id": "a", "birth_date": date(1980, 1, 1)}
    finding = found(sci, "VFC_06", CHILD, adult, violence_signs=signs)
    assert finding.because_of == ("VFV_03" if signs == "violence" else "VFV_04",)
    for text in finding.explanation.values():
        assert "viol" not in text.lower() and "abu" not in text.lower()


def test_a_derived_finding_names_what_stands_behind_it(sci: Pack) -> None:
    adult = {"member_id": "a", "birth_date": date(1980, 1, 1)}
    finding = found(
        sci,
        "VFC_06",
        CHILD,
        adult,
        violence_signs="violence",
        monthly_income_lei=100,
        water="none",
        damp=True,
    )
    assert finding.because_of == ("VFV_03", "VGS_02", "VLP_01")
    assert finding.explanation["ro"].endswith(": sărăcie extremă; condiții de locuire nesănătoase")
    seen = [code for code in finding.because_of if sci.rules[code].compartment == "general"]
    assert explain_derived(sci, "VFC_06", seen, "ro") == finding.explanation["ro"]
    assert explain_derived(sci, "VFC_06", finding.because_of, "ro").count("violență în familie") == 1
    assert explain_derived(sci, "VFC_06", [], "en").endswith("of the child or the household")


def test_housing_counts_only_together_with_extreme_poverty(sci: Pack) -> None:
    adult = {"member_id": "a", "birth_date": date(1980, 1, 1)}
    finding = found(sci, "VFC_06", CHILD, adult, violence_signs="abuse", water="none", damp=True)
    assert finding.because_of == ("VFV_04",)


def test_four_moderate_findings_make_the_level_severe(sci: Pack) -> None:
    adult = {"member_id": "a", "birth_date": date(1980, 1, 1)}
    moderate = CHILD | {"identity_document": False, "vaccinated": False, "medical_access": False}
    finding = found(sci, "LEVEL_SEVERE", moderate | {"disability": "uncertified"}, adult)
    assert set(finding.because_of) == {"VAI_01", "VSC_01", "VNS_02", "VDH_02"}
    with pytest.raises(ValueError, match="not enough"):
        found(sci, "LEVEL_SEVERE", moderate, adult)
