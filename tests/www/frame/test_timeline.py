"""The drawing of a line of time: where things stand, what is a gap, and that the table says the same."""

import datetime as dt
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from punte.accounts.guests import Lane, Mark, Stretch
from punte.www.frame.timeline import draw, gaps_of

TODAY = dt.date(2026, 11, 29)
BEGIN = dt.date(2025, 1, 1)


def day(number: int) -> dt.date:
    return BEGIN + dt.timedelta(days=number)


def stretch(start: int, end: int | None, what: str = "școală") -> Stretch:
    return Stretch(what, day(start), None if end is None else day(end))


def test_a_gap_lies_between_what_is_told() -> None:
    lane = Lane("Școală", [stretch(0, 100), stretch(130, None)], gap="neînscris")
    assert gaps_of(lane) == [Stretch("neînscris", day(100), day(130))]
    assert gaps_of(Lane("Școală", lane.stretches)) == []


def test_a_short_time_is_no_gap_and_what_overlaps_leaves_none() -> None:
    assert gaps_of(Lane("A", [stretch(0, 100), stretch(106, None)], gap="gol")) == []
    assert gaps_of(Lane("A", [stretch(0, 200), stretch(10, 50), stretch(200, 210)], gap="gol")) == []


def test_what_follows_nothing_is_a_gap_only_where_that_is_asked() -> None:
    ended = [stretch(0, 100)]
    assert gaps_of(Lane("A", ended, gap="gol")) == []
    assert gaps_of(Lane("A", ended, gap="gol", gap_until=TODAY)) == [Stretch("gol", day(100), TODAY)]
    assert gaps_of(Lane("A", [], gap="gol", gap_until=TODAY)) == []


def test_of_meetings_a_long_silence_is_a_gap_and_a_plan_ends_none() -> None:
    met = [Mark("vizită", day(0)), Mark("vizită", day(20)), Mark("vizită", day(400), planned=True)]
    lane = Lane("Întâlniri", marks=met, gap="nicio întâlnire", gap_days=60, gap_until=TODAY)
    assert gaps_of(lane) == [Stretch("nicio întâlnire", day(21), TODAY)]


def test_each_thing_drawn_is_a_line_of_the_table_by_its_number() -> None:
    lane = Lane("Școală", [stretch(0, 100), stretch(130, None)], [Mark("examen", day(50))], gap="gol")
    drawn = draw([("Ana", [lane])], today=TODAY, since=None)
    [one] = drawn.groups[0].lanes
    numbers = [bar.line.number for bar in one.bars] + [sign.line.number for sign in one.signs]
    assert numbers == [line.number for line in drawn.lines] == [1, 2, 3, 4]
    assert [line.gap for line in drawn.lines] == [False, True, False, False]
    assert drawn.lines[0].last == day(99) and drawn.lines[2].last is None


def test_lanes_with_nothing_on_them_and_those_outside_the_window_are_not_drawn() -> None:
    old = Lane("Veche", [stretch(0, 30)], [Mark("act", day(5))])
    drawn = draw([("Ana", [Lane("Goală"), old]), ("Casa", [])], today=TODAY, since=day(300))
    assert (drawn.groups, drawn.lines, drawn.lanes) == ([], [], 0)


def test_what_began_before_the_window_begins_at_its_edge() -> None:
    drawn = draw([("Ana", [Lane("A", [stretch(0, None)])])], today=TODAY, since=day(300))
    [bar] = drawn.groups[0].lanes[0].bars
    assert bar.x == 0 and bar.x + bar.width == drawn.today


def test_the_axis_has_as_many_words_as_can_be_read() -> None:
    for years in range(1, 80):
        since = TODAY.replace(year=TODAY.year - years)
        drawn = draw([("A", [Lane("A", [Stretch("a", since)])])], today=TODAY, since=since)
        assert 1 <= len(drawn.ticks) <= 9


@given(st.lists(st.tuples(st.integers(0, 690), st.integers(1, 200) | st.none()), min_size=1, max_size=8))
def test_no_bar_covers_another_and_all_stay_within(spans: list[tuple[int, int | None]]) -> None:
    lane = Lane("A", [stretch(start, None if n is None else start + n) for start, n in spans], gap="gol")
    drawn = draw([("A", [lane])], today=TODAY, since=None)
    [one] = drawn.groups[0].lanes
    rows: dict[int, list[tuple[float, float]]] = {}
    for bar in one.bars:
        assert bar.x >= 0 and bar.y + 28 <= one.height
        rows.setdefault(bar.y, []).append((bar.x, bar.x + bar.width))
    for bars in rows.values():
        assert all(right[0] >= left[1] - 0.5 for left, right in pairwise(sorted(bars)))
