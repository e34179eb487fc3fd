"""What an entry that names a service is measured by: the dated parameters of the service's code."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone

from punte.directory.models import Service
from punte.directory.parameters import service_parameters
from punte.methodology.expressions import Expression
from punte.registers.definition import Definition

Dated = tuple[Mapping[str, Any], dt.date, dt.date | None]
"""What an entry says, its first day, and the first day on which it holds no more."""


def reads_parameters(definition: Definition, conditions: Iterable[Expression]) -> bool:
    """Whether anything of these asks for a parameter."""
    return bool(definition.service) and any(
        name in service_parameters() and name not in definition.fields
        for one in conditions
        for name in one.reads
    )


def parameters_of(definition: Definition, entries: Sequence[Dated]) -> list[dict[str, Decimal]]:
    """Of each entry the parameters that are known of its service: today while it holds, else on its first day.

    One query.
    """
    named = [
        getattr(said.get(definition.service), "pk", said.get(definition.service)) for said, _, _ in entries
    ]
    rows = Service.objects.filter(pk__in={key for key in named if key}).order_by()
    codes = dict(rows.values_list("pk", "code"))
    today = timezone.localdate()
    found = []
    key: Any
    for key, (_said, start, end) in zip(named, entries, strict=True):
        day = today if start <= today and (end is None or end > today) else start
        code = codes.get(key) or ""
        held = {name: one.on(code, day) for name, one in service_parameters().items()} if code else {}
        found.append({name: one.value for name, one in held.items() if one})
    return found
