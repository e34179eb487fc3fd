"""Opening hours in one cell of a table."""

import pytest

from punte.directory.services.importing.hours import ALWAYS, hours
from punte.kernel.tables import Unreadable

WEEK = range(1, 6)
EVERY_DAY = range(1, 8)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("20:00-08:00", [[day, "20:00", "08:00"] for day in EVERY_DAY]),
        ("zilnic 20:00 – 08:00", [[day, "20:00", "08:00"] for day in EVERY_DAY]),
        ("20-24", [[day, "20:00", "00:00"] for day in EVERY_DAY]),
        ("00:00-24:00", [[day, "00:00", "00:00"] for day in EVERY_DAY]),
        ("luni-vineri 08:00-16:00", [[day, "08:00", "16:00"] for day in WEEK]),
        ("L-V: 8-16, S 9-13", [*([day, "08:00", "16:00"] for day in WEEK), [6, "09:00", "13:00"]]),
        ("Luni, miercuri 8.30-12.00; 13-16", [
            [1, "08:30", "12:00"], [1, "13:00", "16:00"], [3, "08:30", "12:00"], [3, "13:00", "16:00"]
        ]),
        ("Marți și joi de la 10 la 14", [[2, "10:00", "14:00"], [4, "10:00", "14:00"]]),
        ("sâmbătă 22:00-06:00\nduminică 22:00-06:00", [[6, "22:00", "06:00"], [7, "22:00", "06:00"]]),
        ("non-stop", ALWAYS),
        ("24/7", ALWAYS),
    ],
)  # fmt: skip
def test_hours_are_read_as_people_write_them(written: str, meant: object) -> None:
    assert hours(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "dimineața",
        "8-16 cu programare",
        "vineri-luni 8-16",
        "luni 8-16-18",
        "luni 25-26",
        "08:00-08:00",
        "l-v",
    ],
)
def test_hours_that_are_unclear_are_refused(written: str) -> None:
    with pytest.raises(Unreadable):
        hours(written)
