"""What kinds of groups there are, what is worked on in them and how: `content/gatherings/groups.yaml`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language

from punte.methodology.errors import gettext_noop
from punte.methodology.source_files import Section, read_yaml
from punte.people.purposes import agreements

RECORD, COLLEAGUES, COUNTED = "record", "colleagues", "counted"
_WHO = (RECORD, COLLEAGUES, COUNTED)
_YES = ("sensitive", "register", "editions", "reach", "subscribers", "hours", "certificates")
_OTHERS = {
    *("ro", "en", "people", "planned", "least", "themes", "methods", "source", "evidence"),
    *("beside", "consent"),
}


@dataclass(frozen=True)
class Word:
    """One choice, in each language."""

    key: str
    words: Mapping[str, str]

    def __str__(self) -> str:
        return self.words.get(get_language() or "ro") or self.words["ro"]


@dataclass(frozen=True)
class Kind(Word):
    """A kind of series.

    Attributes:
        people: who comes: people of the record, colleagues, or only a number.
        planned, least: how many meetings of at least how many are proposed, where a source says so.
        themes, methods: keys of what is worked on and how.
        beside: the register of a person beside whose months it is told how often they came; empty for none.
        consent: the key of `content/consents.yaml` to which who comes agrees; empty where nobody is asked.
        marks: what else holds of it, such as `sensitive`, `register`, `reach`.
    """

    people: str
    planned: int | None
    least: int | None
    themes: tuple[str, ...]
    methods: tuple[str, ...]
    marks: frozenset[str]
    source: str
    evidence: str
    beside: str = ""
    consent: str = ""

    def has(self, mark: str) -> bool:
        """Whether this holds of the kind."""
        return mark in self.marks


@dataclass(frozen=True)
class Groups:
    """All of the file; `opened_days` is for how long a student or a volunteer may be let read a case."""

    kinds: Mapping[str, Kind]
    themes: Mapping[str, Word]
    methods: Mapping[str, Word]
    meals: Mapping[str, Word]
    staff: Mapping[str, Word]
    opened_days: int = 0


@cache
def groups() -> Groups:
    """Those of the installation."""
    return read_groups(settings.CONTENT / "gatherings" / "groups.yaml")


def read_groups(path: Path) -> Groups:
    """The file, checked whole.

    Raises:
        PackError: with file and line, of what cannot be so.
    """
    top = read_yaml(path)
    lists = {name: _words(top.section(name)) for name in ("themes", "methods", "meals", "staff")}
    kinds = {key: _kind(key, one, lists) for key, one in top.section("kinds").sections()}
    if not kinds:
        raise top.error(gettext_noop("%(key)s is missing"), "kinds", key="kinds")
    return Groups(kinds, **lists, opened_days=_number(top.section("students"), "opened_days") or 0)


def _words(section: Section) -> dict[str, Word]:
    return {key: Word(key, {"ro": one.text("ro"), "en": one.text("en")}) for key, one in section.sections()}


def _kind(key: str, one: Section, lists: Mapping[str, Mapping[str, Word]]) -> Kind:
    for name in one:
        if name not in _OTHERS and name not in _YES:
            raise one.error(gettext_noop("%(key)s is not known"), name, key=name)
    people = one.text("people")
    if people not in _WHO:
        raise one.error(gettext_noop("%(key)s is not known"), "people", key=people)
    consent = one.text("consent", "")
    if consent and consent not in agreements().purposes:
        raise one.error(gettext_noop("%(key)s is not known"), "consent", key=consent)
    for name in ("themes", "methods"):
        for word in one.texts(name):
            if word not in lists[name]:
                raise one.error(gettext_noop("%(key)s is not known"), name, key=word)
    return Kind(
        key,
        {"ro": one.text("ro"), "en": one.text("en")},
        people=people,
        planned=_number(one, "planned"),
        least=_number(one, "least"),
        themes=tuple(one.texts("themes")),
        methods=tuple(one.texts("methods")),
        marks=frozenset(name for name in _YES if one.text(name, "") == "true"),
        source=one.text("source"),
        evidence=one.text("evidence"),
        beside=one.text("beside", ""),
        consent=consent,
    )


def _number(one: Section, key: str) -> int | None:
    text = one.text(key, "")
    if not text:
        return None
    if not text.isdecimal() or not int(text):
        raise one.error(gettext_noop("%(key)s must be a whole number above 0"), key, key=key)
    return int(text)


def kind_of(key: str) -> Kind | None:
    """A kind of series; None for one that is there no more, or of meetings that are none."""
    return groups().kinds.get(key)


def said(words: Mapping[str, Word], keys: Iterable[str]) -> list[str]:
    """Choices in words; one that is there no more is left out."""
    return [str(words[key]) for key in keys if key in words]
