"""The file of rules: what it holds, and that a bad one is refused at its line."""

import textwrap
from dataclasses import replace
from pathlib import Path

import pytest

from punte.cases.content import checked_rulebook
from punte.deadlines.model import CalendarDay, Rule, Series
from punte.deadlines.reading import RulesError, read_rules
from tests.deadlines.test_terms import rule

REGIMES = {"intensive", "standard", "monitoring"}
GOOD = textwrap.dedent(
    """\
    rules:
      - key: contact
        text: {ro: "La 7 zile", en: "After 7 days"}
        since: [opened]
        offset: {days: 7}
        met_by: [contact]
        who: social_worker
        source: "metodologia"
        evidence: seed
    """
)


def read(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    read_rules(path, events={"opened", "contact"}, regimes=REGIMES)


def test_the_content_holds_together_and_every_term_says_where_it_is_from() -> None:
    book = checked_rulebook()
    assert {rule.key for rule in book.rules} >= {
        "initial_assessment",
        "plan_adopted",
        "referral_unanswered",
        "after_closing",
        *(f"contact_{regime}" for regime in REGIMES),
        *(f"reassessment_{regime}" for regime in REGIMES),
        *(f"plan_review_{regime}" for regime in REGIMES),
    }
    assert all(rule.source and rule.evidence for rule in book.rules)
    assert set(book.objective_terms) == {1, 2, 3}


def test_a_term_that_nobody_verified_in_the_law_does_not_pass_for_law() -> None:
    book = checked_rulebook()
    assert {rule.evidence for rule in book.rules if "288/2006" in rule.source} == {"memory"}


def test_a_good_file_is_read(tmp_path: Path) -> None:
    read(tmp_path / "deadlines.yaml", GOOD)


@pytest.mark.parametrize(
    ("was", "becomes", "line", "says"),
    [
        ("[opened]", "[openned]", 4, "unknown event openned"),
        ("{days: 7}", "{weeks: 7}", 5, "unknown unit weeks"),
        ("{days: 7}", "{days: 0}", 5, "above 0"),
        ("{days: 7}", "{days: seven}", 5, "above 0"),
        ("{days: 7}", "{days: 7, hours: 1}", 5, "one unit"),
        ("[contact]", "[]", 6, "at least one event"),
        ("[contact]", "contact", 6, "a list is wanted"),
        ("evidence: seed", "evidence: hearsay", 9, "must be one of"),
        ('    source: "metodologia"\n', "", 2, "source is missing"),
        (', en: "After 7 days"', "", 3, "en is missing"),
        ("who: social_worker", "whom: social_worker", 7, "unknown word whom"),
        ("who: social_worker", "who: social_worker\n    regimes: [strict]", 8, "unknown regime strict"),
        ("who: social_worker", "who: social_worker\n    valid_from: 2026-13-01", 8, "YYYY-MM-DD"),
        (
            "who: social_worker",
            "who: a\n    valid_from: 2026-02-01\n    valid_to: 2026-01-01",
            9,
            "after valid_from",
        ),
        ("who: social_worker", "who: a\n    who: b", 8, "given twice"),
        ("{days: 7}", "{days: 7", 6, "not YAML"),
        ("rules:", "rule:", 2, "unknown word rule"),
    ],
)
def test_a_bad_file_is_refused_at_its_line(
    tmp_path: Path, was: str, becomes: str, line: int, says: str
) -> None:
    file = tmp_path / "deadlines.yaml"
    with pytest.raises(RulesError) as refused:
        read(file, GOOD.replace(was, becomes, 1))
    assert says in str(refused.value)
    assert (refused.value.file, refused.value.line) == (str(file), line)


OFFSET, MET = "offset: {days: 7}", "met_by: [contact]"


@pytest.mark.parametrize(
    ("was", "becomes", "line", "says"),
    [
        (OFFSET, "calendar: {each_year: 02-31}", 5, "there is no such day every time: 31.02"),
        (OFFSET, "calendar: {each_year: 02-29}", 5, "in leap years alone"),
        (OFFSET, "calendar: {each_year: 31-12}", 5, "written MM-DD"),
        (OFFSET, "calendar: {each_year: 11-20, from: 12-01}", 5, "end before it begins"),
        (OFFSET, "calendar: {after_each: quarter, day: 31}", 5, "no such day every time: 31.04"),
        (OFFSET, "calendar: {after_each: week, day: 1}", 5, "must be one of month, quarter"),
        (OFFSET, f"calendar: {{each_year: 11-20}}\n    {OFFSET}", 5, "the calendar says the day"),
        (OFFSET, f"{OFFSET}\n    before: end", 6, "none of its events names the date end"),
        (OFFSET, "offset: {hours: 7}\n    before: due", 5, "a date has no hours"),
        (OFFSET, f"{OFFSET}\n    before: due\n    times: 3", 6, "does not come again"),
        (OFFSET, f"{OFFSET}\n    times: 1", 6, "what comes once"),
        (MET, "met_by: [opened]\n    times: 3", 6, "never come a second time"),
        (MET, "met_by: [contact]\n    void_by: [contact]", 7, "cannot both meet it and make it void"),
        (OFFSET, f"{OFFSET}\n    concerns: elders", 6, "must be one of children"),
        (OFFSET, f"{OFFSET}\n    in_use: perhaps", 6, "must be one of true, false"),
    ],
)
def test_a_rule_that_could_never_run_is_refused_at_its_line(
    tmp_path: Path, was: str, becomes: str, line: int, says: str
) -> None:
    file = tmp_path / "deadlines.yaml"
    file.write_text(GOOD.replace(was, becomes, 1), encoding="utf-8")
    with pytest.raises(RulesError) as refused:
        read_rules(file, events={"opened", "contact"}, dates={("opened", "due")}, regimes=REGIMES)
    assert says in str(refused.value)
    assert refused.value.line == line


def test_the_forms_of_a_rule_are_read(tmp_path: Path) -> None:
    def one(was: str, becomes: str) -> Rule:
        file = tmp_path / "deadlines.yaml"
        file.write_text(GOOD.replace(was, becomes, 1), encoding="utf-8")
        book = read_rules(file, events={"opened", "contact"}, dates={("opened", "due")}, regimes=REGIMES)
        return book.rules[0]

    assert one(OFFSET, f"{OFFSET}\n    before: due").before == "due"
    assert one(OFFSET, f"{OFFSET}\n    times: 6").series == Series(6)
    assert one(OFFSET, f"{OFFSET}\n    repeats: true").series == Series()
    assert one(OFFSET, "calendar: {after_each: quarter, day: 15}").calendar == CalendarDay("quarter", 15)
    assert one(OFFSET, "calendar: {each_year: 12-31, from: 10-01}").calendar == CalendarDay(
        "year", 31, 12, (10, 1)
    )
    assert one(OFFSET, f"{OFFSET}\n    concerns: children").concerns == "children"


@pytest.mark.parametrize(
    ("evidence", "is_on"), [("seed", True), ("news", True), ("draft", False), ("memory", False)]
)
def test_what_nobody_has_read_is_off_unless_it_is_in_use(evidence: str, is_on: bool) -> None:
    found = rule(evidence=evidence)
    assert found.is_on is is_on
    assert replace(found, in_use=True).is_on


def test_two_rules_of_a_name_in_force_on_one_day_are_refused(tmp_path: Path) -> None:
    first, second = GOOD.removeprefix("rules:\n"), GOOD.removeprefix("rules:\n")
    with pytest.raises(RulesError, match="in force on the same day"):
        read(tmp_path / "deadlines.yaml", "rules:\n" + first + second)
    dated = first + "    valid_to: 2026-01-01\n" + second + "    valid_from: 2026-01-01\n"
    read(tmp_path / "deadlines.yaml", "rules:\n" + dated)


@pytest.mark.parametrize("text", ["", "- a\n", "rules: 5\n", "\xff"])
def test_what_is_not_a_file_of_rules_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "deadlines.yaml"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(RulesError):
        read_rules(file, events={"opened"}, regimes=REGIMES)
