"""Who meets by an act, in which roles, and why conferences are called: `content/gatherings/bodies.yaml`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import get_language

from punte.kernel.evidence import EVIDENCE, NOT_KNOWN_FOR_SURE
from punte.kernel.own_content import kept_file, own_file

_FILE = "gatherings/bodies.yaml"
CONFERENCE, SESSION, OTHER = "conference", "session", "other"
"""The kinds of meetings that are no meeting of a group: of a case, of a body, of neither."""
REPORTS = {"": 0, "half_yearly": 6, "quarterly": 3}
"""How many months a report of a body is about."""


@dataclass(frozen=True)
class Named:
    """A key with its words."""

    key: str
    words: Mapping[str, str]

    def __str__(self) -> str:
        return self.words.get(get_language() or "ro") or self.words["ro"]


@dataclass(frozen=True)
class BodyKind(Named):
    """A kind of body.

    Attributes:
        roles: in which its members sit, in the order of the file.
        reports: how often it reports what it held.
        of_uat: whether each town is asked whether it has one.
        of_service: whether it belongs to a residential unit.
    """

    roles: tuple[Named, ...]
    source: str
    evidence: str
    reports: str = ""
    of_uat: bool = False
    of_service: bool = False

    @property
    def is_proposal(self) -> bool:
        """Whether nobody has read where it comes from."""
        return self.evidence in NOT_KNOWN_FOR_SURE


@dataclass(frozen=True)
class Bodies:
    """All of the file."""

    kinds: Mapping[str, BodyKind]
    roles: Mapping[str, Named]
    reasons: Mapping[str, Named]
    child_from: int
    answer_days: int


@kept_file(_FILE)
def bodies(path: Path) -> Bodies:
    """What holds in this installation; read anew when the file changes.

    Raises:
        ImproperlyConfigured: the file does not hold together.
    """
    wrong = faults(path)
    if wrong:
        raise ImproperlyConfigured("\n".join(wrong))
    top = yaml.safe_load(path.read_text(encoding="utf-8"))
    roles = {key: Named(key, words) for key, words in top["roles"].items()}
    return Bodies(
        kinds={key: _kind(key, one, roles) for key, one in top["bodies"].items()},
        roles=roles,
        reasons={key: Named(key, words) for key, words in top["reasons"]["of"].items()},
        child_from=top["conference"]["child_from"],
        answer_days=top["conference"]["answer_days"],
    )


def kind_in_words(key: str) -> str:
    """A kind of body on a page; one that is in the file no more, by its key."""
    return str(bodies().kinds.get(key, key))


def role_in_words(key: str) -> str:
    """A role of a body on a page, likewise."""
    return str(bodies().roles.get(key, key))


def reason_in_words(key: str) -> str:
    """A reason of a conference on a page, likewise."""
    return str(bodies().reasons.get(key, key))


def faults(path: Path | None = None) -> list[str]:
    """What is wrong with the file, each with its file and line."""
    path = path or own_file(_FILE)
    return [f"{path.name}:{line}: {what}" for line, what in _faults(path)]


def _kind(key: str, one: Mapping[str, Any], roles: Mapping[str, Named]) -> BodyKind:
    return BodyKind(
        key,
        {"ro": one["ro"], "en": one["en"]},
        tuple(roles[name] for name in one["roles"]),
        one["source"],
        one["evidence"],
        one.get("reports", ""),
        one.get("of_uat", False),
        one.get("of_service", False),
    )


_Fault = tuple[int, str]


def _faults(path: Path) -> Iterator[_Fault]:
    try:
        top = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        yield (error.problem_mark.line + 1 if error.problem_mark else 1), str(error.problem)
        return
    parts = _fields(top)
    for name in ("bodies", "roles", "reasons", "conference"):
        if name not in parts:
            yield 1, f"{name} is missing"
    if len(parts) != len({"bodies", "roles", "reasons", "conference"} & set(parts)):
        yield 1, "there is a part that nobody reads"
    roles = _fields(parts.get("roles"))
    for key, node in _fields(parts.get("bodies")).items():
        yield from _body_faults(key, node, set(roles))
    for key, node in {**roles, **_fields(_fields(parts.get("reasons")).get("of"))}.items():
        yield from _word_faults(key, node)
    for name in ("reasons", "conference"):
        if name in parts:
            yield from _source_faults(name, parts[name])
    for name in ("child_from", "answer_days"):
        said = _fields(parts.get("conference")).get(name)
        if said is None or not str(said.value).isdigit():
            yield _line(parts.get("conference")), f"{name} is a whole number"


def _body_faults(key: str, node: Any, roles: set[str]) -> Iterator[_Fault]:
    said = _fields(node)
    yield from _word_faults(key, node)
    yield from _source_faults(key, node)
    known = {"ro", "en", "source", "evidence", "roles", "reports", "of_uat", "of_service"}
    for name in said.keys() - known:
        yield _line(said[name]), f"{key}: nobody reads {name}"
    if "reports" in said and said["reports"].value not in REPORTS:
        yield _line(said["reports"]), f"{key}: reports is one of {', '.join(filter(None, REPORTS))}"
    named = said["roles"].value if "roles" in said else []
    if not named or isinstance(named, str):
        yield _line(node), f"{key}: it has no roles"
        return
    for role in named:
        if role.value not in roles:
            yield _line(role), f"{key}: there is no role {role.value}"


def _word_faults(key: str, node: Any) -> Iterator[_Fault]:
    said = _fields(node)
    for language in ("ro", "en"):
        if not (language in said and said[language].value):
            yield _line(node), f"{key}: it has no words in {language}"


def _source_faults(key: str, node: Any) -> Iterator[_Fault]:
    said = _fields(node)
    if not ("source" in said and said["source"].value):
        yield _line(node), f"{key}: it has no source"
    if "evidence" not in said or said["evidence"].value not in EVIDENCE:
        yield _line(node), f"{key}: evidence is one of {', '.join(EVIDENCE)}"


def _fields(node: Any) -> dict[str, Any]:
    if not isinstance(node, yaml.MappingNode):
        return {}
    return {key.value: value for key, value in node.value}


def _line(node: Any) -> int:
    return node.start_mark.line + 1 if node is not None else 1
