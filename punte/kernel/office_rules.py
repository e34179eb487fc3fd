"""The sections of `content/office.yaml`, in which a service says how it works; each room reads and checks its own."""

import datetime as dt
from pathlib import Path
from typing import Any

import yaml

from punte.kernel.own_content import kept_file, product_file

_FILE = "office.yaml"
_MOST_DAYS = 731


class OfficeRulesError(Exception):
    """The file cannot be used; says which section and why."""


def section(name: str) -> Any:
    """What a section says; read anew when the file changes.

    Raises:
        OfficeRulesError: the file is no YAML, or has no such section.
        OSError: there is no such file.
    """
    sections = _sections()
    if name not in sections:
        raise OfficeRulesError(f"{product_file(_FILE)}: there is no section {name}")
    return sections[name]


def looking(name: str) -> dt.timedelta:
    """How far one looks ahead or back for something, as the section `looking` says.

    Raises:
        OfficeRulesError: it does not say so many days, from 1 to 731.
    """
    said = section("looking")
    days = said.get("days", {}).get(name) if isinstance(said, dict) else None
    if not isinstance(days, int) or isinstance(days, bool) or not 1 <= days <= _MOST_DAYS:
        raise wrong("looking", name)
    return dt.timedelta(days=days)


def wrong(name: str, why: str) -> OfficeRulesError:
    """The error that a section says what cannot be."""
    return OfficeRulesError(f"{_FILE}, {name}: {why}")


@kept_file(_FILE, find=product_file)
def _sections(path: Path) -> dict[str, Any]:
    try:
        read = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise OfficeRulesError(f"{path}: {error}") from error
    if not isinstance(read, dict):
        raise OfficeRulesError(f"{path}: sections are wanted")
    return read
