"""What may be asked of a list, read from the address or from the body of a search; what is wrong is said."""

import datetime as dt
import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from punte.api.hsds.problems import Problem

MOST_PER_PAGE, PER_PAGE = 500, 50
LAST_PAGE = 1_000_000
LONGEST_SEARCH = 200
FARTHEST = 1_000_000
_FORM = "application/x-www-form-urlencoded"
_YEARS = range(1900, 2200)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z", re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    """One reading of the parameters; each list offers some of them, the others keep their defaults."""

    search: str = ""
    page: int = 1
    per_page: int | None = None
    format: str = "json"
    taxonomy_term_id: UUID | None = None
    taxonomy_id: UUID | None = None
    organization_id: UUID | None = None
    modified_after: dt.datetime | None = None
    minimal: bool = False
    full: bool = False
    full_service: bool = False
    postcode: str = ""
    proximity: int | None = None
    siruta: int | None = None
    top_only: bool = False
    parent_id: UUID | None = None

    @property
    def streamed(self) -> bool:
        """Whether all is wanted at once, a line each."""
        return self.format == "ndjson"


def read(request: HttpRequest, *, offered: Collection[str]) -> Asked:
    """The parameters of a request, of those that its address offers.

    Raises:
        Problem: 400 for an unknown, repeated or unreadable parameter, 415 for a body of an unknown kind.
    """
    given = _given(request)
    for name, values in given.items():
        if name not in offered:
            raise _wrong(
                name,
                f"Parametrul nu există aici. Se pot folosi: {', '.join(sorted(offered))}.",
                f"This parameter is not known here. Known are: {', '.join(sorted(offered))}.",
            )
        if len(values) > 1:
            raise _wrong(
                name, "Parametrul este dat de mai multe ori.", "The parameter is given more than once."
            )
        if "\0" in values[0]:
            raise _wrong(name, "Textul conține un caracter nul.", "The text contains a null character.")
    asked = Asked(**{name: _READERS[name](name, values[0]) for name, values in given.items()})
    if asked.proximity is not None and not (asked.postcode or asked.siruta):
        raise _wrong(
            "proximity",
            "Distanța are nevoie de un loc: dați și postcode sau siruta.",
            "A distance needs a place: give postcode or siruta too.",
        )
    return asked


def identifier(text: str) -> UUID | None:
    """The UUID that a text is, in the form with hyphens."""
    return UUID(text) if _UUID.match(text) else None


def _given(request: HttpRequest) -> dict[str, list[str]]:
    given = {name: list(values) for name, values in request.GET.lists()}
    if request.method == "POST" and request.body:
        for name, values in _body(request).items():
            given[name] = given.get(name, []) + values
    return given


def _body(request: HttpRequest) -> dict[str, list[str]]:
    if request.content_type == _FORM:
        return {name: list(values) for name, values in QueryDict(request.body, encoding="utf-8").lists()}
    if request.content_type != "application/json":
        raise Problem(
            415,
            f"Căutarea se trimite în adresă, ca {_FORM} sau ca application/json.",
            f"A search is sent in the address, as {_FORM} or as application/json.",
        )
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError):
        sent = None
    if not isinstance(sent, dict):
        raise Problem(
            400, "Corpul cererii nu este un obiect JSON.", "The body of the request is not a JSON object."
        )
    return {str(name): [_plain(str(name), value)] for name, value in sent.items()}


def _plain(name: str, value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | int | float):
        return str(value)
    raise _wrong(
        name, "Valoarea trebuie să fie un text sau un număr.", "The value must be a text or a number."
    )


def _wrong(name: str, ro: str, en: str) -> Problem:
    return Problem(400, ro, en, parameter=name[:60])


def _whole(least: int, most: int) -> Callable[[str, str], int]:
    def reader(name: str, text: str) -> int:
        number = int(text) if re.fullmatch(r"[0-9]{1,9}", text) else -1
        if not least <= number <= most:
            raise _wrong(
                name,
                f"Trebuie un număr întreg de la {least} la {most}.",
                f"A whole number from {least} to {most} is needed.",
            )
        return number

    return reader


def _search(name: str, text: str) -> str:
    if len(text) > LONGEST_SEARCH:
        raise _wrong(
            name,
            f"Textul căutat poate avea cel mult {LONGEST_SEARCH} de caractere.",
            f"The text searched may have at most {LONGEST_SEARCH} characters.",
        )
    return text


def _yes(name: str, text: str) -> bool:
    known = {"true": True, "1": True, "false": False, "0": False}
    if text.lower() not in known:
        raise _wrong(name, "Trebuie true sau false.", "True or false is needed.")
    return known[text.lower()]


def _uuid(name: str, text: str) -> UUID:
    found = identifier(text)
    if found is None:
        raise _wrong(name, "Trebuie un UUID.", "A UUID is needed.")
    return found


def _format(name: str, text: str) -> str:
    if text not in ("json", "ndjson"):
        raise _wrong(name, "Se poate cere json sau ndjson.", "Either json or ndjson may be asked for.")
    return text


def _moment(name: str, text: str) -> dt.datetime:
    # In an address an unescaped plus, as of +02:00, arrives as a space.
    try:
        moment = dt.datetime.fromisoformat(text.replace(" ", "+") if "T" in text else text)
    except ValueError:
        moment = None
    if moment is None or moment.year not in _YEARS:
        raise _wrong(
            name,
            "Trebuie o dată ISO 8601, de exemplu 2026-11-01 sau 2026-11-01T08:00:00+02:00.",
            "A date of ISO 8601 is needed, for example 2026-11-01 or 2026-11-01T08:00:00+02:00.",
        )
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def _postcode(name: str, text: str) -> str:
    digits = text.replace(" ", "")
    if not re.fullmatch(r"[0-9]{6}", digits):
        raise _wrong(name, "Un cod poștal românesc are șase cifre.", "A Romanian postal code has six digits.")
    return digits


_READERS: Mapping[str, Callable[[str, str], Any]] = {
    "search": _search,
    "page": _whole(1, LAST_PAGE),
    "per_page": _whole(1, MOST_PER_PAGE),
    "format": _format,
    "taxonomy_term_id": _uuid,
    "taxonomy_id": _uuid,
    "organization_id": _uuid,
    "modified_after": _moment,
    "minimal": _yes,
    "full": _yes,
    "full_service": _yes,
    "postcode": _postcode,
    "proximity": _whole(1, FARTHEST),
    "siruta": _whole(1, 999_999),
    "top_only": _yes,
    "parent_id": _uuid,
}
