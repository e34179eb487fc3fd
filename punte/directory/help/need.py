"""What a resident needs, read from plain words in Romanian, English or Hungarian. Pure but for the data it reads.

Words are compared by their stems, without diacritics, and with small slips of the keyboard forgiven; the data is
`content/find` and `content/benefits`, described in their READMEs.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import snowballstemmer
import yaml
from django.conf import settings
from rapidfuzz import process
from rapidfuzz.distance import OSA

from punte.directory.help.benefits import Benefit, read_benefits
from punte.kernel.text import fold

LANGUAGES = ("ro", "en", "hu")
_STEMMERS = {"ro": "romanian", "en": "english", "hu": "hungarian"}
_WORD = re.compile(r"[^\W_]+")
_LONGEST_TEXT = 300
_WORDS_BETWEEN = 1
_MOST_NEEDS = 3
_MOST_BENEFITS = 3
_FAR_BEHIND = 2
_SHORTEST_TO_MEND = 5
_ONE_SLIP_UNDER = 8
VIOLENCE = "violence"
"""Those of `content/find/people.yaml` whose pages are left quickly, and say nothing of them in a title."""


@dataclass(frozen=True)
class Person:
    """Who services are for: `codes` are beginnings of nomenclature codes, `ages` their years where age makes them."""

    key: str
    name: Mapping[str, str]
    codes: tuple[str, ...]
    ages: tuple[int, int] | None


@dataclass(frozen=True)
class Need:
    """A need as people say it, and the nomenclature codes that answer it, best first."""

    key: str
    name: Mapping[str, str]
    who: tuple[str, ...]
    codes: tuple[str, ...]
    urgent: bool


@dataclass(frozen=True)
class Reading:
    """What was understood of a text: the likeliest needs and rights, the people named, and the words that said so, as
    typed."""

    needs: tuple[Need, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    people: tuple[Person, ...] = ()
    words: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()

    @property
    def understood(self) -> bool:
        """Whether the text speaks of a need or a right."""
        return bool(self.needs or self.benefits)

    @property
    def answers(self) -> tuple[Benefit | Need, ...]:
        """All that answers, the rights first, as the page shows it."""
        return (*self.benefits, *self.needs)

    @property
    def served(self) -> tuple[Need, ...]:
        """The needs whose services answer: those spoken of, else those that help to get the rights."""
        helping = {key: needs()[key] for one in self.benefits for key in one.helped_by}
        return self.needs or tuple(helping.values())

    @property
    def codes(self) -> tuple[str, ...]:
        """The nomenclature codes that answer, best first, each once."""
        return tuple(dict.fromkeys(code for need in self.served for code in need.codes))

    @property
    def who(self) -> tuple[str, ...]:
        """Whom the needs and rights spoken of are for."""
        return tuple(dict.fromkeys(who for one in self.answers for who in one.who))

    @property
    def urgent(self) -> bool:
        """Whether somebody may be in danger."""
        return any(one.urgent for one in self.answers)


@dataclass(frozen=True)
class _Phrase:
    """A word or phrase of the data: `stems` has one entry a word."""

    of: str
    stems: tuple[str, ...]


@dataclass(frozen=True)
class _Language:
    """The vocabulary of one language."""

    code: str
    about: tuple[_Phrase, ...]
    people: tuple[_Phrase, ...]
    meant_for: tuple[_Phrase, ...]
    small: frozenset[str]
    stem_of: Mapping[str, str]
    stems: frozenset[str]


def needs() -> Mapping[str, Need]:
    """Every need by its key."""
    return _data().needs


def benefits() -> Mapping[str, Benefit]:
    """Every right and benefit by its key.

    Raises:
        PackError: a file does not hold together.
    """
    return _data().benefits


def people() -> Mapping[str, Person]:
    """Everybody that services are for by their key, in the order of the page."""
    return _data().people


@lru_cache(maxsize=20_000)
def said_to_be_for(name: str) -> frozenset[str]:
    """The people, by their keys, for whom a service is by its own name."""
    language = _vocabulary("ro")
    stems = [_known_stem(word, language) for word in _WORD.findall(name)]
    return frozenset(phrase.of for phrase in language.meant_for if _places(phrase, stems))


def is_about_violence(code: str) -> bool:
    """Whether services of a nomenclature code are for people who live through violence or trafficking."""
    return code.startswith(people()[VIOLENCE].codes)


def read_need(text: str, *, language: str = "ro") -> Reading:
    """The needs that a text speaks of; `language` is the page's, and the text may be in another.

    Only the first 300 characters are read. Words that mean nothing here come back as `rest`.
    """
    typed = [word for word in _WORD.findall(text[:_LONGEST_TEXT]) if fold(word)]
    first = _language_of([fold(word) for word in typed], language)
    order = [first, *(code for code in LANGUAGES if code != first)]
    small = _vocabulary(first).small
    readings = (_read(typed, _vocabulary(code), small) for code in order)
    nobody = None
    for reading in readings:
        if reading.understood:
            return reading
        nobody = nobody or (reading if reading.people else None)
    return nobody or Reading(rest=_without_small(typed, first))


def _language_of(folded: list[str], page: str) -> str:
    """The language with most of its small words in the text; the page's where none has more."""
    small = {code: sum(word in _vocabulary(code).small for word in folded) for code in LANGUAGES}
    return max(LANGUAGES, key=lambda code: (small[code], code == page))


def _without_small(typed: list[str], language: str) -> tuple[str, ...]:
    small = _vocabulary(language).small
    return tuple(word for word in typed if fold(word) not in small)


def _read(typed: list[str], language: _Language, small: frozenset[str]) -> Reading:
    """The text read by one vocabulary; `small` are the words of the text's own language that carry no need."""
    stems = [_known_stem(word, language) for word in typed]
    named = {phrase.of for phrase in language.people if _places(phrase, stems)}
    heavy = [fold(word) not in language.small | small for word in typed]
    points, used = _points(language, stems, heavy, named)
    needed, rights = _likeliest(points)
    who = [person for person in people().values() if person.key in named]
    about_people = {at for phrase in language.people for at in _places(phrase, stems)}
    answering = [*(one.key for one in needed), *(one.key for one in rights)]
    said_by = about_people.union(*(used[key] for key in answering))
    return Reading(
        needs=tuple(needed),
        benefits=tuple(rights),
        people=tuple(who),
        words=tuple(dict.fromkeys(typed[at] for at in sorted(said_by) if heavy[at])),
        rest=tuple(
            word
            for at, word in enumerate(typed)
            if at not in said_by and heavy[at] and stems[at] not in language.stems
        ),
    )


def _likeliest(points: Mapping[str, int]) -> tuple[list[Need], list[Benefit]]:
    """The needs and the rights with the most points. A need far behind a right answers only where it helps with it."""
    best = max(points.values(), default=0)
    ordered = sorted(points, key=lambda key: -points[key])
    rights = [benefits()[key] for key in ordered if key in benefits() and points[key] >= best - 1]
    helping = {key for one in rights for key in one.helped_by}
    near = [
        key for key in ordered if key in needs() and (key in helping or _FAR_BEHIND * points[key] >= best)
    ]
    needed = [needs()[key] for key in near if points[key] >= points[near[0]] - 1]
    return needed[:_MOST_NEEDS], rights[:_MOST_BENEFITS]


def _points(
    language: _Language, stems: list[str], heavy: list[bool], named: set[str]
) -> tuple[dict[str, int], dict[str, set[int]]]:
    """By need or right: 2 for each of its words in the text, 1 more for each phrase and for the people it is for."""
    used: dict[str, set[int]] = {}
    phrases: dict[str, int] = {}
    for phrase in language.about:
        places = _places(phrase, stems)
        if not places or (len(phrase.stems) == 1 and not heavy[places[0]]):
            continue
        used.setdefault(phrase.of, set()).update(places)
        if len(phrase.stems) > 1:
            phrases[phrase.of] = phrases.get(phrase.of, 0) + 1
    points = {}
    for key, places_of in used.items():
        who = (needs().get(key) or benefits()[key]).who
        points[key] = 2 * len(places_of) + phrases.get(key, 0) + _fits(who, named)
    return points, used


def _fits(who: Collection[str], named: Collection[str]) -> int:
    """Whether what is for some people answers when these are named; of the ages named one must be theirs."""
    if not who or not named:
        return 0
    return 1 if {*who} & {*named} and not of_other_ages(ages_of(who), ages_of(named)) else -1


def ages_of(keys: Iterable[str]) -> list[tuple[int, int]]:
    """The ages in years, from and to, of those whom their age makes."""
    return [ages for key in keys if key in people() and (ages := people()[key].ages)]


def of_other_ages(some: Collection[tuple[int, int]], others: Collection[tuple[int, int]]) -> bool:
    """Whether no age is common to both, as far as both are known."""
    if not some or not others:
        return False
    return not any(low <= last and first <= high for low, high in some for first, last in others)


def _places(phrase: _Phrase, stems: list[str]) -> list[int]:
    """Where in the text the words of a phrase stand; empty unless all are there and near each other."""
    places = []
    for stem in phrase.stems:
        if stem not in stems:
            return []
        places.append(stems.index(stem))
    return places if max(places) - min(places) <= len(places) + _WORDS_BETWEEN else []


def _known_stem(word: str, language: _Language) -> str:
    """The stem of a word as the vocabulary has it: by its ending, by its beginning, or by a small slip mended."""
    plain = fold(word)
    if plain in language.stem_of:
        return language.stem_of[plain]
    for stem in (_stem(word.lower(), language.code), _stem(plain, language.code)):
        if stem in language.stems:
            return stem
    if plain in language.small or len(plain) < _SHORTEST_TO_MEND:
        return plain
    slips = 1 if len(plain) < _ONE_SLIP_UNDER else 2
    near = process.extractOne(plain, language.stem_of.keys(), scorer=OSA.distance, score_cutoff=slips)
    if near is None or near[0][0] != plain[0] or len(near[0]) < _SHORTEST_TO_MEND:
        return plain
    return language.stem_of[near[0]]


@lru_cache(maxsize=20_000)
def _stem(word: str, language: str) -> str:
    return fold(snowballstemmer.stemmer(_STEMMERS[language]).stemWord(word))


@dataclass(frozen=True)
class _Data:
    """What the files say, and their rows as printed."""

    needs: Mapping[str, Need]
    people: Mapping[str, Person]
    benefits: Mapping[str, Benefit]
    printed_needs: list[Any]
    printed_people: list[Any]
    small: Mapping[str, list[str]]


@lru_cache(maxsize=1)
def _data() -> _Data:
    folder = settings.CONTENT / "find"
    printed_needs, printed_people, small = (
        yaml.safe_load((folder / f"{name}.yaml").read_text("utf-8"))
        for name in ("needs", "people", "small_words")
    )
    every_need = {
        row["key"]: Need(
            row["key"], row["name"], tuple(row["who"]), tuple(row["codes"]), bool(row.get("urgent", False))
        )
        for row in printed_needs
    }
    everybody = {row["key"]: _person(row) for row in printed_people}
    rights = read_benefits(
        settings.CONTENT / "benefits", languages=LANGUAGES, people=everybody, needs=every_need
    )
    return _Data(every_need, everybody, rights, printed_needs, printed_people, small)


def _person(row: Mapping[str, Any]) -> Person:
    ages = row.get("ages")
    return Person(row["key"], row["name"], tuple(row["codes"]), (ages[0], ages[1]) if ages else None)


@lru_cache(maxsize=len(LANGUAGES))
def _vocabulary(language: str) -> _Language:
    data = _data()
    stem_of: dict[str, str] = {}

    def phrase(of: str, words: str) -> _Phrase:
        return _Phrase(of, tuple(_learn(word, language, stem_of) for word in _WORD.findall(words)))

    def phrases(rows: list[Any], part: str) -> tuple[_Phrase, ...]:
        return tuple(
            phrase(row["key"], words) for row in rows for words in row.get(part, {}).get(language, ())
        )

    rights = tuple(phrase(one.key, words) for one in data.benefits.values() for words in one.words[language])
    about = (*phrases(data.printed_needs, "about"), *rights)
    who = phrases(data.printed_people, "words")
    meant_for = phrases(data.printed_people, "in_names")
    few = frozenset(fold(word) for word in data.small[language])
    return _Language(language, about, who, meant_for, few, stem_of, frozenset(stem_of.values()))


def _learn(word: str, language: str, stem_of: dict[str, str]) -> str:
    """The stem of a word of the data, remembered for the word without diacritics too."""
    plain = fold(word)
    return stem_of.setdefault(plain, _stem(word.lower(), language))


def title_in(names: Mapping[str, str], language: str) -> str:
    """A name of the data in a language, Romanian where it has none."""
    return names.get(language) or names["ro"]


def codes_for(keys: Iterable[str]) -> tuple[str, ...]:
    """Beginnings of the codes meant for these people; an unknown key means nobody."""
    known = people()
    return tuple(code for key in keys if key in known for code in known[key].codes)
