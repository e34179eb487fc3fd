"""The OpenAPI document of the API, written from what the code accepts and answers (`parameters`, `fields`)."""

from collections.abc import Mapping, Sequence
from typing import Any

from punte import __version__
from punte.api.hsds import fields
from punte.api.hsds.endpoint import LINES
from punte.api.hsds.parameters import FARTHEST, LAST_PAGE, LONGEST_SEARCH, MOST_PER_PAGE, PER_PAGE

_PAGES = ("page", "per_page", "format")
_FOUND_BY = ("search", "taxonomy_term_id", "taxonomy_id")
_PLACED = ("postcode", "proximity", "siruta")
_OF_SERVICES = (*_FOUND_BY, "organization_id", "modified_after", *_PLACED, *_PAGES)
OFFERED: Mapping[str, Sequence[str]] = {
    "/services": (*_OF_SERVICES, "minimal", "full"),
    "/organizations": (*_FOUND_BY, "full", "full_service", *_PAGES),
    "/service_at_locations": (*_OF_SERVICES, "full"),
    "/taxonomies": ("search", *_PAGES),
    "/taxonomy_terms": ("search", "taxonomy_id", "parent_id", "top_only", *_PAGES),
}
_LISTS = {
    "/services": ("service", "Services, on one line each, or whole with `full=true`."),
    "/organizations": ("organization", "Organizations that offer services."),
    "/service_at_locations": ("service_at_location", "Services at each of their places."),
    "/taxonomies": ("taxonomy", "The ways of sorting services."),
    "/taxonomy_terms": ("taxonomy_term", "The terms of the taxonomies."),
}
_UUID = {"type": "string", "format": "uuid"}
_YES = {"type": "boolean"}
_PARAMETERS: Mapping[str, tuple[Mapping[str, Any], str]] = {
    "search": (
        {"type": "string", "maxLength": LONGEST_SEARCH, "pattern": "^[^\\x00]*$"},
        "Words of the name, whatever their diacritics; all must be there.",
    ),
    "page": ({"type": "integer", "minimum": 1, "maximum": LAST_PAGE, "default": 1}, "The page, from 1."),
    "per_page": (
        {"type": "integer", "minimum": 1, "maximum": MOST_PER_PAGE},
        f"Items on a page; {PER_PAGE} unless said, with `minimal` all of them.",
    ),
    "format": (
        {"type": "string", "enum": ["json", "ndjson"], "default": "json"},
        "`ndjson` streams everything, one item a line, without pages.",
    ),
    "taxonomy_term_id": (_UUID, "Those that bear this term, or one below it."),
    "taxonomy_id": (_UUID, "Those that bear any term of this taxonomy."),
    "organization_id": (_UUID, "Those that this organization offers."),
    "modified_after": (
        {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}]},
        "Changed at or after this moment; without an offset it is Romanian time.",
    ),
    "minimal": (_YES, "Only what a copy needs to see what changed, all on one page."),
    "full": (_YES, "Each item with everything about it."),
    "full_service": (_YES, "The services of an organization with everything about them."),
    "postcode": (
        {"type": "string", "pattern": "^[0-9]{6}$"},
        "Romanian postal code: those in its UAT, or in its county where only that is known.",
    ),
    "proximity": (
        {"type": "integer", "minimum": 1, "maximum": FARTHEST},
        "Those within so many metres from the middle of `postcode` or `siruta`.",
    ),
    "siruta": (
        {"type": "integer", "minimum": 1, "maximum": 999_999},
        "Added by HSDS-RO: those in the UAT of this SIRUTA code.",
    ),
    "top_only": (_YES, "Only terms without a term above them."),
    "parent_id": (_UUID, "Only terms right below this one."),
}


def document_of(base: str) -> dict[str, Any]:
    """The document of the API that answers at the address `base`."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Punte: servicii sociale, HSDS 3.1",
            "version": __version__,
            "description": "Social services by the Open Referral Human Services Data Specification 3.1, profile"
            " HSDS-RO. Open to everybody, without a key.",
            "license": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
        },
        "servers": [{"url": base.rstrip("/")}],
        "paths": {
            "/": {"get": _operation("about", "What this API is.", {"$ref": f"{fields.REFERENCE}about"}, 400)}
        }
        | dict(path for name in _LISTS for path in _paths(name)),
        "components": {"schemas": _schemas()},
    }


def _schemas() -> dict[str, Any]:
    problem = {
        "type": "object",
        "properties": {
            "status": {"type": "integer"},
            **{
                name: {"type": "string"} for name in ("title", "detail", "title_ro", "detail_ro", "parameter")
            },
        },
        "required": ["status", "title", "detail", "title_ro", "detail_ro"],
        "additionalProperties": False,
    }
    uri = {"type": "string", "format": "uri"}
    about = {
        "type": "object",
        "properties": {"version": {"type": "string"}, "profile": uri, "openapi_url": uri},
        "required": ["version", "profile", "openapi_url"],
        "additionalProperties": False,
    }
    return (
        fields.schemas()
        | {"problem": problem, "about": about}
        | {f"{name}_page": _page(name) for name, _words in _LISTS.values()}
    )


def _page(name: str) -> dict[str, Any]:
    numbers = ("total_items", "total_pages", "page_number", "size")
    flags = ("first_page", "last_page", "empty")
    return {
        "type": "object",
        "properties": {
            **{one: {"type": "integer", "minimum": 0} for one in numbers},
            **{one: {"type": "boolean"} for one in flags},
            "contents": {"type": "array", "items": {"$ref": fields.REFERENCE + name}},
        },
        "required": [*numbers, *flags, "contents"],
        "additionalProperties": False,
    }


def _paths(path: str) -> list[tuple[str, dict[str, Any]]]:
    name, words = _LISTS[path]
    asked = [_parameter(one) for one in OFFERED[path]]
    page = {"$ref": f"{fields.REFERENCE}{name}_page"}
    listed = {
        "parameters": asked,
        "get": _operation(f"list_{name}", words, page, 400, lines=True),
        "post": _operation(f"search_{name}", f"{words} The same as GET.", page, 400, 415, lines=True),
    }
    told: dict[str, Any] = {
        "parameters": [{"name": "id", "in": "path", "required": True, "schema": _UUID}],
        "get": _operation(
            f"get_{name}",
            f"One {name}, with everything about it.",
            {"$ref": fields.REFERENCE + name},
            400,
            404,
        ),
    }
    if name == "organization":
        told["get"]["parameters"] = [_parameter("full_service")]
    return [(path, listed), (f"{path}/{{id}}", told)]


def _parameter(name: str) -> dict[str, Any]:
    schema, words = _PARAMETERS[name]
    return {"name": name, "in": "query", "required": False, "description": words, "schema": dict(schema)}


def _operation(
    name: str, words: str, schema: Mapping[str, Any], *refused: int, lines: bool = False
) -> dict[str, Any]:
    answered: dict[str, Any] = {"application/json": {"schema": dict(schema)}}
    if lines:
        answered[LINES] = {"schema": {"type": "string"}}
    problem = {"application/problem+json": {"schema": {"$ref": f"{fields.REFERENCE}problem"}}}
    return {
        "operationId": name,
        "summary": words,
        "responses": {"200": {"description": words, "content": answered}}
        | {
            str(status): {"description": "Refused, with the reason.", "content": problem}
            for status in refused
        },
    }
