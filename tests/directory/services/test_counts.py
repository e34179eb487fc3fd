"""What a number of places taken is held against: the limits are content."""

from pathlib import Path

import pytest
from django.conf import settings

from punte.directory.services.counting import CountsError, Limits, check_count, limits, read_limits
from punte.kernel.errors import DomainError

LIMITS = Limits(100, 300, 30, 2000, "x", "seed")


def outcome(taken: int, capacity: int | None, *, before: int | None = None, reason: str = "") -> str:
    """`kept`, or the field that is asked about."""
    try:
        check_count(taken, capacity=capacity, before=before, reason=reason, limits=LIMITS)
    except DomainError as refused:
        return str(refused.field)
    return "kept"


@pytest.mark.parametrize(
    ("taken", "capacity", "said"),
    [
        (60, 60, "kept"),
        (61, 60, "reason"),
        (180, 60, "reason"),
        (181, 60, "taken"),
        (9999, 60, "taken"),
        # A family house of two places with seven people is crowded, and no slip of the finger.
        (7, 2, "reason"),
        (2000, None, "kept"),
        (2001, None, "taken"),
        (5, 0, "kept"),
        (0, 60, "kept"),
    ],
)
def test_a_count_is_kept_asked_about_or_refused(taken: int, capacity: int | None, said: str) -> None:
    assert outcome(taken, capacity) == said


def test_a_reason_keeps_what_is_asked_about_and_not_what_is_refused() -> None:
    assert outcome(61, 60, reason="iarnă grea") == "kept"
    assert outcome(61, 60, reason="  ") == "reason"
    assert outcome(9999, 60, reason="iarnă grea") == "taken"


def test_what_was_answered_for_before_is_not_asked_again() -> None:
    assert outcome(65, 60, before=65) == "kept"
    assert outcome(66, 60, before=65) == "reason"


def test_the_limits_are_content_and_are_read_strictly(tmp_path: Path) -> None:
    assert limits().asked_above == 100
    written = (settings.CONTENT / "counts.yaml").read_text()
    file = tmp_path / "counts.yaml"
    for old, new in (
        ("asked_above: 100", "asked_above: 400"),
        ("asked_above: 100", "asked_above: many"),
        ("refused_beyond: 30", ""),
        ("evidence: seed", "evidence: hearsay"),
    ):
        assert old in written
        file.write_text(written.replace(old, new))
        with pytest.raises(CountsError):
            read_limits(file)
