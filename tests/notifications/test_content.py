"""Kinds, channels, reasons and routing are content, refused with file and line where they do not hold together."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from punte.deadlines.nodes import RulesError
from punte.notifications.content import content, level_of
from punte.notifications.enums import NotificationState
from punte.notifications.routing import read_routes, routes
from tests.notifications.town import Town


def test_the_product_has_words_for_everything() -> None:
    known = content()
    assert set(known.section("states")) == set(NotificationState.values)
    assert len(known.section("abuse")) >= 29
    assert {one.evidence for one in known.section("kinds").values()} <= {
        "memory",
        "news",
        "law_text_seen",
        "secondary",
    }
    assert known.choices("kinds", by="public")
    assert routes()[-1].role == "social_worker"


def test_the_highest_reason_counts() -> None:
    assert level_of("child_risk", [], danger=False) == 1
    assert level_of("child_risk", ["cold", "school"], danger=False) == 2
    assert level_of("child_risk", ["cold"], danger=True) == 3
    assert level_of("a kind that was taken out", ["no reason"], danger=False) == 1


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("level: 2", "level: 9"),
        ("compartment: abuse", "compartment: nowhere"),
        ("by: [office]", "by: [nobody]"),
        ("evidence: news", "evidence: sure"),
        ("key: unknown", "key: another"),
        ("key: child_abuse", "key: another"),
        ("{key: child_self", "{key: another"),
        ("scope: child", "scope: animal"),
        ("\nurgent:", "\nhurry:"),
    ],
)
def test_what_does_not_hold_together_is_named_with_its_line(
    tmp_path: Path, settings: Any, was: str, becomes: str
) -> None:
    path = tmp_path / "notifications.yaml"
    usual = (settings.CONTENT / path.name).read_text(encoding="utf-8")
    path.write_text(usual.replace(was, becomes, 1), encoding="utf-8")
    settings.OWN_CONTENT = tmp_path
    with pytest.raises(RulesError) as wrong:
        content()
    assert wrong.value.line > 0 and str(path) in str(wrong.value)


@pytest.mark.parametrize(
    "rule",
    [
        "kinds: [nothing], role: social_worker",
        "kinds: [older]",
        "role: king",
        "hours: noapte, role: supervisor",
    ],
)
def test_a_route_that_leads_nowhere_is_refused(tmp_path: Path, rule: str) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(f"source: s\nevidence: memory\nrules:\n  - {{{rule}}}\n", encoding="utf-8")
    with pytest.raises(RulesError):
        read_routes(path)


def test_a_town_routes_by_its_sectors_and_at_night(tmp_path: Path, town: Town) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        "source: s\nevidence: memory\nrules:\n"
        "  - {places: [Pe Deal, Morii], team: Sector 2}\n"
        '  - {hours: "16:00-08:00", levels: [3], role: supervisor}\n',
        encoding="utf-8",
    )
    by_place, at_night = read_routes(path)
    made = town.told("Ana", where="Str. Morii nr. 7", danger="yes")
    assert by_place.fits(made) and by_place.team == "Sector 2"
    for hour, fits in ((2, True), (12, False), (20, True)):
        made.received_at = made.received_at.replace(hour=hour)
        assert at_night.fits(made) is fits
    assert not by_place.fits(town.told("Ana", where="Str. Gării nr. 7"))


def test_check_says_what_it_read(
    tmp_path: Path, settings: object, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("notifications", "check")
    assert len(capsys.readouterr().out.splitlines()) == 3
    settings.OWN_CONTENT = tmp_path  # type: ignore[attr-defined]
    (tmp_path / "notifications.yaml").write_text("urgent: []\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"notifications\.yaml:1"):
        call_command("notifications", "check")
