"""One cause is one remark: what follows from it is folded, and only what is counted alike is compared."""

from dataclasses import replace

from punte.annual_plans.checks import Comparison, Remark, check
from punte.annual_plans.content import PlanContent
from tests.annual_plans.test_rules import (
    BED,
    COMPARISON,
    DAY,
    HOME,
    RATES,
    SLID,
    TEAM,
    kinds,
    plan,
    proposed,
    service,
    subsidy,
)


def one(content: PlanContent, kind: str, comparison: Comparison = COMPARISON) -> Remark:
    (found,) = (remark for remark in check(content, comparison) if remark.kind == kind)
    return found


def test_what_follows_from_a_slide_is_folded_under_it() -> None:
    slide = one(SLID, "amounts_shifted")
    assert [folded.row for folded in slide.folded] == ["subsidies-1", "subsidies-2", "subsidies-3"]
    assert "amount_missing" not in kinds(SLID, COMPARISON)


def test_a_code_over_its_line_is_one_remark_with_the_providers_that_alone_are_over_it() -> None:
    content = plan(
        existing=[service(), service("B"), service("C", provider="Alta", local=40_000)],
        subsidies=[subsidy(TEAM, 100_000)],
    )
    over = one(content, "code_over_line")
    assert (over.section, over.row) == ("subsidies", "subsidies-1")
    assert [folded.row for folded in over.folded] == ["existing-1"]


def test_money_for_codes_that_nobody_has_is_one_remark_with_its_sum() -> None:
    content = plan(
        existing=[service()],
        proposed=[proposed(code=BED)],
        subsidies=[subsidy(TEAM, 60_000), subsidy(DAY, 20_000), subsidy(BED, 30_000)],
    )
    kept = one(content, "code_without_provider")
    assert (kept.section, kept.row) == ("subsidies", "")
    for said in ("50", "2-3", BED):
        assert said in kept.message
    assert DAY not in kept.message


def test_a_cost_is_compared_with_services_counted_in_the_same_unit_only() -> None:
    a_day = service("Pe zi", local=100_000, code=HOME, capacity=4, capacity_unit="per_day")
    assert "cost_per_place" not in kinds(plan(existing=[*RATES, a_day]), COMPARISON)


def test_a_cost_in_another_unit_is_told_where_the_amount_is_for_a_round_number_of_places() -> None:
    """115,200 at 5,760 a place is for 20, beside 2 a day."""
    a_day = service("Pe zi", local=115_200, code=HOME, capacity=2, capacity_unit="per_day")
    assert "20" in one(plan(existing=[*RATES, a_day]), "cost_per_place").message


def test_a_service_of_the_directory_is_proposed_with_the_row_that_it_may_be() -> None:
    offered = {
        "a": ("Casa de tip familial „Aksza”", "Asociația Femeilor"),
        "b": ("Centru de zi „Casa Speranței”", "Asociația Dej"),
        "c": ("Centrul de zi Casa Speranța", "Fundația Charis"),
        "d": ("Centrul de plasament nr. 2", "Asociația Exemplu"),
    }
    content = plan(existing=[service("Casa de tip familial Casa Aksza", provider="Casa Aksza")])
    told = {
        remark.message.split(":")[0]: remark.message
        for remark in check(content, replace(COMPARISON, offered=offered))
        if remark.kind == "not_in_plan"
    }
    assert "Casa de tip familial Casa Aksza" in told["Asociația Femeilor"]
    assert "Fundația Charis" in told["Asociația Dej"]
    assert "Aksza" not in told["Asociația Exemplu"]
