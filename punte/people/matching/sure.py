"""What is surely not one person, and what as good as surely is: conditions on two files `a` and `b`, in SQL of DuckDB.

They decide what is proposed, never what is done: nothing is joined but by a person.
"""

from punte.people.matching.evidence import SLIPS_IN_CNP
from punte.people.rules import YOUNGEST_PARENT

_OTHER_CNP = (
    "coalesce(a.cnp <> b.cnp"
    f" AND ((a.is_valid AND b.is_valid) OR hamming(a.cnp, b.cnp) > {SLIPS_IN_CNP}), false)"
)
_PARENT_AND_CHILD = f"coalesce(abs(year(a.day) - year(b.day)) >= {YOUNGEST_PARENT}, false)"
VETOES = f"({_OTHER_CNP} OR ({_PARENT_AND_CHILD} AND NOT coalesce(a.cnp = b.cnp, false)))"
"""Two CNPs that no slip explains: a slip breaks the check digit, so two that are right are of two people, though those
of one day and county follow each other. Years of birth that make a parent and a child, unless the CNP is the same."""

_SAME_DAY = "coalesce(a.day = b.day OR a.coded = b.coded OR a.day = b.coded OR a.coded = b.day, false)"
_SAME_CNP = "coalesce(a.cnp = b.cnp, false)"
_HAVE_CNPS = "(a.cnp IS NOT NULL AND b.cnp IS NOT NULL)"
_SAME_HOME = "coalesce(a.home = b.home, false)"
_NEAR_DAY = (
    "coalesce((year(a.day) = year(b.day) AND month(a.day) = day(b.day) AND day(a.day) = month(b.day))"
    " OR levenshtein(a.day::VARCHAR, b.day::VARCHAR) <= 1, false)"
)


def _near(one: str, other: str) -> str:
    """One slip of the finger, or two in a long name; a short one with a slip is another name, as of twins."""
    slips, length = f"damerau_levenshtein({one}, {other})", f"least(length({one}), length({other}))"
    return (
        f"coalesce({slips} = 0 OR ({slips} = 1 AND {length} >= 5) OR ({slips} = 2 AND {length} >= 8), false)"
    )


def _holds(one: str, other: str) -> str:
    return f"list_has_all(string_split({one}.name, ' '), string_split({other}.name, ' '))"


_SAME_CALLED = "coalesce(a.called = b.called, false)"
_NEAR_NAME = (
    f"(coalesce(a.name = b.name, false) OR {_holds('a', 'b')} OR {_holds('b', 'a')}"
    f" OR ({_near('a.family', 'b.family')} AND ({_near('a.given', 'b.given')} OR {_near('a.called', 'b.called')}))"
    f" OR ({_near('a.family', 'b.given')} AND {_near('a.given', 'b.family')}))"
)
SURE = f"""(
    ({_SAME_CNP} AND ({_NEAR_NAME} OR {_SAME_DAY}))
    OR ({_SAME_DAY} AND {_HAVE_CNPS} AND ({_NEAR_NAME} OR ({_SAME_CALLED} AND {_SAME_HOME})))
    OR ({_SAME_DAY} AND NOT {_HAVE_CNPS} AND {_NEAR_NAME} AND ({_SAME_HOME} OR p >= 0.95))
    OR ({_SAME_DAY} AND NOT {_HAVE_CNPS} AND {_SAME_CALLED} AND {_SAME_HOME})
    OR ({_NEAR_DAY} AND a.name = b.name AND {_SAME_HOME})
)"""
"""As good as surely one person: the same CNP; or the same day of birth with a CNP within a slip, or with the name and a
home or a rare name (`p` of the model weighs how rare); or, in one home, the same name and a slip in the day."""

_SHOWN_FROM = 0.95
_SOME_NAME = (
    f"({_SAME_CALLED} OR {_NEAR_NAME} OR coalesce(jaro_winkler_similarity(a.given, b.given) >= 0.8, false)"
    " OR coalesce(jaro_winkler_similarity(a.name, b.name) >= 0.9, false))"
)
SHOWN = f"(p >= {_SHOWN_FROM} AND ({_SAME_CNP} OR {_SOME_NAME}))"
"""What a person is asked about: likely enough by the model, and not merely brothers and sisters of one day."""
