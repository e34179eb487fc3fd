"""What an entry says: typed as a person gives it, and as it is kept."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.directory.models import Service
from punte.kernel.errors import DomainError
from punte.kernel.prepared import Prepared, rounded
from punte.organizations.models import Organization
from punte.people.actions.checks import LONGEST_NOTE
from punte.people.asked import Asked
from punte.people.models import Household, Person
from punte.registers.definition import OF_ROWS, Definition, Field
from punte.registers.models import About, Entry

Values = Mapping[str, Any]
"""By the name of the field: a key, a list of keys, yes or no, a number, lei, a day, a text, a row of another room."""
_ROWS: dict[str, Any] = {
    "organization": Organization,
    "household": Household,
    "place": Service,
    "service": Service,
    "entry": Entry,
    "member": Person,
}
_SEEN_BY = ("household", "member")
_MOST_WHOLE = 10**12
_PLACES = Decimal("0.0001")


def checked(definition: Definition, given: Values) -> dict[str, Any]:
    """What was given, each of the type of its field; what is empty is left out.

    Raises:
        DomainError: on the field that is missing, not of its type, or not one of its choices.
    """
    unknown = set(given) - set(definition.fields)
    if unknown:
        raise DomainError(_("There is no field %(name)s in this register.") % {"name": min(unknown)})
    found = {}
    for name, one in definition.fields.items():
        value = given.get(name)
        if value in (None, "", [], ()):
            if one.required:
                raise DomainError(_("This cannot be left empty."), field=name)
            continue
        found[name] = checked_value(one, value)
    return found


def checked_value(one: Field, value: Any) -> Any:
    """What was given for a field, of its type.

    Raises:
        DomainError: on the field; it is of another type, or not one of its choices.
    """
    check: Any = {
        "choice": _choice,
        "choices": _choices,
        "yesno": _yes_or_no,
        "integer": _whole,
        "decimal": _decimal,
        "money": _lei,
        "date": _day,
        "text": _words,
        **dict.fromkeys(OF_ROWS, _row),
    }[one.type]
    return check(one, value)


def _refused(one: Field, message: str) -> DomainError:
    return DomainError(message, field=one.name)


def _choice(one: Field, value: Any) -> str:
    if value not in {choice.key for choice in one.choices}:
        raise _refused(one, _("Choose one of the values in the list."))
    return str(value)


def _choices(one: Field, value: Any) -> list[str]:
    if isinstance(value, str):
        raise _refused(one, _("Choose one of the values in the list."))
    chosen = {_choice(one, key) for key in value}
    return [choice.key for choice in one.choices if choice.key in chosen]


def _yes_or_no(one: Field, value: Any) -> bool:
    if not isinstance(value, bool):
        raise _refused(one, _("Answer yes or no."))
    return value


def _whole(one: Field, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > _MOST_WHOLE:
        raise _refused(one, _("Write a whole number."))
    return value


def _decimal(one: Field, value: Any) -> Decimal:
    try:
        number = Decimal(value)
        if not number.is_finite() or abs(number) > _MOST_WHOLE:
            raise InvalidOperation
        return number.quantize(_PLACES).normalize()
    except (InvalidOperation, TypeError, ValueError) as error:
        raise _refused(one, _("Write a number.")) from error


def _lei(one: Field, value: Any) -> Decimal:
    amount = _decimal(one, value)
    if amount != round(amount, 2):
        raise _refused(one, _("Write an amount in lei, with two decimals at the most."))
    return amount


def _day(one: Field, value: Any) -> dt.date:
    if isinstance(value, dt.datetime) or not isinstance(value, dt.date):
        raise _refused(one, _("Write a date."))
    return value


def _words(one: Field, value: Any) -> str:
    text = str(value).replace("\0", "").strip()
    if len(text) > LONGEST_NOTE:
        said = _("This text has %(length)d characters; at most %(most)d fit. Shorten it.")
        raise _refused(one, said % {"length": len(text), "most": LONGEST_NOTE})
    return text


def _row(one: Field, value: Any) -> Any:
    if not isinstance(value, _ROWS[one.type]):
        raise _refused(one, _("Choose one of the values in the list."))
    return value


def kept(definition: Definition, found: Values) -> tuple[dict[str, Any], str]:
    """What was `checked`, as the columns `values` and `texts` hold it."""
    plain = {name: _as_kept(definition.fields[name], value) for name, value in found.items()}
    texts = {name: value for name, value in plain.items() if definition.fields[name].secret}
    values = {name: value for name, value in plain.items() if name not in texts}
    return values, json.dumps(texts, ensure_ascii=False) if texts else ""


def _as_kept(one: Field, value: Any) -> Any:
    match one.type:
        case "decimal":
            return str(value)
        case "money":
            return int(value * 100)
        case "date":
            return value.isoformat()
        case type_ if type_ in OF_ROWS:
            return str(value.pk)
    return value


def said_by(definition: Definition, row: About) -> dict[str, Any]:
    """What an entry, or a version of it, says, each of the type of its field; a row by its identifier.

    Args:
        definition: of the version of the register that the row was written by.
    """
    return typed(definition, row.values | (json.loads(row.texts) if row.texts else {}))


def typed(definition: Definition, written: Values) -> dict[str, Any]:
    """What columns of an entry hold, each of the type of its field."""
    return {
        name: as_said(definition.fields[name], value)
        for name, value in written.items()
        if name in definition.fields
    }


def as_said(one: Field, value: Any) -> Any:
    """What a column of an entry holds of a field, of its type."""
    match one.type:
        case "decimal":
            return Decimal(value)
        case "money":
            return Decimal(value) / 100
        case "date":
            return dt.date.fromisoformat(value)
        case type_ if type_ in OF_ROWS:
            return UUID(value)
    return value


def renamed(older: Values, *, now: Definition) -> dict[str, Any]:
    """What an older version said, by the names of the fields of today; what has no field any more is left out."""
    names = now.named_today
    return {names[name]: value for name, value in older.items() if name in names}


def with_rows(definition: Definition, said: Values) -> dict[str, Any]:
    """What an entry says, with the rows themselves in place of their identifiers; at most a query for each type."""
    named = rows_named([(definition, said)])
    return {
        name: named.get(value, value) if isinstance(value, UUID) else value for name, value in said.items()
    }


def rows_named(said: Iterable[tuple[Definition, Values]], *, user: User | None = None) -> dict[UUID, Any]:
    """The rows of other rooms that some entries name, by their identifiers; at most a query for each type.

    Args:
        said: by the version of the register that each was written by.
        user: who reads, where they may read of households and people that they do not see.
    """
    keys: dict[str, set[UUID]] = {}
    for definition, values in said:
        for name, value in values.items():
            if isinstance(value, UUID):
                keys.setdefault(definition.fields[name].type, set()).add(value)
    found: dict[UUID, Any] = {}
    for type_, named in keys.items():
        rows = (
            _rows_seen(type_)(user, keys=named)
            if user and type_ in _SEEN_BY
            else _rows(type_)(keys=rounded(named))
        )
        found |= {row.pk: row for row in rows}
    return found


@cache
def _rows(type_: str) -> Prepared:
    return Prepared(lambda keys: _of_type(type_, _ROWS[type_].objects.filter(pk__in=keys)))


@cache
def _rows_seen(type_: str) -> Asked:
    return Asked(
        lambda user, keys: _of_type(type_, _ROWS[type_].objects.visible_to(user).filter(pk__in=keys))
    )


def _of_type(type_: str, rows: Any) -> Any:
    return (rows.defer("safe_contact") if type_ == "household" else rows).order_by()
