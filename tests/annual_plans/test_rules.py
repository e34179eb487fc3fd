"""Each rule of the check finds what it is for, and keeps silent when it is mended."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from punte.annual_plans.checks import RULES, Comparison, check
from punte.annual_plans.checks.advice import ADVICE
from punte.annual_plans.checks.remark import OtherCapacity
from punte.annual_plans.content import (
    CampaignLine,
    ConsultedLine,
    EligibleLine,
    NewServiceLine,
    PlanContent,
    ServiceLine,
    SubsidyLine,
    TextLine,
    TrainingLine,
    line_from,
)
from punte.annual_plans.enums import Section

HOME, DAY, BED, TEAM = "8810 ID-I", "8891 CZ-C-II", "8730 CR-V-I", "8899 CZ-PN-V"
COMPARISON = Comparison(
    codes={HOME: "Îngrijire la domiciliu", DAY: "Centre de zi", BED: "Cămine", TEAM: "Asistență comunitară"},
    modes={HOME: "home", DAY: "day", BED: "residential", TEAM: "community"},
)


def money(amount: int | None) -> Decimal | None:
    return None if amount is None else Decimal(amount)


def service(name: str = "Sprijin", *, local: int | None = 60_000, **fields: Any) -> ServiceLine:
    made = {"provider": "Asociația Exemplu", "code": TEAM, "capacity": 10, "occupancy": Decimal(90), **fields}
    made.setdefault("code_printed", made["code"])
    made.setdefault("capacity_printed", str(made["capacity"] or ""))
    return ServiceLine(name=name, local=money(local), **made)


def subsidy(code: str, amount: int | None, **fields: Any) -> SubsidyLine:
    return SubsidyLine(code=code, amount=money(amount), **{"code_printed": code, "cpv": "85300000", **fields})


def eligible(code: str, name: str = "Servicii", **fields: Any) -> EligibleLine:
    return EligibleLine(code=code, name=name, **{"code_printed": code, **fields})


def proposed(**fields: Any) -> NewServiceLine:
    whole = {
        "name": "Cămin pentru vârstnici", "code": BED, "code_printed": BED, "per_day": 20, "places": 20,
        "area": Decimal(300), "staff": "10 îngrijitori", "local": Decimal(900_000), "justification": "Lipsesc locuri",
    }  # fmt: skip
    return NewServiceLine(**{**whole, **fields})


def campaign(name: str = "Fii informat!", **fields: Any) -> CampaignLine:
    whole = {
        "objectives": "Drepturile copiilor", "period": "martie 2024", "starts": dt.date(2024, 3, 1),
        "ends": dt.date(2024, 3, 31), "responsible": "Echipa Centrului de zi Floarea",
    }  # fmt: skip
    return CampaignLine(name=name, **{**whole, **fields})


def plan(subsidy_budget: int | None = None, **sections: list[Any]) -> PlanContent:
    """A plan with the given rows, numbered in their order where the table has numbers."""
    rows = {}
    for name, lines in sections.items():
        placed = []
        for at, line in enumerate(lines, start=1):
            number = {"number": at} if getattr(line, "number", 0) is None else {}
            placed.append(replace(line, id=f"{name}-{at}", section=name, position=at, **number))
        rows[name] = tuple(placed)
    return PlanContent(
        organization="Primăria Exemplu",
        owner="own",
        year=2024,
        title="Plan",
        grants_budget=None,
        subsidy_budget=money(subsidy_budget),
        rows=rows,
    )


def text(said: str, **fields: Any) -> TextLine:
    return TextLine(text=said, **fields)


def sizes(*capacities: int, **fields: Any) -> PlanContent:
    """Services of one code with the given capacities."""
    return plan(existing=[service(str(at), capacity=size, **fields) for at, size in enumerate(capacities)])


SLID = plan(
    existing=[service(code=TEAM), service("Zi", code=DAY, local=300_000)],
    subsidies=[subsidy(HOME, None), subsidy(TEAM, 10_000), subsidy(DAY, 60_000), subsidy("", 300_000)],
)
MOVED = plan(
    existing=[service(code=TEAM), service("Zi", code=DAY, local=300_000)],
    subsidies=[subsidy(HOME, 10_000), subsidy(TEAM, 60_000), subsidy(DAY, 300_000)],
)
RATES = [service(str(at), local=local, code=HOME) for at, local in enumerate((57_600, 57_600, 57_600))]
BEFORE = plan(existing=[service("Centrul vechi", service="old")])

CASES: dict[str, tuple[PlanContent, PlanContent, Comparison]] = {
    "code_missing": (plan(existing=[service(code="")]), plan(existing=[service()]), COMPARISON),
    "code_misspelt": (
        plan(existing=[service(code_printed="8899 CZPN-V")]),
        plan(existing=[service(code_printed="8899CZ-PN-V")]),
        COMPARISON,
    ),
    "code_spacing": (plan(existing=[service(code_printed="8899CZ-PN-V")]), plan(existing=[service()]), COMPARISON),
    "code_unknown": (
        plan(existing=[service(code="", code_printed="8899 CZ-XX")]),
        plan(existing=[service()]),
        COMPARISON,
    ),
    "cell_shifted": (
        plan(eligible=[eligible(DAY, code_printed="Familie cu copii")]),
        plan(eligible=[eligible(DAY)]),
        COMPARISON,
    ),
    "code_twice": (
        plan(subsidies=[subsidy(DAY, 5), subsidy(DAY, 6)]),
        plan(subsidies=[subsidy(DAY, 5), subsidy(HOME, 6)]),
        COMPARISON,
    ),
    "code_lists_differ": (
        plan(eligible=[eligible(DAY)], subsidies=[subsidy(DAY, 5), subsidy(HOME, 5)]),
        plan(eligible=[eligible(DAY)], subsidies=[subsidy(DAY, 5)]),
        COMPARISON,
    ),
    "code_not_eligible": (
        plan(existing=[service(code=HOME)], eligible=[eligible(DAY)]),
        plan(existing=[service(code=HOME), service("B", code=TEAM, local=None)], eligible=[eligible(HOME)]),
        COMPARISON,
    ),
    "code_without_provider": (
        plan(existing=[service()], subsidies=[subsidy(DAY, 20_000)]),
        plan(existing=[service()], subsidies=[subsidy(TEAM, 60_000)]),
        COMPARISON,
    ),
    "code_outside_list": (
        plan(existing=[service(local=None)], eligible=[eligible(DAY)]),
        plan(existing=[service()], eligible=[eligible(TEAM)]),
        COMPARISON,
    ),
    "code_of_another_kind": (
        plan(existing=[service("Centrul de zi pentru vârstnici", code=HOME)]),
        plan(existing=[service("Îngrijire la domiciliu", code=HOME)]),
        COMPARISON,
    ),
    "amounts_shifted": (SLID, MOVED, COMPARISON),
    "amount_missing": (plan(subsidies=[subsidy(DAY, None)]), plan(subsidies=[subsidy(DAY, 5)]), COMPARISON),
    "subsidy_total": (
        plan(100, subsidies=[subsidy(DAY, 60), subsidy(HOME, 50)]),
        plan(110, subsidies=[subsidy(DAY, 60), subsidy(HOME, 50)]),
        COMPARISON,
    ),
    "programme_over_total": (
        plan(50_000, existing=[service(local=60_000)]),
        plan(50_000, existing=[service(local=60_000, organization="own")]),
        COMPARISON,
    ),
    "code_over_line": (
        plan(existing=[service(), service("B", provider="Alta")], subsidies=[subsidy(TEAM, 100_000)]),
        plan(existing=[service(), service("B", provider="Alta")], subsidies=[subsidy(TEAM, 120_000)]),
        COMPARISON,
    ),
    "cost_per_place": (
        plan(existing=[*RATES, service("Scump", local=345_600, code=HOME)]),
        plan(existing=[*RATES, service("La fel", local=60_000, code=HOME)]),
        COMPARISON,
    ),
    "own_below_subsidy": (
        plan(existing=[service(), service("Al nostru", local=5_000, organization="own")]),
        plan(existing=[service(), service("Al nostru", local=50_000, organization="own")]),
        COMPARISON,
    ),
    "cost_standard": (
        plan(existing=[service("Al nostru", local=5_000, organization="own")]),
        plan(existing=[service("Al nostru", local=5_000_000, organization="own")]),
        replace(COMPARISON, standards={DAY: (Decimal(20_000), "HG 426/2020"), TEAM: (Decimal(20_000), "HG")}),
    ),
    "no_budget": (plan(existing=[service(local=None)]), plan(existing=[service()]), COMPARISON),
    "contributions_alone": (
        plan(existing=[service(local=None, contributions=Decimal(175_000))]),
        plan(existing=[service(contributions=Decimal(175_000))]),
        COMPARISON,
    ),
    "cpv_missing": (plan(subsidies=[subsidy(DAY, 5, cpv="")]), plan(subsidies=[subsidy(DAY, 5)]), COMPARISON),
    "proposal_incomplete": (
        plan(proposed=[proposed(local=None, budget_words="Buget local", justification="")]),
        plan(proposed=[proposed()]),
        COMPARISON,
    ),
    "training_incomplete": (
        plan(training=[TrainingLine(category="Voluntari", persons=20)]),
        plan(training=[TrainingLine(category="Voluntari", persons=20, amount=Decimal(10))]),
        COMPARISON,
    ),
    "capacity_missing": (plan(existing=[service(capacity=None)]), plan(existing=[service()]), COMPARISON),
    "capacity_unclear": (
        plan(existing=[service(capacity=None, capacity_printed="140 AMP")]),
        plan(existing=[service()]),
        COMPARISON,
    ),
    "capacity_zero": (plan(existing=[service(capacity=0)]), plan(existing=[service()]), COMPARISON),
    "capacity_far_off": (
        sizes(30, 30, 25, 35, 30, 600, capacity_unit="per_month"),
        sizes(30, 30, 25, 35, 30, 90, capacity_unit="per_month"),
        COMPARISON,
    ),
    "capacity_unit_unclear": (
        sizes(30, 30, 25, 35, 30, 600),
        sizes(30, 30, 25, 35, 30, 600, capacity_unit="per_month"),
        COMPARISON,
    ),
    "capacity_differs": (
        plan(existing=[service(service="s", capacity=16)]),
        plan(existing=[service(service="s", capacity=15)]),
        replace(COMPARISON, capacities={"s": [OtherCapacity(15, "places", 2022, "said")]}),
    ),
    "stacked_values": (
        plan(proposed=[proposed(per_day_printed="30; 30")]),
        plan(proposed=[proposed(per_day_printed="60")]),
        COMPARISON,
    ),
    "occupancy_without_capacity": (
        plan(existing=[service(capacity=None)]),
        plan(existing=[service(capacity=None, occupancy=None)]),
        COMPARISON,
    ),
    "occupancy_impossible": (
        plan(existing=[service(occupancy=Decimal(120)), service("B", occupancy=Decimal(0))]),
        plan(existing=[service(occupancy=Decimal(100))]),
        COMPARISON,
    ),
    "occupancy_missing": (plan(existing=[service(occupancy=None)]), plan(existing=[service()]), COMPARISON),
    "occupancy_not_reported": (
        plan(existing=[service(occupancy=None, local=None)]),
        plan(existing=[service(local=None)]),
        COMPARISON,
    ),
    "same_service_twice": (
        plan(existing=[service("Casa de zi"), service("Casa  de Zi")]),
        plan(existing=[service("Casa de zi"), service("Casa de zi", provider="Alta")]),
        COMPARISON,
    ),
    "gone_without_a_word": (
        plan(existing=[service("Centrul nou")]),
        plan(existing=[service("Centrul mutat", service="old")]),
        replace(COMPARISON, before=BEFORE),
    ),
    "not_in_plan": (
        plan(existing=[service()]),
        plan(existing=[service(service="s")]),
        replace(COMPARISON, offered={"s": ("Centrul de zi", "Asociația Exemplu")}),
    ),
    "numbering": (
        plan(campaigns=[campaign(number=1), campaign("B", number=3)]),
        plan(campaigns=[campaign(number=1), campaign("B", number=2)]),
        COMPARISON,
    ),
    "foreign_letters": (
        plan(consultation=[ConsultedLine(name="Asociația neuro-psihiци")]),
        plan(consultation=[ConsultedLine(name="Asociația neuro-psihici")]),
        COMPARISON,
    ),
    "word_twice": (
        plan(legal_basis=[text("Hotărârea nr. 788/2022 2022")]),
        plan(legal_basis=[text("Hotărârea nr. 788/2022 privind 2022")]),
        COMPARISON,
    ),
    "quotes_open": (
        plan(existing=[service("Cămin „Sfântul Kamill,")]),
        plan(existing=[service("Cămin „Sfântul Kamill”")]),
        COMPARISON,
    ),
    "quotes_mixed": (
        plan(campaigns=[campaign('Campania "Riscul metabolic”')]),
        plan(campaigns=[campaign("Campania „Riscul metabolic”")]),
        COMPARISON,
    ),
    "read_otherwise": (
        plan(consultation=[ConsultedLine(name="AFMC Christiana", organization="c")]),
        plan(consultation=[ConsultedLine(name="Asociația  CHRISTIANA", organization="c")]),
        replace(COMPARISON, providers={"c": "Asociația Christiana"}),
    ),
    "stray_punctuation": (
        plan(consultation=[ConsultedLine(name="Organizația, Creștină „Ecce Homo”", organization="e")]),
        plan(consultation=[ConsultedLine(name="Organizația Creștină „Ecce Homo”", organization="e")]),
        replace(COMPARISON, providers={"e": "Organizația Creștină Ecce Homo"}),
    ),
    "act_with_two_titles": (
        plan(
            legal_basis=[text("H.G. nr. 490/2022 pentru aprobarea Strategiei privind drepturile persoanelor")],
            contracting=[text("Hotărârea Guvernului nr. 490/2022 privind incluziunea socială a tuturor")],
        ),
        plan(
            legal_basis=[text("H.G. nr. 490/2022 pentru aprobarea Strategiei privind drepturile persoanelor")],
            contracting=[text("HG 490/2022 pentru aprobarea strategiei privind drepturile persoanelor; și altele")],
        ),
        COMPARISON,
    ),
    "count_in_words": (
        plan(existing=[service(), service("B")], information=[text("Cele 11 servicii sunt gratuite")]),
        plan(existing=[service(), service("B")], information=[text("Cele două servicii sunt gratuite")]),
        COMPARISON,
    ),
    "draft_mark": (plan(existing=[service(remark="SE INTRODUC")]), plan(existing=[service()]), COMPARISON),
    "left_blank": (
        plan(signatures=[text("Anexa la Hotărârea nr. _____/2023")]),
        plan(signatures=[text("Anexa la Hotărârea nr. 5/2023")]),
        COMPARISON,
    ),
    "stray_number": (
        plan(eligible=[eligible(DAY, "4 Servicii de îngrijire", number=34)]),
        plan(eligible=[eligible(DAY, "10 Cluburi", number=34)]),
        COMPARISON,
    ),
    "spelled_two_ways": (
        plan(campaigns=[campaign(), campaign("B", responsible="Echipea Centrului de zi Floarea")]),
        plan(existing=[service(provider="Protopopiatul I"), service("B", provider="Protopopiatul II")]),
        COMPARISON,
    ),
    "other_year": (
        plan(legal_basis=[text("Procesul verbal pentru anul 2023")]),
        plan(legal_basis=[text("Procesul verbal pentru anul 2024")]),
        COMPARISON,
    ),
    "period_over": (
        plan(legal_basis=[text("Strategia 2021-2023")]),
        plan(legal_basis=[text("Strategia 2021–2030")]),
        COMPARISON,
    ),
    "consulted_unknown": (
        plan(existing=[service()], consultation=[ConsultedLine(name="Fundația Alta")]),
        plan(existing=[service()], consultation=[ConsultedLine(name="ASOCIAȚIA EXEMPLU")]),
        COMPARISON,
    ),
    "consulted_twice": (
        plan(consultation=[ConsultedLine(name=name, organization="a") for name in ("APAHM", "Protheus")]),
        plan(consultation=[ConsultedLine(name=name, organization=name) for name in ("APAHM", "Protheus")]),
        COMPARISON,
    ),
    "not_consulted": (
        plan(existing=[service()], consultation=[ConsultedLine(name="Fundația Alta")]),
        plan(existing=[service()], consultation=[ConsultedLine(name="Asociația Exemplu")]),
        COMPARISON,
    ),
    "campaign_count": (
        plan(information=[text("prin Centrul de zi Floarea, 3 campanii")], campaigns=[campaign()]),
        plan(information=[text("prin Centrul de zi Floarea, 1 campanii")], campaigns=[campaign()]),
        COMPARISON,
    ),
    "campaign_without_month": (
        plan(campaigns=[campaign(period="2024", starts=None, ends=None)]),
        plan(campaigns=[campaign()]),
        COMPARISON,
    ),
    "campaign_period": (
        plan(campaigns=[campaign(period="Martie 2024 Iunie 2024")]),
        plan(campaigns=[campaign(period="Martie - Iunie 2024")]),
        COMPARISON,
    ),
    "campaign_repeated": (
        plan(campaigns=[campaign(), campaign("Alt nume")]),
        plan(campaigns=[campaign(), campaign("Alt nume", objectives="Sănătatea vârstnicilor")]),
        COMPARISON,
    ),
    "campaign_nobody": (plan(campaigns=[campaign(responsible="")]), plan(campaigns=[campaign()]), COMPARISON),
}  # fmt: skip


def kinds(content: PlanContent, comparison: Comparison) -> set[str]:
    return {remark.kind for remark in check(content, comparison)}


def test_every_rule_has_its_case() -> None:
    assert set(CASES) == set(RULES)


@pytest.mark.parametrize("kind", sorted(CASES))
def test_a_rule_finds_what_it_is_for_and_nothing_once_it_is_mended(kind: str) -> None:
    wrong, mended, comparison = CASES[kind]
    assert kind in kinds(wrong, comparison)
    assert kind not in kinds(mended, comparison)


def test_a_plan_without_a_fault_has_no_remark() -> None:
    sound = plan(
        160_000,
        existing=[service(service="s"), service("Îngrijire la domiciliu", code=HOME, local=100_000)],
        proposed=[proposed()],
        eligible=[eligible(TEAM), eligible(HOME)],
        subsidies=[subsidy(TEAM, 60_000), subsidy(HOME, 100_000)],
        consultation=[ConsultedLine(name="Asociația Exemplu")],
        campaigns=[campaign()],
        training=[TrainingLine(category="Asistenți", persons=3, amount=Decimal(100))],
    )
    assert check(sound, COMPARISON) == []


def test_a_remark_names_its_place_and_its_row() -> None:
    (found,) = (one for one in check(CASES["capacity_zero"][0], COMPARISON) if one.kind == "capacity_zero")
    assert (found.section, found.row) == ("existing", "existing-1")
    assert "I.A" in found.place
    assert "Sprijin" in found.place


def test_every_remark_says_what_to_do() -> None:
    assert set(ADVICE) == set(RULES)
    assert all(remark.advice for remark in check(SLID, COMPARISON))


def test_amounts_that_slid_are_read_moved_back() -> None:
    """The line of TEAM prints 10,000, which is the amount of the code above it; its own is 60,000."""
    assert "code_over_line" not in kinds(SLID, COMPARISON)


def test_a_service_that_the_directory_says_is_closed_is_not_gone_without_a_word() -> None:
    wrong, _mended, comparison = CASES["gone_without_a_word"]
    assert "gone_without_a_word" not in kinds(wrong, replace(comparison, closed={"old": "no money"}))


def test_a_row_reads_its_plain_values() -> None:
    line = line_from(Section.CAMPAIGNS, {"name": "Zile", "starts": "2024-03-01", "number": "2", "ends": ""})
    assert line == CampaignLine(name="Zile", starts=dt.date(2024, 3, 1), number=2)
