"""A row of the table of who is answered what, and the expectations that many rows share.

An expectation names a group, and where it stands: `@own` in the team that holds the case, `@team` in another team of
the same organisation, `@elsewhere` in another organisation; without a place it fits everywhere.
`200` opens, `302`/`405`/`422` was let in and told what is missing, `403` knows that it is there, `404` does not.
"""

from dataclasses import dataclass, field
from typing import Any

from punte.accounts.enums import Role

_LEADERS = frozenset({Role.SUPERVISOR, Role.COORDINATOR})
_WRITERS = _LEADERS | {
    *(Role.SOCIAL_WORKER, Role.CASE_MANAGER, Role.COMMUNITY_NURSE, Role.HEALTH_MEDIATOR, Role.SCHOOL_MEDIATOR)
}
_ASSESSORS = _WRITERS | {Role.PSYCHOLOGIST}
_PROFESSIONALS = _ASSESSORS | {Role.SCHOOL_COUNSELLOR, Role.LEGAL_ADVISER}

GROUPS: dict[str, frozenset[str]] = {
    "anybody": frozenset(Role),
    "readers": _PROFESSIONALS | {Role.TRAINEE},
    "writers": _WRITERS,
    "assessors": _ASSESSORS,
    "professionals": _PROFESSIONALS,
    "managers": _LEADERS | {Role.SOCIAL_WORKER, Role.CASE_MANAGER},
    "leaders": _LEADERS,
    "planners": frozenset({Role.PLANNER, Role.COUNTY_METHODOLOGIST}),
    **{str(role): frozenset({role}) for role in Role},
}


@dataclass(frozen=True)
class Row:
    """One address, tried in one way, on one record."""

    name: str
    expected: dict[str, int]
    kwargs: dict[str, Any] = field(default_factory=dict)
    method: str = "get"
    path: str = ""

    def named(self, rows: dict[str, Any]) -> dict[str, Any]:
        """The arguments of the address: names of records become their keys."""
        return {name: rows[value].pk if value in rows else value for name, value in self.kwargs.items()}

    def of(self, who: str) -> tuple[str, int]:
        """The expectation that fits `role@place`, `case_team` or `anonymous`, and its status."""
        for key, status in self.expected.items():
            if any(_fits(one, who) for one in key.split("|")):
                return key, status
        if who == "anonymous":
            return who, 302
        raise AssertionError(f"{self.name}: nobody says what {who} is answered")


_ALONE = ("anonymous", "case_team")


def _fits(pattern: str, who: str) -> bool:
    group, _at, place = pattern.partition("@")
    role, _at, stands = who.partition("@")
    if group in _ALONE or role in _ALONE:
        return role == group
    return (group == "*" or role in GROUPS[group]) and (not place or place == stands)


# Everybody who is signed in; one role alone; those who may read, write, assess, manage anywhere in their organisation.
EVERYBODY = {"*|case_team": 200}
READERS = {"readers|case_team": 200, "*": 403}
OFFICER = {"data_protection_officer": 200, "*|case_team": 403}
ADMINISTRATOR = {"administrator": 200, "*|case_team": 403}
PARTNER = {"partner": 200, "*|case_team": 403}

# A record of people: read and written throughout the organisation that keeps it, unknown outside.
RECORD = {"readers@own|readers@team|case_team": 200, "*": 404}
RECORD_WRITTEN = {"writers@own|writers@team": 200, "readers@own|readers@team|case_team": 403, "*": 404}
RECORD_CHANGED = {**RECORD_WRITTEN, "writers@own|writers@team": 302}
RECORD_TRAIL = {
    "managers@own|managers@team|data_protection_officer@own|data_protection_officer@team": 200,
    "readers@own|readers@team|case_team": 403,
    "*": 404,
}
# A case: its team and the leaders; colleagues learn that it is there. A sealed one: its team alone.
CASE = {"readers@own|leaders@team|case_team": 200, "readers@team": 403, "*": 404}
SEALED = {"case_team": 200, "*": 404}
# An account: the administrator of its organisation.
ACCOUNT = {"administrator@own|administrator@team": 200, "administrator": 404, "*|case_team": 403}


def answered(expected: dict[str, int], status: int) -> dict[str, int]:
    """The same people, let in with another status."""
    return {who: status if was == 200 else was for who, was in expected.items()}
