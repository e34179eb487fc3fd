"""A file that does not hold together is named with its line; a town adds its own programme without a programmer."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from punte.benefits.catalogue import rulebook

OWN = """
key: firewood_for_older
title: {ro: Lemne pentru vârstnici, en: Wood for older people}
of: person
when: age >= 70 and income_per_member < town_limit
amount: town_wood
per: season
sentence: {ro: "Are {age} ani.", en: "Is {age}."}
papers:
  - {ro: Cerere la primărie, en: Application at the town hall}
registered: [local]
source: HCL 12/2026
evidence: law_text_seen
"""
PARAMETERS = """
town_limit:
  label: {ro: Pragul comunei, en: Limit of the commune}
  values: [{from: 2026-01-01, value: 1500, source: HCL 12/2026, evidence: law_text_seen}]
town_wood:
  label: {ro: Ajutorul comunei, en: Aid of the commune}
  values: [{from: 2026-01-01, value: 600, source: HCL 12/2026, evidence: law_text_seen}]
heating_share_320:
  values: [{from: 2025-10-01, value: 90, source: Legea 226/2021, evidence: law_text_seen}]
"""


@pytest.fixture
def own(tmp_path: Path, settings: object) -> Path:
    settings.OWN_CONTENT = tmp_path  # type: ignore[attr-defined]
    folder = tmp_path / "entitlements"
    folder.mkdir()
    return folder


def test_a_town_adds_its_own_programme_and_its_own_values(own: Path) -> None:
    (own / "firewood_for_older.yaml").write_text(OWN, encoding="utf-8")
    (own / "parameters.yaml").write_text(PARAMETERS, encoding="utf-8")

    book = rulebook()

    added = book.entitlements["firewood_for_older"]
    assert (added.own, added.reads) == (True, frozenset({"town_limit", "town_wood"}))
    assert book.parameters["heating_share_320"].values[0].evidence == "law_text_seen"
    assert not book.parameters["town_limit"].is_proposed


@pytest.mark.parametrize(
    ("was", "wrong", "line"),
    [
        ("age >= 70", "age >= town_unknown", 5),
        ("income_per_member <", "violence_signs <", 5),
        ('{ro: "Are {age} ani."', '{ro: "Are {years} ani."', 8),
        ("evidence: law_text_seen", "evidence: certain", 13),
        ("of: person", "of: everybody", 4),
    ],
)
def test_what_is_wrong_is_named_with_file_and_line(own: Path, was: str, wrong: str, line: int) -> None:
    (own / "firewood_for_older.yaml").write_text(OWN.replace(was, wrong), encoding="utf-8")
    (own / "parameters.yaml").write_text(PARAMETERS, encoding="utf-8")

    with pytest.raises(CommandError, match=rf"firewood_for_older\.yaml:{line}:"):
        call_command("entitlements", "check")
