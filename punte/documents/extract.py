"""The table of an extract about papers: how many of which kind each institution issued in which month."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncMonth

from punte.documents.models import IssuedDocument
from punte.kernel.extracts import Pseudonyms, Table, month_of

_COLUMNS = {"kept_by": "VARCHAR", "kind": "VARCHAR", "month": "VARCHAR", "papers": "INTEGER"}


def tables(as_of: dt.date | None) -> Sequence[Table]:
    """All of them; of a day those issued by then."""
    return [Table("papers", _COLUMNS, partial(_rows, as_of))]


def _rows(as_of: dt.date | None, hide: Pseudonyms, _moment: dt.datetime) -> Iterator[tuple[Any, ...]]:
    rows = IssuedDocument.objects.filter(issued_on__lte=as_of) if as_of else IssuedDocument.objects.all()
    told = (
        rows.order_by().annotate(month=TruncMonth("issued_on")).values_list("organization", "kind", "month")
    )
    for keeper, kind, month, papers in told.annotate(papers=Count("pk")):
        yield hide.of("organization", keeper), kind, month_of(month), papers
