"""Registers and what entries say, in the words of the wire (`frontend/src/teren/wire-registers.ts`)."""

import datetime as dt
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model
from django.utils.translation import gettext as _

from punte.kernel.errors import DomainError
from punte.methodology.trees import tree_of
from punte.organizations.models import Organization
from punte.people.models import Person
from punte.registers.definition import Definition, Field, Move
from punte.registers.models import Entry
from punte.registers.values import Values, checked_value

Wire = dict[str, Any]
_TYPES_THERE = frozenset(
    ("choice", "choices", "yesno", "integer", "decimal", "money", "date", "text", "organization")
    + ("member", "entry")
)


def fields_there(one: Definition) -> list[str]:
    """The names of the fields that a device draws; what is of another type is read and written in the office."""
    return [name for name, field in one.fields.items() if field.type in _TYPES_THERE]


def definition_to_wire(one: Definition, readable: Collection[str]) -> Wire:
    """`RegisterForm`: a register with the fields of these names."""
    return {
        "key": one.key,
        "digest": digest_of(one),
        "title": dict(one.title),
        "about": one.about,
        "ofDay": one.period == "day",
        "past": one.life_event,
        "alone": one.overlap == "refused",
        "aloneBy": list(one.alone_by),
        "holds": sorted(one.holds),
        "fields": [_field(one.fields[name]) for name in readable],
        "states": [_choice(key, label) for key, label in one.states.items()],
        "begins": list(one.begins),
        # What a second person must agree to, or others read first, is done in the office, where they are asked.
        "moves": [_move(move) for move in one.moves.values() if not (move.second_person or move.readers)],
        "checks": [
            {"when": tree_of(check.when), "say": dict(check.say), "error": check.as_ == "error", "field": check.field}
            for check in one.checks
        ],
        "line": dict(one.line),
    }  # fmt: skip


def digest_of(one: Definition) -> str:
    """By what a device tells a register from another version of it."""
    return one.digest[:16]


def _field(one: Field) -> Wire:
    return {
        "name": one.name,
        "type": one.type,
        "label": dict(one.label),
        "hint": dict(one.hint) or None,
        "required": one.required,
        "choices": [{**_choice(each.key, each.label), "retired": each.retired} for each in one.choices],
        "is": one.is_,
        "compartment": one.compartment,
        "long": one.long,
        **({"of": one.of} if one.of else {}),
    }


def _choice(code: str, label: Mapping[str, str]) -> Wire:
    return {"code": code, "label": {"ro": label["ro"], "en": label.get("en", label["ro"])}}


def _move(one: Move) -> Wire:
    return {
        "name": one.name,
        "label": dict(one.label),
        "from": list(one.from_),
        "to": one.to,
        "asks": list(one.asks),
        "ends": one.ends,
    }


def values_to_wire(said: Values) -> Wire:
    """What an entry says: numbers that are no whole ones as text, rows of other rooms by identifier."""
    return {name: _plain(value) for name, value in said.items()}


def _plain(value: Any) -> Any:
    match value:
        case bool() | int() | list():
            return value
        case dt.date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case Model():
            return str(value.pk)
    return str(value)


def values_from_wire(definition: Definition, said: Mapping[str, Any]) -> dict[str, Any]:
    """What a device says, as the verbs take it; a field that was renamed since by its name of today.

    Raises:
        DomainError: on the field that cannot be read, or is of no field of the register.
    """
    names = {one.was: name for name, one in definition.fields.items() if one.was}
    found = {}
    for name, value in said.items():
        one = definition.fields.get(name) or definition.fields.get(names.get(name, ""))
        if one is None:
            raise DomainError(_("The register has changed since. Look at the entry again and save it."))
        found[one.name] = None if value in (None, "", []) else _read(one, value)
    return found


def _read(one: Field, value: Any) -> Any:
    try:
        match one.type:
            case "date":
                return dt.date.fromisoformat(value)
            case "organization":
                return Organization.objects.get(pk=UUID(value))
            case "member":
                return Person.objects.get(pk=Person.everyone.kept_key(UUID(value)))
            case "entry":
                return Entry.objects.get(pk=UUID(value))
            case "decimal" | "money":
                return checked_value(one, value if isinstance(value, str) else None)
            case "choice" | "text":
                if not isinstance(value, str):
                    raise ValueError(value)
            case "choices":
                if not all(isinstance(key, str) for key in value):
                    raise ValueError(value)
    except (ValueError, TypeError, AttributeError, ObjectDoesNotExist) as wrong:
        raise DomainError(_("This cannot be read. Choose or write it again."), field=one.name) from wrong
    return value
