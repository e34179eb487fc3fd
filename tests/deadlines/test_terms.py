"""Terms from events, by examples and by what must hold of any events."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from punte.deadlines.calendar import due_date, is_working_day, plus_months, plus_working_days
from punte.deadlines.model import Event, Offset, Rule, Rulebook, Validity
from punte.deadlines.terms import deadlines

ZONE = ZoneInfo("Europe/Bucharest")
TODAY = dt.date(2026, 11, 22)
MONDAY = dt.date(2026, 3, 2)


def at(day: dt.date, hour: int = 0) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), tzinfo=ZONE)


def rule(key: str = "contact", **fields: object) -> Rule:
    return Rule(
        **{
            "key": key,
            "text": {"ro": f"{key} ro", "en": f"{key} en"},
            "since": frozenset({"opened", "contact", "regime_changed"}),
            "offset": Offset(7, "days"),
            "met_by": frozenset({"contact"}),
            "void_by": frozenset({"closed"}),
            "who": "social_worker",
            "source": "an example",
            "evidence": "seed",
            **fields,
        }
    )


def terms(*events: Event, rules: list[Rule], regime: str = "standard", today: dt.date = TODAY) -> list[tuple]:
    found = deadlines(events, regime=regime, rules=rules, today=today)
    return [(due.rule, due.since.date(), due.due_on, due.met_on) for due in found]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (dt.date(2026, 1, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2027, 12, 31), 2, dt.date(2028, 2, 29)),
        (dt.date(2026, 11, 30), 3, dt.date(2027, 2, 28)),
        (dt.date(2026, 12, 15), 12, dt.date(2027, 12, 15)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_of_the_month(
    day: dt.date, months: int, expected: dt.date
) -> None:
    assert plus_months(day, months) == expected


@pytest.mark.parametrize(
    ("day", "number", "expected"),
    [
        (dt.date(2026, 3, 6), 1, dt.date(2026, 3, 9)),
        # Good Friday 10 April and Easter Monday 13 April 2026 are holidays in Romania.
        (dt.date(2026, 4, 9), 1, dt.date(2026, 4, 14)),
        # 30 November, 1 December, and a weekend.
        (dt.date(2026, 11, 27), 1, dt.date(2026, 12, 2)),
        (dt.date(2026, 12, 24), 2, dt.date(2026, 12, 29)),
    ],
)
def test_working_days_pass_over_weekends_and_holidays(day: dt.date, number: int, expected: dt.date) -> None:
    assert plus_working_days(day, number) == expected


def test_hours_are_counted_from_the_hour() -> None:
    assert due_date(at(MONDAY, 9), Offset(72, "hours")) == dt.date(2026, 3, 5)


@pytest.mark.parametrize(
    ("since", "until"),
    [
        # The clocks go forward on 29 March 2026 and back on 25 October: on the wall an hour later, or earlier.
        (at(dt.date(2026, 3, 26), 23), dt.date(2026, 3, 30)),
        (at(dt.date(2026, 10, 23), 0), dt.date(2026, 10, 25)),
    ],
)
def test_72_hours_are_hours_that_pass(since: dt.datetime, until: dt.date) -> None:
    assert due_date(since, Offset(72, "hours")) == until


def test_a_contact_meets_one_term_and_begins_the_next() -> None:
    events = (Event("opened", at(MONDAY)), Event("contact", at(MONDAY + dt.timedelta(3), 10)))
    assert terms(*events, rules=[rule()]) == [
        ("contact", MONDAY, dt.date(2026, 3, 9), dt.date(2026, 3, 5)),
        ("contact", dt.date(2026, 3, 5), dt.date(2026, 3, 12), None),
    ]


def test_an_event_that_begins_again_takes_the_place_of_a_term_not_met() -> None:
    events = (Event("opened", at(MONDAY)), Event("regime_changed", at(MONDAY + dt.timedelta(2))))
    assert terms(*events, rules=[rule()]) == [("contact", dt.date(2026, 3, 4), dt.date(2026, 3, 11), None)]


def test_a_term_belongs_to_the_regime_in_force_and_moves_with_it() -> None:
    review = {"since": frozenset({"assessment"}), "met_by": frozenset({"assessment"})}
    rules = [
        rule("intensive", regimes=frozenset({"intensive"}), offset=Offset(3, "months"), **review),
        rule("standard", regimes=frozenset({"standard"}), offset=Offset(6, "months"), **review),
    ]
    assessed = Event("assessment", at(MONDAY))
    assert terms(assessed, rules=rules) == [("standard", MONDAY, dt.date(2026, 9, 2), None)]
    changed = Event("regime_changed", at(dt.date(2026, 4, 1)), regime="intensive")
    assert terms(assessed, changed, rules=rules) == [("intensive", MONDAY, dt.date(2026, 6, 2), None)]
    again = Event("assessment", at(dt.date(2026, 5, 1)))
    back = Event("regime_changed", at(dt.date(2026, 5, 2)), regime="standard")
    assert terms(assessed, changed, again, back, rules=rules) == [
        ("intensive", MONDAY, dt.date(2026, 6, 2), dt.date(2026, 5, 1)),
        ("standard", dt.date(2026, 5, 1), dt.date(2026, 11, 1), None),
    ]


def test_closing_ends_what_was_not_met_and_keeps_what_was() -> None:
    events = (
        Event("opened", at(MONDAY)),
        Event("contact", at(MONDAY + dt.timedelta(1))),
        Event("closed", at(MONDAY + dt.timedelta(2))),
    )
    assert terms(*events, rules=[rule()]) == [("contact", MONDAY, dt.date(2026, 3, 9), dt.date(2026, 3, 3))]


def test_each_referral_has_its_own_term() -> None:
    answer = rule(
        "answer",
        since=frozenset({"referral_sent"}),
        met_by=frozenset({"referral_answered"}),
        offset=Offset(10, "working_days"),
        per_subject=True,
    )
    sent = [Event("referral_sent", at(MONDAY, hour), subject=str(hour)) for hour in (9, 10)]
    answered = Event("referral_answered", at(MONDAY + dt.timedelta(1)), subject="10")
    assert terms(*sent, answered, rules=[answer]) == [
        ("answer", MONDAY, dt.date(2026, 3, 16), None),
        ("answer", MONDAY, dt.date(2026, 3, 16), MONDAY + dt.timedelta(1)),
    ]
    assert terms(*sent, Event("closed", at(MONDAY + dt.timedelta(1))), rules=[answer]) == []


def test_the_rule_in_force_on_the_day_of_the_event_counts() -> None:
    change = dt.date(2026, 3, 5)
    rules = [
        rule(offset=Offset(7, "days"), validity=Validity(None, change)),
        rule(offset=Offset(14, "days"), validity=Validity(change, None)),
    ]
    events = (Event("opened", at(MONDAY)), Event("contact", at(change)))
    assert terms(*events, rules=rules) == [
        ("contact", MONDAY, dt.date(2026, 3, 9), change),
        ("contact", change, dt.date(2026, 3, 19), None),
    ]
    assert Rulebook(tuple(rules)).sentence("contact", on=MONDAY, language="en") == "contact en"
    assert Rulebook(tuple(rules)).sentence("gone", on=MONDAY, language="en") == "gone"


def test_what_has_not_happened_yet_makes_no_term() -> None:
    assert terms(Event("opened", at(TODAY + dt.timedelta(1))), rules=[rule()]) == []


KINDS = ["opened", "contact", "regime_changed", "closed", "assessment"]
EVENTS = st.lists(
    st.builds(
        lambda kind, minutes, regime: Event(
            kind,
            at(dt.date(2025, 1, 1)) + dt.timedelta(minutes=minutes),
            regime=regime if kind == "regime_changed" else "",
        ),
        st.sampled_from(KINDS),
        st.integers(0, 60 * 24 * 400),
        st.sampled_from(["intensive", "standard", "monitoring"]),
    ),
    max_size=12,
    unique_by=lambda event: event.at,
)
OFFSETS = st.builds(Offset, st.integers(1, 40), st.sampled_from(["hours", "days", "working_days", "months"]))
RULES = st.builds(
    lambda offset, regimes: rule(offset=offset, regimes=frozenset(regimes)),
    OFFSETS,
    st.sets(st.sampled_from(["intensive", "standard", "monitoring"]), max_size=2),
)


@given(EVENTS, RULES)
def test_no_term_falls_or_is_met_before_its_event(events: list[Event], any_rule: Rule) -> None:
    for due in deadlines(events, regime="standard", rules=[any_rule], today=TODAY):
        assert due.due_on >= due.since.date()
        assert due.met_on is None or due.met_on >= due.since.date()


@given(EVENTS, RULES, st.sampled_from(KINDS), st.integers(1, 10_000))
def test_a_met_term_stays_met_whatever_follows(
    events: list[Event], any_rule: Rule, kind: str, minutes: int
) -> None:
    before = deadlines(events, regime="standard", rules=[any_rule], today=TODAY)
    last = max((event.at for event in events), default=at(dt.date(2025, 1, 1)))
    later = Event(kind, last + dt.timedelta(minutes=minutes), regime="intensive")
    after = deadlines([*events, later], regime="standard", rules=[any_rule], today=TODAY)
    assert {due for due in before if due.met_on} <= set(after)


@given(EVENTS, RULES)
def test_at_most_one_term_of_a_rule_stands(events: list[Event], any_rule: Rule) -> None:
    found = deadlines(events, regime="standard", rules=[any_rule], today=TODAY)
    assert len([due for due in found if due.met_on is None]) <= 1


@given(OFFSETS, st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2030, 1, 1)), st.integers(0, 100_000))
def test_a_later_event_never_has_an_earlier_term(offset: Offset, moment: dt.datetime, minutes: int) -> None:
    assert due_date(moment, offset) <= due_date(moment + dt.timedelta(minutes=minutes), offset)


@given(st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)), st.integers(1, 60))
def test_a_term_in_working_days_falls_on_one(day: dt.date, number: int) -> None:
    assert is_working_day(plus_working_days(day, number))


@given(EVENTS, RULES)
def test_the_order_in_which_events_are_told_does_not_matter(events: list[Event], any_rule: Rule) -> None:
    told = deadlines(events, regime="standard", rules=[any_rule], today=TODAY)
    assert deadlines(events[::-1], regime="standard", rules=[any_rule], today=TODAY) == told


def test_an_event_that_meets_a_term_and_changes_the_regime_meets_that_of_the_regime_before() -> None:
    standard = rule(regimes=frozenset({"standard"}))
    events = (Event("opened", at(MONDAY)), Event("contact", at(MONDAY + dt.timedelta(1)), regime="intensive"))
    assert terms(*events, rules=[standard]) == [
        ("contact", MONDAY, dt.date(2026, 3, 9), MONDAY + dt.timedelta(1))
    ]
