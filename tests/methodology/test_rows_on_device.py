"""A device reads a filled questionnaire as the server does: the same rows, and so the same findings."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from punte.methodology.assess import assess
from punte.methodology.forms import instance_for, rows_from_instance
from punte.methodology.javascript import compile_pack
from punte.methodology.model import Fact, Pack
from punte.methodology.packs import load_pack
from tests.methodology.device import FRONTEND, bundled, run
from tests.methodology.tables import invented

INSTANCES = 400
RUN = f"""
import {{ readFileSync, writeFileSync }} from "node:fs";
import {{ createRequire }} from "node:module";
const {{ JSDOM }} = createRequire("{FRONTEND}/package.json")("jsdom");
const parser = new (new JSDOM("").window.DOMParser)();
const {{ rowsOf }} = await import("./rows.mjs");
const {{ Assessor }} = await import("./assess.mjs");
const compiled = await import("./pack.mjs");
const assessor = new Assessor(compiled);
const given = JSON.parse(readFileSync("./given.json", "utf-8"));
const said = given.map((xml) => {{
  const began = performance.now();
  const rows = rowsOf(compiled.pack, parser.parseFromString(xml, "text/xml"));
  const {{ findings, notAssessed }} = assessor.assess(rows.household, rows.members.map((member) => ({{ ...member }})));
  return {{ ...rows, findings, notAssessed, milliseconds: performance.now() - began }};
}});
process.stdout.write(JSON.stringify(said));
"""


@pytest.fixture(scope="module")
def said(sci: Pack, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, dict[str, Any]]]:
    """Instances of every kind with what a device reads in them."""
    folder = tmp_path_factory.mktemp("device")
    bundled("teren/core/rows.ts", folder)
    bundled("findings/assess.ts", folder)
    (folder / "pack.mjs").write_text(compile_pack(sci), encoding="utf-8")
    instances = [_instance(sci, random.Random(seed), seed) for seed in range(INSTANCES)]
    return list(zip(instances, run(RUN, instances, folder), strict=True))


def test_a_device_reads_the_rows_that_the_server_reads(
    sci: Pack, said: list[tuple[str, dict[str, Any]]]
) -> None:
    for instance, on_device in said:
        on_server = rows_from_instance(sci, instance.encode())
        assert on_device["household"] == _plain(on_server.household)
        assert on_device["members"] == [_plain(member) for member in on_server.members]
        assert on_device["visitedOn"] == on_server.household["visit_date"].isoformat()  # type: ignore[union-attr]
        assert [_who(one) for one in on_device["people"]] == [
            _identified(one) for one in on_server.identities
        ]


def test_the_same_answers_give_the_same_findings(sci: Pack, said: list[tuple[str, dict[str, Any]]]) -> None:
    read = [rows_from_instance(sci, instance.encode()) for instance, _ in said]
    assessed = assess(
        sci, [one.household for one in read], [member for one in read for member in one.members]
    )
    for one, (_, on_device) in zip(read, said, strict=True):
        key = one.household["household_id"]
        found = {(each.member_id, each.code) for each in assessed.findings if each.household_id == key}
        assert found == {(each["memberId"], each["code"]) for each in on_device["findings"]}
        missing = {(each.member_id, each.code) for each in assessed.not_assessed if each.household_id == key}
        assert missing == {(each["memberId"], each["code"]) for each in on_device["notAssessed"]}


def test_a_questionnaire_about_one_person_is_read_alike(tmp_path: Path) -> None:
    pack, instances = load_pack("older_person"), []
    bundled("teren/core/rows.ts", tmp_path)
    bundled("findings/assess.ts", tmp_path)
    (tmp_path / "pack.mjs").write_text(compile_pack(pack), encoding="utf-8")
    for seed in range(60):
        chance = random.Random(seed)
        facts = {one.name: _any_answer(one, chance) for one in pack.facts_of("member")}
        told = {**facts, "member_id": f"m{seed}"}
        instances.append(instance_for(pack, {"household_id": f"h{seed}"}, [told], f"uuid:{seed}"))
    for instance, on_device in zip(instances, run(RUN, instances, tmp_path), strict=True):
        read = rows_from_instance(pack, instance.encode())
        assert on_device["members"] == [_plain(member) for member in read.members]
        assessed = assess(pack, [read.household], read.members)
        on_server = {(one.code, one.explanation["ro"]) for one in assessed.findings}
        assert on_server == {(one["code"], one["explanation"]["ro"]) for one in on_device["findings"]}
        missing = {(one.code, one.missing) for one in assessed.not_assessed}
        assert missing == {(one["code"], tuple(one["missing"])) for one in on_device["notAssessed"]}


def _any_answer(fact: Fact, chance: random.Random) -> Any:
    if chance.random() < 0.2:
        return None
    return chance.random() < 0.5 if fact.type == "yesno" else chance.choice([*fact.choices, None])


def _instance(pack: Pack, chance: random.Random, seed: int) -> str:
    """A filled questionnaire: answered, not answered, or with the questions that do not apply left out."""
    household, members = invented(pack, chance, f"10000000-0000-4000-8000-{seed:012}")
    household["visit_date"] = household["visit_date"] or date(2026, 11, 22)
    household = {name: _written(pack.facts[name], value, chance) for name, value in household.items()}
    people = []
    for number, member in enumerate(members):
        answers = {name: _written(pack.facts[name], value, chance) for name, value in member.items()}
        names = {
            "family_name": chance.choice(["Țăran & Fiii", "O'Neil", "Ștefan"]),
            "given_name": f"P{number}",
        }
        people.append({**answers, **names, "kinship": chance.choice([None, *_kinships(pack)])})
    xml = instance_for(
        pack,
        household,
        people,
        f"uuid:20000000-0000-4000-8000-{seed:012}",
        visit_date=household["visit_date"],
    )
    return _without_some(xml, chance)


def _kinships(pack: Pack) -> list[str]:
    return sorted(pack.questions["kinship"].choices)


def _written(fact: Fact, value: Any, chance: random.Random) -> Any:
    """The answer as an engine may write it."""
    if value is None or fact.type not in ("integer", "decimal"):
        return value
    if fact.type == "decimal":
        return Decimal(str(value))
    return f"{value}.0" if chance.random() < 0.2 else f" {value} "


def _without_some(xml: str, chance: random.Random) -> str:
    """Some engines leave the node of a question that does not apply out altogether."""
    for name in chance.sample(["heating", "damp", "mother", "father", "literate", "pregnant"], 2):
        xml = xml.replace(f"<{name} />", "").replace(f"<{name}/>", "")
    return xml


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _number(value) for name, value in row.items()}


def _number(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


def _who(member: dict[str, Any]) -> tuple[Any, ...]:
    names = ("person", "familyName", "givenName", "birthDate", "sex", "relation")
    return tuple(member[name] or None for name in names)


def _identified(identity: dict[str, Any]) -> tuple[Any, ...]:
    names = ("member_id", "family_name", "given_name", "birth_date", "sex", "kinship")
    return tuple(_number(identity[name]) or None for name in names)
