"""A device finds what the server finds, in the same words: the rules are compiled, not written again."""

from __future__ import annotations

import json
import random
import subprocess
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from punte.methodology.assess import Assessed, assess
from punte.methodology.javascript import compile_pack
from punte.methodology.model import Pack
from punte.methodology.packs import load_pack
from tests import WHOLE
from tests.methodology.tables import invented

FRONTEND = Path(__file__).resolve().parents[2] / "frontend"
HOUSEHOLDS = 10_000 if WHOLE else 1_000
RUN = """
import { readFileSync } from "node:fs";
const { Assessor } = await import("./assess.mjs");
const assessor = new Assessor(await import("./pack.mjs"));
const homes = JSON.parse(readFileSync("./homes.json", "utf-8"));
process.stdout.write(JSON.stringify(homes.map(([household, members]) => assessor.assess(household, members))));
"""


@pytest.fixture(scope="module")
def device(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the front end's own code, as a device runs it."""
    folder = tmp_path_factory.mktemp("device")
    bundle = [FRONTEND / "node_modules/.bin/rolldown", FRONTEND / "src/findings/assess.ts", "--format", "esm"]
    subprocess.run([*bundle, "-o", folder / "assess.mjs"], check=True, capture_output=True, cwd=FRONTEND)
    (folder / "run.mjs").write_text(RUN, encoding="utf-8")
    return folder


@pytest.mark.long
def test_device_and_server_agree_on_every_finding_and_on_all_that_is_missing(sci: Pack, device: Path) -> None:
    chance = random.Random(2026)
    homes = [invented(sci, chance, f"h{number}") for number in range(HOUSEHOLDS)]
    on_device = _run(sci, device, homes)
    on_server = assess(
        sci, [home for home, _ in homes], [member for _, members in homes for member in members]
    )
    expected = _by_household(on_server)
    for (household, _members), found in zip(homes, on_device, strict=True):
        assert _said(found) == expected[household["household_id"]]


def test_device_and_server_agree_on_every_score(device: Path) -> None:
    older, chance = load_pack("older_person"), random.Random(886)
    homes = [invented(older, chance, f"h{number}") for number in range(200)]
    answered = {"alone": 3, "help": 1, "cannot": 1}
    for _home, members in homes:
        for member in members:
            for name in older.scores["dependency"].facts:
                offered = [key for key in older.facts[name].choices for _ in range(answered.get(key, 1))]
                member[name] = chance.choice(offered) if chance.random() < 0.98 else None
    found = assess(older, [home for home, _ in homes], [member for _, members in homes for member in members])
    on_server = {(one.household_id, one.member_id): (one.value, list(one.missing)) for one in found.scores}
    on_device = {
        (home["household_id"], one["memberId"]): (one["value"], one["missing"])
        for (home, _members), told in zip(homes, _run(older, device, homes), strict=True)
        for one in told["scores"]
    }
    assert on_device == on_server
    assert len({value for value, _missing in on_server.values()}) > 5


def test_what_a_rule_reads_is_written_once(sci: Pack) -> None:
    module = compile_pack(sci)
    assert all(f'"{code}"' in module for code in sci.rules)
    assert "eval" not in module and "import" not in module


def _run(pack: Pack, folder: Path, homes: list[tuple[dict[str, Any], list[dict[str, Any]]]]) -> list[Any]:
    (folder / "pack.mjs").write_text(compile_pack(pack), encoding="utf-8")
    given = [[_plain(home), [_plain(member) for member in members]] for home, members in homes]
    (folder / "homes.json").write_text(json.dumps(given), encoding="utf-8")
    ran = subprocess.run(["node", "run.mjs"], cwd=folder, check=True, capture_output=True, text=True)
    return list(json.loads(ran.stdout))


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}


def _by_household(assessed: Assessed) -> dict[str, tuple[list[Any], list[Any]]]:
    said: dict[str, tuple[list[Any], list[Any]]] = defaultdict(lambda: ([], []))
    for one in assessed.findings:
        words = (one.member_id or "", one.code, one.severity, dict(one.explanation), list(one.because_of))
        said[one.household_id][0].append(words)
    for open_code in assessed.not_assessed:
        said[open_code.household_id][1].append(
            (open_code.member_id or "", open_code.code, list(open_code.missing))
        )
    return {
        household: (sorted(found, key=_key), sorted(open_, key=_key))
        for household, (found, open_) in said.items()
    }


def _said(found: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    findings = [
        (one["memberId"] or "", one["code"], one["severity"], one["explanation"], one["becauseOf"])
        for one in found["findings"]
    ]
    missing = [(one["memberId"] or "", one["code"], one["missing"]) for one in found["notAssessed"]]
    return sorted(findings, key=_key), sorted(missing, key=_key)


def _key(row: tuple[Any, ...]) -> tuple[str, str]:
    return row[0], row[1]
