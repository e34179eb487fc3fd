"""What a service decides in `content/office.yaml`, and what is refused there."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from punte.accounts.enums import Role
from punte.cases.enums import CaseDeed, Regime
from punte.cases.policy import ageing_bounds, approval_rules, caseload_norm
from punte.kernel.evidence import EVIDENCE
from punte.kernel.office_rules import OfficeRulesError, section


@pytest.fixture
def office(tmp_path: Path, settings: Any) -> dict[str, Any]:
    """The sections of a file of its own, written anew by `put`."""
    read: dict[str, Any] = yaml.safe_load((settings.CONTENT / "office.yaml").read_text(encoding="utf-8"))
    settings.CONTENT = tmp_path
    return read


def put(office: dict[str, Any], path: Path) -> None:
    (path / "office.yaml").write_text(yaml.safe_dump(office), encoding="utf-8")


def test_what_ships_says_where_it_comes_from_and_asks_for_nothing_that_a_law_would_have_to_say() -> None:
    for name in ("caseload", "ageing", "next_annual_plan"):
        said = section(name)
        assert said["source"] and said["evidence"] in EVIDENCE, name
    for row in section("approvals"):
        assert row["source"] and row["evidence"] in EVIDENCE, row["deed"]
        assert not row["active"] or row["evidence"] == "seed", row["deed"]
    # Who agrees to a step of a register stands in the file of that register.
    assert {row["deed"] for row in section("approvals")} == set(CaseDeed.values) - {CaseDeed.MOVE_ENTRY}
    assert CaseDeed.CLOSE_CASE not in approval_rules()
    assert approval_rules()[CaseDeed.ADOPT_PLAN].asked_of == {Role.TRAINEE}


def test_the_norm_weighs_cases_by_their_regime() -> None:
    norm = caseload_norm()
    assert norm.weight({Regime.INTENSIVE: 2, Regime.MONITORING: 1}) == 2 * 3 + 1
    assert ageing_bounds().unseen_days == (30, 90)


@pytest.mark.parametrize(
    ("name", "change", "read"),
    [
        ("approvals", [{"deed": "dance", "active": True}], approval_rules),
        ("approvals", [{"deed": "close_case"}], approval_rules),
        (
            "approvals",
            [{"deed": "close_case", "active": True, "asked_of": ["trainee"], "given_by": []}],
            approval_rules,
        ),
        (
            "approvals",
            [{"deed": "close_case", "active": True, "asked_of": ["king"], "given_by": ["coordinator"]}],
            approval_rules,
        ),
        ("approvals", None, approval_rules),
        ("caseload", {"weights": {"intensive": 3}, "norm": 60}, caseload_norm),
        (
            "caseload",
            {"weights": {"intensive": 3, "standard": 2, "monitoring": -1}, "norm": 60},
            caseload_norm,
        ),
        ("caseload", {"weights": {"intensive": 3, "standard": 2, "monitoring": 1}, "norm": 0}, caseload_norm),
        ("caseload", [], caseload_norm),
        ("ageing", {"open_months": [12, 3], "unseen_days": [30, 90]}, ageing_bounds),
        ("ageing", {"open_months": [3], "unseen_days": [30, 90]}, ageing_bounds),
        ("ageing", {"open_months": [3, "x"], "unseen_days": [30, 90]}, ageing_bounds),
    ],
)
def test_a_section_that_says_what_cannot_be_is_refused_by_name(
    office: dict[str, Any], tmp_path: Path, name: str, change: Any, read: Any
) -> None:
    office[name] = change
    put(office, tmp_path)
    with pytest.raises(OfficeRulesError, match=name):
        read()


def test_the_file_is_read_anew_when_it_changes(office: dict[str, Any], tmp_path: Path) -> None:
    put(office, tmp_path)
    assert caseload_norm().norm == 60
    office["caseload"]["norm"] = 45
    put(office, tmp_path)
    assert caseload_norm().norm == 45
    del office["caseload"]
    put(office, tmp_path)
    with pytest.raises(OfficeRulesError, match="caseload"):
        caseload_norm()
