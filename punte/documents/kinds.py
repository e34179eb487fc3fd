"""The kinds of documents that are put in the file of a case (`content/document_kinds.yaml`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import get_language

from punte.accounts.enums import Compartment
from punte.documents.enums import DocumentKind
from punte.kernel.own_content import kept_file, product_file

_FILE = "document_kinds.yaml"


@dataclass(frozen=True)
class Kind:
    """A kind of document; a `retired` one is read but no longer offered."""

    key: str
    ro: str
    en: str
    compartment: Compartment
    retired: bool = False

    def __str__(self) -> str:
        return self.en if get_language() == "en" else self.ro


@kept_file(_FILE, find=product_file)
def kinds(path: Path) -> Mapping[str, Kind]:
    """Every kind by its key, in the order of the file; read anew when the file changes.

    Raises:
        ImproperlyConfigured: the file does not hold together.
    """
    try:
        found = {
            key: _kind(key, row)
            for key, row in yaml.safe_load(path.read_text(encoding="utf-8"))["kinds"].items()
        }
    except (KeyError, TypeError, ValueError, AttributeError, yaml.YAMLError) as error:
        raise ImproperlyConfigured(f"{path}: {error}") from error
    if not found:
        raise ImproperlyConfigured(f"{path}: there is no kind")
    return found


def _kind(key: str, row: Mapping[str, Any]) -> Kind:
    if key in DocumentKind.values:
        raise ValueError(f"{key} is a paper that the product writes itself")
    return Kind(key, row["ro"], row["en"], Compartment(row["compartment"]), bool(row.get("retired", False)))


def kind_in_words(key: str) -> str:
    """A kind on a page; one that is in the file no more, by its key."""
    return str(kinds().get(key, key))
