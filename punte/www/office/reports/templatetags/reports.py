"""Parts of a report on pages."""

from collections.abc import Iterator, Sequence

from django import template

from punte.annual_plans.papers.content import Block
from punte.reports.composing import Composed, Place

register = template.Library()


@register.filter
def anchor(key: str) -> str:
    """The mark of a part within its page."""
    return "p-" + key.replace(":", "-").replace(".", "-")


@register.filter
def said_in(composed: Composed, text: str) -> str:
    """A text with its figures put in."""
    return composed.said(text)


@register.filter
def fixed(place: Place) -> Sequence[str]:
    """The sentences that every such report says there."""
    return () if place.node else place.part.text


@register.filter
def lines(table: Block) -> Iterator[list[tuple[bool, str]]]:
    """The lines of a table, each cell with whether it is a number."""
    for row in (*table.rows, *table.totals):
        yield [(column.right, cell) for column, cell in zip(table.columns, row, strict=True)]


_NAMES_AT = {"groups": "groups", "sessions": "groups", "minutes": "meetings"}


@register.filter
def names_at(place: Place) -> str:
    """The page on which the names are that a table of meetings does not tell; empty where it is of something else."""
    return next((page for table in place.part.tables if (page := _NAMES_AT.get(table.fill, ""))), "")
