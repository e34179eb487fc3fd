"""How many rows a list has, in words: nobody reads further than some, and the database does not either."""

from django.db.models import Model, QuerySet
from django.utils.translation import ngettext

MOST_COUNTED = 500


def count_of(rows: QuerySet[Model]) -> str:
    """How many rows; of very many, only that they are more than can be read."""
    return in_words(rows.order_by()[: MOST_COUNTED + 1].count())


def in_words(count: int) -> str:
    """How many rows, of which no more than one above the most were counted."""
    return str(count) if count <= MOST_COUNTED else more_than(MOST_COUNTED)


def more_than(rows: int) -> str:
    """That there are more rows than so many."""
    return ngettext("over %(n)s", "over %(n)s", rows) % {"n": rows}
