"""Pure rules about people."""

import datetime as dt


def completed_years(born: dt.date, *, on: dt.date) -> int:
    """Age in completed years on a day.

    A year is complete on its anniversary; for a birth on 29 February, in a common year, on 1 March.
    """
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def first_text_after(beginning: str) -> str | None:
    """The first folded text after all those that begin so; None where no range says it.

    „Begins with” as a range `[beginning, after)` is answered by an ordinary index on every database, as long as all
    of them order the letters alike, which they do of the plain Latin ones alone.
    """
    letters = beginning.rstrip("z")
    if not letters or not beginning.isascii():
        return None
    following = {" ": "0", "9": "a"}.get(letters[-1], chr(ord(letters[-1]) + 1))
    return letters[:-1] + following
