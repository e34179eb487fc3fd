"""Cells and values as JSON and back, with amounts, days and spoiled cells as they were."""

import datetime as dt
import json
from decimal import Decimal
from typing import Any

from punte.kernel.tables.shape import Spoiled


def to_json(value: Any) -> str:
    """As text without spaces.

    Raises:
        TypeError: it holds something that is no value of a table.
    """
    return json.dumps(value, default=_tagged, separators=(",", ":"), ensure_ascii=False)


def from_json(text: str | bytes) -> Any:
    """Undo `to_json`."""
    return json.loads(text, object_hook=_untagged)


def _tagged(value: object) -> object:
    if isinstance(value, Decimal):
        return {"$amount": str(value)}
    if isinstance(value, dt.datetime):
        return {"$moment": value.isoformat()}
    if isinstance(value, dt.date):
        return {"$day": value.isoformat()}
    if isinstance(value, dt.time | dt.timedelta):
        return str(value)
    if isinstance(value, Spoiled):
        return {"$spoiled": value.message}
    raise TypeError(type(value).__name__)


def _untagged(value: dict[str, Any]) -> Any:
    if "$amount" in value:
        return Decimal(value["$amount"])
    if "$moment" in value:
        return dt.datetime.fromisoformat(value["$moment"])
    if "$spoiled" in value:
        return Spoiled(value["$spoiled"])
    return dt.date.fromisoformat(value["$day"]) if "$day" in value else value
