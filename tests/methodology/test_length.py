"""A household of five is asked in 40 minutes."""

from __future__ import annotations

from punte.methodology.length import length_of
from punte.methodology.model import Pack
from punte.methodology.packs import former_pack


def test_a_household_of_five_is_asked_in_forty_minutes(sci: Pack) -> None:
    length = length_of(sci)
    assert (length.answers, length.minutes) == (154, 38)
    before = former_pack("sci", "2026.5")
    assert before is not None and length_of(before).answers < length.answers
