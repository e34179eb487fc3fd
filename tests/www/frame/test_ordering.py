"""What is empty stands last, and nothing more is said of what is never empty."""

import datetime as dt

from django.utils import timezone

from punte.cases.models import Case
from punte.www.frame.ordering import heading_of_term, in_order


def test_only_of_what_may_be_empty_it_is_said_where_it_stands() -> None:
    paths = ["due_on", "-severity", "household__folded_name", "responsible__name", "pk", "counted"]
    said = {
        one.expression.name: (one.descending, one.nulls_last) for one in in_order(Case, paths, turned=False)
    }
    assert said == {
        "due_on": (False, True),
        "severity": (True, None),
        "household__folded_name": (False, None),
        "responsible__name": (False, True),
        "pk": (False, None),
        "counted": (False, True),
    }
    turned = in_order(Case, ["due_on", "-severity"], turned=True)
    assert [one.descending for one in turned] == [True, False]


def test_a_term_stands_under_a_heading() -> None:
    today = timezone.localdate()
    days = (None, -1, 0, 7, 8)
    said = [heading_of_term(None if n is None else today + dt.timedelta(days=n)) for n in days]
    assert said == [
        "Fără termen",
        "Întârziate",
        "Următoarele șapte zile",
        "Următoarele șapte zile",
        "Mai târziu",
    ]
