"""A device proposes the plan that the server proposes: the same objectives and steps, in the same order."""

from __future__ import annotations

import datetime as dt
import random
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from punte.assessments.models import Finding
from punte.cases.content import proposed_term
from punte.cases.drafting import copies, covered_by, proposals, rows_of
from punte.cases.models import Objective, PlannedService
from punte.cases.rules import STILL_OPEN
from punte.fieldwork.pull.packs import pack_parts
from punte.methodology.model import Pack
from punte.methodology.packs import available_packs
from tests.methodology.device import bundled, run

FAMILIES = 400
TODAY = dt.date(2026, 11, 22)
RUN = """
import { readFileSync } from "node:fs";
const { proposed, inOrder } = await import("./proposals.mjs");
const { parts, terms, today, families } = JSON.parse(readFileSync("./given.json", "utf-8"));
const said = families.map(({ findings, inForce, apart }) =>
  proposed({ findings: inOrder(findings), parts, terms, inForce, apart, today }));
process.stdout.write(JSON.stringify(said));
"""
PROGRESS = ["not_started", "under_way", "achieved", "given_up"]


@pytest.fixture(scope="module")
def sci() -> Pack:
    return next(pack for pack in available_packs() if pack.name == "sci")


def test_a_device_proposes_what_the_server_proposes(
    sci: Pack, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("device")
    bundled("teren/core/proposals.ts", folder)
    chance = random.Random(14)
    families = [_family(sci, chance) for _ in range(FAMILIES)]
    terms = {
        str(severity): (term - TODAY).days
        for severity in range(4)
        if (term := proposed_term(severity, TODAY))
    }
    given = {"parts": pack_parts(sci), "terms": terms, "today": TODAY.isoformat(), "families": families}
    on_device = run(RUN, given, folder)
    assert any(len(plan) > 3 for plan in on_device)
    assert any(objective["later"] for plan in on_device for objective in plan)
    assert any(len(step["findings"]) > 1 for plan in on_device for one in plan for step in one["steps"])
    for family, plan in zip(families, on_device, strict=True):
        assert plan == _on_server(sci, family)


def _family(pack: Pack, chance: random.Random) -> dict[str, Any]:
    people = [None, *(str(UUID(int=chance.getrandbits(128))) for _ in range(chance.randint(0, 3)))]
    findings = [
        _finding(pack, person, code) for person in people for code in chance.sample(sorted(pack.rules), 8)
    ]
    chance.shuffle(findings)
    kept = [_objective(one, chance) for one in findings if chance.random() < 0.2]
    plan = {"id": str(UUID(int=1)), "version": 1, "revision": 1, "objectives": kept}
    return {"findings": findings, "inForce": chance.choice([None, plan]), "apart": chance.random() < 0.2}


def _finding(pack: Pack, person: str | None, code: str) -> dict[str, Any]:
    rule = pack.rules[code]
    return {"person": person, "code": code, "severity": rule.severity, "compartment": rule.compartment}


def _objective(finding: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    step = {
        "id": str(UUID(int=chance.getrandbits(128))),
        "text": "Pas",
        "service": chance.choice(["", "counselling"]),
        "interventions": ["V1"],
        "referTo": [],
        "findings": [[finding["person"], finding["code"]]] if chance.random() < 0.5 else [],
        "role": chance.choice(["", "family", "community_nurse"]),
        "worker": None,
        "due": chance.choice([None, "2026-12-01"]),
        "done": chance.choice([None, "2026-11-01"]),
    }
    return {
        "id": str(UUID(int=chance.getrandbits(128))),
        "person": finding["person"],
        "text": "Obiectiv",
        "codes": [finding["code"]],
        "compartment": finding["compartment"],
        "due": chance.choice([None, "2026-12-24"]),
        "progress": chance.choice(PROGRESS),
        "later": chance.random() < 0.2,
        "steps": [step] * chance.randint(0, 2),
    }


def _on_server(pack: Pack, family: dict[str, Any]) -> list[dict[str, Any]]:
    """The plan as `draft_plan` makes it, from rows that are not saved."""
    in_force = family["inForce"]
    former = [_former(one) for one in in_force["objectives"]] if in_force else []
    kept, kept_steps = copies([one for one in former if one.progress in STILL_OPEN])  # type: ignore[arg-type]
    findings = [
        Finding(
            person_id=_person(one["person"]),
            **{name: one[name] for name in ("code", "severity", "compartment")},
        )
        for one in family["findings"]
    ]
    findings.sort(key=lambda one: (-one.severity, one.code))
    before = sum(1 for one in kept if not one.later)
    covered = covered_by(kept, kept_steps)
    proposed = proposals(findings, pack.package, covered=covered, kept=before, apart=family["apart"])
    new, new_steps = rows_of(proposed, today=TODAY, into=kept)
    steps = [*kept_steps, *new_steps]
    return [_written(one, [step for step in steps if step.objective is one]) for one in [*kept, *new]]


def _former(said: dict[str, Any]) -> SimpleNamespace:
    steps = [
        SimpleNamespace(
            position=position,
            text=step["text"],
            service=step["service"],
            interventions=step["interventions"],
            refer_to=step["referTo"],
            findings=step["findings"],
            role=step["role"],
            worker_id=step["worker"],
            due_on=_day(step["due"]),
            done_on=_day(step["done"]),
        )
        for position, step in enumerate(said["steps"])
    ]
    return SimpleNamespace(
        person_id=_person(said["person"]),
        text=said["text"],
        codes=said["codes"],
        compartment=said["compartment"],
        due_on=_day(said["due"]),
        progress=said["progress"],
        later=said["later"],
        steps=SimpleNamespace(all=lambda: steps),
    )


def _person(text: str | None) -> UUID | None:
    return UUID(text) if text else None


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _written(objective: Objective, steps: list[PlannedService]) -> dict[str, Any]:
    return {
        "id": None,
        "person": str(objective.person_id) if objective.person_id else None,
        "text": objective.text,
        "codes": objective.codes,
        "compartment": objective.compartment,
        "due": objective.due_on.isoformat() if objective.due_on else None,
        "progress": str(objective.progress),
        "later": objective.later,
        "steps": [
            {
                "id": None,
                "text": step.text,
                "service": step.service,
                "interventions": step.interventions,
                "referTo": step.refer_to,
                "findings": step.findings,
                "role": step.role,
                "worker": step.worker_id,
                "due": step.due_on.isoformat() if step.due_on else None,
                "done": step.done_on.isoformat() if step.done_on else None,
            }
            for step in sorted(steps, key=lambda step: step.position)
        ],
    }
