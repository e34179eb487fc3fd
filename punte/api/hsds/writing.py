"""How published things are written: compact JSON, nothing empty, nothing null."""

import json
import math
import re
from collections.abc import Mapping
from typing import Any

from django.utils.encoding import iri_to_uri

Item = dict[str, Any]

_EMAIL = re.compile(r"[^@\s<>,;]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+\Z")
_URL = re.compile(r"https?://[^\s<>\"{}|\\^`]+\Z")
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def as_json(data: Mapping[str, Any]) -> bytes:
    """The data as UTF-8; a lone half of a pair of surrogates, which is no text, becomes a question mark."""
    return _encode(data).encode("utf-8", "replace")


def item(**properties: Any) -> Item:
    """An object of HSDS without what is not known: an optional property is left out, never null."""
    return {name: value for name, value in properties.items() if value or value == 0}


def url(text: str) -> str | None:
    """The address of a page, where it is one."""
    text = text.strip()
    return iri_to_uri(text) if _URL.match(text) else None


def email(text: str) -> str | None:
    """The address for e-mail, where it is one."""
    text = text.strip()
    return text if _EMAIL.match(text) and text.isascii() else None


def degrees(value: float | None) -> float | None:
    """A coordinate to about ten centimetres, where there is one."""
    return round(value, 6) if value is not None and math.isfinite(value) else None
