"""Terms before a date, again and again, by the calendar, of children; all of them against a plain reference."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from punte.deadlines.model import CalendarDay, Event, Lasting, Offset, Rule, Series, Validity, childhood
from punte.deadlines.terms import deadlines
from tests.deadlines import reference
from tests.deadlines.test_terms import rule

ZONE = ZoneInfo("Europe/Bucharest")
TODAY = dt.date(2026, 11, 22)
REGIMES = ["intensive", "standard", "monitoring"]


def at(month: int, day: int, hour: int = 0, year: int = 2026) -> dt.datetime:
    return dt.datetime(year, month, day, hour, tzinfo=ZONE)


def terms(
    *events: Event, one: Rule, today: dt.date = TODAY, childhoods: tuple[Lasting, ...] = ()
) -> list[tuple]:
    found = deadlines(events, regime="standard", rules=[one], today=today, childhoods=childhoods)
    return [(due.since.date(), due.due_on, due.met_on) for due in found]


def before(**fields: object) -> Rule:
    events = {
        "since": frozenset({"issued"}),
        "met_by": frozenset({"asked"}),
        "void_by": frozenset({"revoked"}),
    }
    return rule(**{"before": "end", "offset": Offset(60, "days"), **events, **fields})


def ending(end: dt.date, **fields: str) -> Event:
    return Event("issued", at(1, 10), dates={"end": end}, **fields)


def test_a_term_before_a_date_falls_so_long_before_it() -> None:
    end = dt.date(2027, 1, 10)
    assert terms(ending(end), one=before()) == [(dt.date(2026, 1, 10), dt.date(2026, 11, 11), None)]
    asked = Event("asked", at(11, 3))
    assert terms(ending(end), asked, one=before()) == [
        (dt.date(2026, 1, 10), dt.date(2026, 11, 11), dt.date(2026, 11, 3))
    ]
    assert terms(ending(end), Event("revoked", at(5, 1)), one=before()) == []


def test_what_opens_late_is_not_shown_nor_met_before() -> None:
    """An order of a year: the call within three days is not the one before its end."""
    one = before(offset=Offset(14, "days"), opens=Offset(30, "days"))
    end = dt.date(2026, 10, 1)
    early, late = Event("asked", at(1, 12)), Event("asked", at(9, 5))
    assert terms(ending(end), early, one=one, today=dt.date(2026, 8, 31)) == []
    standing = [(dt.date(2026, 9, 1), dt.date(2026, 9, 17), None)]
    assert terms(ending(end), early, one=one, today=dt.date(2026, 9, 1)) == standing
    assert terms(ending(end), early, late, one=one) == [(*standing[0][:2], dt.date(2026, 9, 5))]
    known_late = Event("issued", at(9, 25), dates={"end": end})
    assert terms(known_late, one=one) == [(dt.date(2026, 9, 25), dt.date(2026, 9, 25), None)]


@pytest.mark.parametrize(
    ("offset", "due"),
    [
        (Offset(1, "months"), dt.date(2026, 2, 28)),
        # The first working day before 31 March 2026, a Tuesday, and the fifth.
        (Offset(1, "working_days"), dt.date(2026, 3, 30)),
        (Offset(5, "working_days"), dt.date(2026, 3, 24)),
        # More than was left when it was known: due on the day on which it was known.
        (Offset(200, "days"), dt.date(2026, 1, 10)),
    ],
)
def test_before_counts_back_as_after_counts_on(offset: Offset, due: dt.date) -> None:
    assert terms(ending(dt.date(2026, 3, 31)), one=before(offset=offset))[0][1] == due


def test_an_event_that_names_no_such_date_ends_what_ran_and_begins_nothing() -> None:
    later = Event("issued", at(2, 1), dates={"expires": dt.date(2027, 1, 1)})
    assert terms(ending(dt.date(2027, 1, 10)), later, one=before()) == []


def test_two_that_run_side_by_side_have_their_own_terms_even_of_one_moment() -> None:
    ends = dt.date(2027, 1, 10), dt.date(2027, 1, 20)
    events = [ending(end, subject=name, guest="registers") for end, name in zip(ends, "ab", strict=True)]
    found = deadlines(events, regime="", rules=[before(per_subject=True)], today=TODAY)
    assert [(due.subject, due.guest, due.due_on) for due in found] == [
        ("a", "registers", dt.date(2026, 11, 11)),
        ("b", "registers", dt.date(2026, 11, 21)),
    ]


def again(times: int | None = 6, **fields: object) -> Rule:
    events = {
        "since": frozenset({"closed"}),
        "met_by": frozenset({"contact"}),
        "void_by": frozenset({"opened"}),
    }
    return rule(**{"offset": Offset(1, "months"), "series": Series(times), **events, **fields})


def test_a_term_comes_again_counted_from_its_event_each_time() -> None:
    closed = Event("closed", at(1, 31))
    monthly = [Event("contact", at(month, 20)) for month in (2, 3, 4)]
    assert terms(closed, *monthly, one=again(4)) == [
        (dt.date(2026, 1, 31), dt.date(2026, 2, 28), dt.date(2026, 2, 20)),
        (dt.date(2026, 3, 1), dt.date(2026, 3, 31), dt.date(2026, 3, 20)),
        (dt.date(2026, 4, 1), dt.date(2026, 4, 30), dt.date(2026, 4, 20)),
        (dt.date(2026, 5, 1), dt.date(2026, 5, 31), None),
    ]
    assert len(terms(closed, *monthly, one=again(3))) == 3


def test_many_in_one_month_meet_that_month_alone() -> None:
    events = [Event("closed", at(1, 31)), *(Event("contact", at(2, day)) for day in (2, 3, 4))]
    assert terms(*events, one=again(), today=dt.date(2026, 3, 5)) == [
        (dt.date(2026, 1, 31), dt.date(2026, 2, 28), dt.date(2026, 2, 2)),
        (dt.date(2026, 3, 1), dt.date(2026, 3, 31), None),
    ]


def test_what_was_missed_stands_until_something_is_done_and_is_not_made_up_for() -> None:
    closed, late = Event("closed", at(1, 31)), Event("contact", at(5, 10))
    assert terms(closed, one=again()) == [(dt.date(2026, 1, 31), dt.date(2026, 2, 28), None)]
    assert terms(closed, late, one=again(), today=dt.date(2026, 6, 2)) == [
        (dt.date(2026, 1, 31), dt.date(2026, 2, 28), dt.date(2026, 5, 10)),
        (dt.date(2026, 6, 1), dt.date(2026, 6, 30), None),
    ]


def test_the_next_time_is_not_shown_before_it_begins() -> None:
    events = Event("closed", at(1, 31)), Event("contact", at(2, 10))
    assert len(terms(*events, one=again(), today=dt.date(2026, 2, 28))) == 1
    assert len(terms(*events, one=again(), today=dt.date(2026, 3, 1))) == 2


def by_calendar(named: CalendarDay, **fields: object) -> Rule:
    events = {"since": frozenset({"opened"}), "met_by": frozenset({"sent"}), "void_by": frozenset({"closed"})}
    return rule(**{"offset": None, "calendar": named, **events, **fields})


def test_by_the_15th_of_the_month_after_the_quarter() -> None:
    quarterly = by_calendar(CalendarDay("quarter", 15))
    opened, sent = Event("opened", at(2, 3)), Event("sent", at(4, 9))
    assert terms(opened, one=quarterly, today=dt.date(2026, 3, 31)) == []
    assert terms(opened, sent, one=quarterly) == [
        (dt.date(2026, 4, 1), dt.date(2026, 4, 15), dt.date(2026, 4, 9)),
        (dt.date(2026, 7, 1), dt.date(2026, 7, 15), None),
    ]


def test_what_is_sent_before_the_quarter_ended_is_of_no_quarter() -> None:
    quarterly = by_calendar(CalendarDay("quarter", 15))
    early = Event("sent", at(3, 20))
    assert terms(Event("opened", at(2, 3)), early, one=quarterly)[0] == (
        dt.date(2026, 4, 1),
        dt.date(2026, 4, 15),
        None,
    )


def test_what_is_sent_late_is_of_the_quarter_that_waited_for_it() -> None:
    quarterly = by_calendar(CalendarDay("quarter", 15))
    late = Event("sent", at(8, 20))
    assert terms(Event("opened", at(2, 3)), late, one=quarterly) == [
        (dt.date(2026, 4, 1), dt.date(2026, 4, 15), dt.date(2026, 8, 20)),
        (dt.date(2026, 10, 1), dt.date(2026, 10, 15), None),
    ]


def test_a_day_of_each_year_is_waited_for_since_its_first_day() -> None:
    last_quarter = by_calendar(CalendarDay("year", 31, 12, (10, 1)))
    opened = Event("opened", at(2, 3))
    assert terms(opened, one=last_quarter, today=dt.date(2026, 9, 30)) == []
    assert terms(opened, one=last_quarter) == [(dt.date(2026, 10, 1), dt.date(2026, 12, 31), None)]
    # Who comes after the first day has what is left; who comes on the last, the next year.
    assert terms(Event("opened", at(11, 5)), one=last_quarter) == [
        (dt.date(2026, 11, 5), dt.date(2026, 12, 31), None)
    ]
    eve = dt.date(2026, 12, 31)
    assert terms(Event("opened", at(12, 31)), one=last_quarter, today=eve) == []


def test_a_rule_that_concerns_children_holds_while_there_is_one() -> None:
    born = dt.date(2008, 11, 1)
    child = childhood(born, start=dt.date(2020, 1, 1), end=None)
    assert child == Lasting(dt.date(2020, 1, 1), dt.date(2026, 11, 1))
    events = Event("opened", at(9, 1)), Event("contact", at(9, 5))
    of_children = rule(concerns="children")
    assert terms(*events, one=of_children) == []
    assert terms(*events, one=of_children, childhoods=(child,)) == [
        (dt.date(2026, 9, 1), dt.date(2026, 9, 8), dt.date(2026, 9, 5))
    ]
    assert len(terms(*events, one=of_children, childhoods=(child,), today=dt.date(2026, 10, 31))) == 2


def test_somebody_born_on_29_february_is_a_child_to_the_end_of_the_28th() -> None:
    found = childhood(dt.date(2008, 2, 29), start=dt.date(2020, 1, 1), end=None)
    assert found and found.end == dt.date(2026, 3, 1)
    assert childhood(dt.date(2000, 1, 1), start=dt.date(2020, 1, 1), end=None) is None


def test_72_hours_end_at_a_moment_and_days_on_a_day() -> None:
    in_hours = rule(offset=Offset(72, "hours"), since=frozenset({"opened"}))
    # The clock goes back on 25 October: three days later it is an hour earlier on the wall.
    found = deadlines([Event("opened", at(10, 24, 9))], regime="", rules=[in_hours], today=TODAY)
    assert [(due.due_at, due.due_on) for due in found] == [(at(10, 27, 8), dt.date(2026, 10, 27))]
    for day_alone in (Event("opened", at(10, 24)),):
        found = deadlines([day_alone], regime="", rules=[in_hours], today=TODAY)
        assert [due.due_at for due in found] == [None]
    assert (
        deadlines([Event("opened", at(10, 24, 9))], regime="", rules=[rule()], today=TODAY)[0].due_at is None
    )


KINDS = ["a", "b", "c", "d"]
HISTORIES = st.lists(
    st.builds(
        lambda kind, minutes, regime, subject, end, guest: Event(
            kind,
            dt.datetime(2025, 1, 1, tzinfo=ZONE) + dt.timedelta(minutes=minutes),
            regime=regime if kind == "d" else "",
            subject=subject,
            dates={"end": end} if end else {},
            guest=guest,
        ),
        st.sampled_from(KINDS),
        st.integers(0, 60 * 24 * 500),
        st.sampled_from(REGIMES),
        st.sampled_from(["", "x", "y"]),
        st.none() | st.dates(dt.date(2025, 1, 1), dt.date(2027, 1, 1)),
        st.sampled_from(["", "", "registers"]),
    ),
    max_size=10,
    unique_by=lambda event: event.at,
)
OFFSETS = st.builds(Offset, st.integers(1, 45), st.sampled_from(["days", "working_days"])) | st.builds(
    Offset, st.integers(1, 6), st.just("months")
)
VALIDITIES = [Validity(), Validity(dt.date(2025, 6, 1)), Validity(None, dt.date(2025, 9, 1))]
SOME = st.frozensets(st.sampled_from(KINDS), max_size=2)
CALENDARS = (
    st.builds(CalendarDay, st.sampled_from(["month", "quarter"]), st.integers(1, 28))
    | st.builds(CalendarDay, st.just("year"), st.integers(1, 28), st.integers(6, 12), st.none())
    | st.builds(CalendarDay, st.just("year"), st.integers(1, 28), st.just(12), st.just((10, 15)))
)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    shape = draw(st.sampled_from(["after", "hours", "before", "again", "calendar"]))
    since = draw(st.frozensets(st.sampled_from(KINDS), min_size=1, max_size=2))
    met_by = draw(st.frozensets(st.sampled_from(KINDS), min_size=1, max_size=2))
    if shape in ("again", "calendar"):
        met_by -= since
    offset = (
        None
        if shape == "calendar"
        else Offset(draw(st.integers(1, 100)), "hours")
        if shape == "hours"
        else draw(OFFSETS)
    )
    opens = None
    if shape == "before" and offset and draw(st.booleans()):
        opens = Offset(offset.amount + draw(st.integers(1, 20)), offset.unit)
    return rule(
        since=since,
        met_by=met_by,
        void_by=draw(SOME) - met_by,
        offset=offset,
        opens=opens,
        before="end" if shape == "before" else "",
        series=Series(draw(st.none() | st.integers(2, 5))) if shape == "again" else None,
        calendar=draw(CALENDARS) if shape == "calendar" else None,
        regimes=draw(st.frozensets(st.sampled_from(REGIMES), max_size=2)),
        concerns=draw(st.sampled_from(["", "children"])),
        per_subject=draw(st.booleans()),
        validity=draw(st.sampled_from(VALIDITIES)),
    )


CHILDHOODS = st.lists(
    st.builds(
        lambda start, days: Lasting(start, start + dt.timedelta(days=days) if days else None),
        st.dates(dt.date(2024, 6, 1), dt.date(2026, 6, 1)),
        st.none() | st.integers(1, 400),
    ),
    max_size=2,
)


@given(rules(), HISTORIES, CHILDHOODS, st.dates(dt.date(2025, 1, 1), dt.date(2027, 1, 1)))
def test_terms_agree_with_a_slow_plain_reference(
    one: Rule, history: list[Event], childhoods: list[Lasting], today: dt.date
) -> None:
    found = deadlines(history, regime="standard", rules=[one], today=today, childhoods=childhoods)
    assert {(due.since, due.due_on, due.met_on) for due in found} == reference.terms(
        one, history, "standard", childhoods, today
    )


@given(rules(), HISTORIES, CHILDHOODS, st.dates(dt.date(2025, 1, 1), dt.date(2027, 1, 1)))
def test_of_a_rule_one_term_stands_for_a_subject_and_none_falls_before_its_event(
    one: Rule, history: list[Event], childhoods: list[Lasting], today: dt.date
) -> None:
    found = deadlines(history, regime="standard", rules=[one], today=today, childhoods=childhoods)
    standing = [(due.subject, due.guest) for due in found if due.met_on is None]
    assert len(standing) == len(set(standing))
    assert all(due.due_on >= due.since.date() for due in found)
