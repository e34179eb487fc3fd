"""Facts as they are kept (JSON) and as the rules take them (typed)."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from punte.methodology.model import Pack, Table


def plain(pack: Pack, facts: Mapping[str, Any], table: Table) -> dict[str, Any]:
    """The answered facts of one row as JSON keeps them; dates and decimals become text."""
    kept = {}
    for fact in pack.facts_of(table):
        value = facts.get(fact.name)
        if value is not None:
            kept[fact.name] = str(value) if isinstance(value, (dt.date, Decimal)) else value
    return kept


def typed(pack: Pack, facts: Mapping[str, Any], table: Table) -> dict[str, Any]:
    """The facts of one row as the rules take them; what was not answered is None."""
    return {fact.name: _typed(fact.type, facts.get(fact.name)) for fact in pack.facts_of(table)}


def _typed(type_: str, value: Any) -> Any:
    if value is None or value == "":
        return None
    if type_ == "date":
        return dt.date.fromisoformat(value) if isinstance(value, str) else value
    if type_ == "decimal":
        return Decimal(str(value))
    return value
