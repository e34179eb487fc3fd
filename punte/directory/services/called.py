"""Services and institutions by what somebody remembers of them: a name, a phone, a fiscal code."""

import re
from collections.abc import Callable, Collection
from functools import cache
from typing import Any, TypeVar

from django.db.models import Case, IntegerField, Model, Q, QuerySet, Value, When

from punte.directory.models import Service
from punte.kernel.prepared import Prepared
from punte.kernel.text import fold
from punte.organizations.models import Organization

Row = TypeVar("Row", bound=Model)
_FISCAL_CODE = re.compile(r"(?:ro)?\s*(\d{2,10})", re.IGNORECASE)
_SHORTEST = 2


def services_called(text: str, limit: int) -> list[Service]:
    """Services whose name or provider has every word of the text; those whose own name begins so first."""
    if len(fold(text)) < _SHORTEST:
        return []
    return _services(limit)(words=fold(text).split(), begun=fold(text))


def organizations_called(text: str, limit: int) -> list[Organization]:
    """Institutions and providers whose name has every word of the text; those whose name begins so first."""
    if len(fold(text)) < _SHORTEST:
        return []
    return _institutions(limit)(words=fold(text).split(), begun=fold(text))


@cache
def _services(limit: int) -> Prepared:
    def named(words: Collection[str], begun: str) -> "QuerySet[Service]":
        rows = Service.objects.of_words(words).select_related("provider").prefetch_related("locations__uat")
        return _begun_so_first(rows, begun)[:limit]

    return Prepared(named)


@cache
def _institutions(limit: int) -> Prepared:
    def named(words: Collection[str], begun: str) -> "QuerySet[Organization]":
        rows = _organizations()
        for word in words:
            rows = rows.filter(Q(folded_name__contains=word) | Q(short_name__icontains=word))
        return _begun_so_first(rows, begun)[:limit]

    return Prepared(named)


def organizations_of_code(text: str, limit: int) -> list[Organization]:
    """Institutions of a fiscal code, with or without the letters RO."""
    code = _FISCAL_CODE.fullmatch(text.strip())
    if code is None:
        return []
    written = [code[1], f"RO{code[1]}", f"RO {code[1]}"]
    return list(_organizations().filter(fiscal_code__in=written).order_by("folded_name", "pk")[:limit])


def services_of_phone(is_meant: Callable[[str], bool], limit: int) -> list[Service]:
    """Services whose published phone is meant."""
    rows = Service.objects.select_related("provider").prefetch_related("locations__uat")
    return _of_phone(rows, is_meant, limit)


def organizations_of_phone(is_meant: Callable[[str], bool], limit: int) -> list[Organization]:
    """Institutions whose published phone is meant."""
    return _of_phone(_organizations(), is_meant, limit)


def _of_phone(rows: "QuerySet[Row]", is_meant: Callable[[str], bool], limit: int) -> list[Row]:
    """The directory is some thousands of rows, its phones written in every way: they are read, and compared here."""
    phones = rows.model._default_manager.exclude(phone="").order_by().values_list("pk", "phone")
    keys = [pk for pk, phone in phones.iterator() if is_meant(phone)]
    return list(rows.filter(pk__in=keys[:limit]).order_by("folded_name", "pk"))


def _organizations() -> "QuerySet[Organization]":
    return Organization.objects.select_related("uat")


def _begun_so_first(rows: Any, beginning: str) -> Any:
    begun = Case(
        When(folded_name__startswith=beginning, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return rows.order_by(begun, "folded_name", "pk")
