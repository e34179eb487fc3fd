"""Communes, towns and cities as people write them: with their county or without, by a village, by a sector."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

from django.utils.translation import gettext as _

from punte.kernel.tables.guesses import Guess, Guessed
from punte.kernel.tables.letters import shown
from punte.kernel.tables.shape import Cell, Reader, Unreadable
from punte.kernel.text import fold

_WITHIN = re.compile(r"(?<=\w)[îâ](?=\w)")
_APART = re.compile(r"[,;()/|]|\s[-–—]\s")
_SECTOR = re.compile(r"\b(?:sector(?:ul|ului)?|sect|sec|s) ?(?P<number>[1-6]|i{1,3}|iv|vi?)\b")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}
_BESIDE_A_SECTOR = {
    "bucuresti",
    "buc",
    "b",
    "mun",
    "municipiul",
    "municipiu",
    "orasul",
    "oras",
    "jud",
    "judetul",
}
_KINDS: Mapping[str, str] = {
    **dict.fromkeys(("jud", "judet", "judetul", "judetului"), "county"),
    **dict.fromkeys(("com", "comuna", "comunei"), "uat"),
    **dict.fromkeys(("or", "oras", "orasul", "orasului", "mun", "municipiu", "municipiul"), "uat"),
    **dict.fromkeys(("sat", "satul", "satului"), "village"),
    **dict.fromkeys(("loc", "localitate", "localitatea"), "place"),
}
_POSTCODE_OR_COUNTRY = re.compile(r"\b(?:[0-9]{6}|rom[âîa]nia)\b", re.IGNORECASE)
_SHORT = (
    ("dr tr", "drobeta turnu"),
    ("drobeta tr", "drobeta turnu"),
    ("tg", "targu"),
    ("rm", "ramnicu"),
    ("sf", "sfantu"),
    ("sf", "sfantul"),
)
_OFFERED = 12


def keys_of(name: str) -> set[str]:
    """The folded forms of a name; î and â within a word are one letter, written in two ways over the years."""
    plain = unicodedata.normalize("NFC", name).lower()
    return {fold(plain), fold(_WITHIN.sub("i", plain)), fold(_WITHIN.sub("a", plain))}


@dataclass(frozen=True)
class Village:
    """A village or a part of a town, and the SIRUTA code of the commune, town or city to which it belongs."""

    name: str
    uat: int


@dataclass(frozen=True)
class Villages:
    """Villages by their SIRUTA codes and by the forms of their names."""

    by_siruta: Mapping[int, Village]
    by_name: Mapping[str, Sequence[Village]]

    @classmethod
    def of(cls, rows: Iterable[tuple[int, str, int]]) -> Self:
        """From SIRUTA, name and SIRUTA of the UAT of each."""
        by_siruta: dict[int, Village] = {}
        by_name: dict[str, list[Village]] = {}
        for siruta, name, uat in rows:
            by_siruta[siruta] = village = Village(name, uat)
            for key in keys_of(name):
                by_name.setdefault(key, []).append(village)
        return cls(by_siruta, by_name)


def no_villages() -> Villages:
    """None is known."""
    return Villages({}, {})


def locality(
    uats: Iterable[tuple[int, str, str]],
    *,
    counties: Iterable[tuple[str, str]] = (),
    villages: Callable[[], Villages] = no_villages,
) -> Reader:
    """A UAT by its SIRUTA code, its name, or its name and county (`Florești, CJ`); gives its SIRUTA.

    What is written otherwise is a guess: words that say what it is („com.”, „jud.”), an old spelling, a village.

    Args:
        uats: SIRUTA, name and code of the county of every UAT that may be meant.
        counties: code and name of the counties.
        villages: asked only where no UAT has the name or the code.
    """
    return _Places(uats, counties, villages).read


def settlement(
    uats: Iterable[tuple[int, str, str]],
    *,
    near: int | None,
    counties: Iterable[tuple[str, str]] = (),
    villages: Callable[[], Villages] = no_villages,
) -> Reader:
    """As `locality`; gives the SIRUTA of the UAT and the village, or nothing in its place.

    Args:
        near: SIRUTA of the UAT that is meant where several places have the name, or else the one of its county.
    """
    return _Places(uats, counties, villages, near=near).read_settlement


@dataclass
class _Parts:
    """What an address line says of a place; `bare` are names that do not say what they are."""

    county: str = ""
    uat: str = ""
    village: str = ""
    bare: list[str] = field(default_factory=list)


Found = tuple[int, str]
"""The SIRUTA of a UAT, and the village by which it was found or nothing."""


class _Places:
    def __init__(
        self,
        uats: Iterable[tuple[int, str, str]],
        counties: Iterable[tuple[str, str]],
        villages: Callable[[], Villages],
        *,
        near: int | None = None,
    ) -> None:
        self._name: dict[int, str] = {}
        self._county: dict[int, str] = {}
        self._by_name: dict[str, list[int]] = {}
        self._counties: dict[str, str] = {fold(name): code for code, name in counties}
        self._villages = villages
        self._near = near
        for siruta, name, county in uats:
            self._name[siruta], self._county[siruta] = name, county
            self._counties[fold(county)] = county
            for key in keys_of(name):
                self._by_name.setdefault(key, []).append(siruta)

    def read(self, cell: Cell) -> int | Guess:
        written = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
        if written.isdecimal():
            return self._of_siruta(written)
        return self._as_read(written, self._one(written))

    def read_settlement(self, cell: Cell) -> tuple[int, str] | Guess:
        """The UAT and the village; a village of the UAT that is near comes before a UAT of its name elsewhere."""
        written = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
        if written.isdecimal():
            read = self._of_siruta(written)
            if not isinstance(read, Guess):
                return read, ""
            return Guess((read.value, read.read.partition(" → ")[0]), read.how, read.read)
        own = [one for one in self._of_villages(written, "") if one[0] == self._near]
        if len(own) == 1:
            return own[0]
        found = self._one(written)
        read = self._as_read(written, found)
        if not isinstance(read, Guess):
            return found
        return Guess(found, read.how, read.read)

    def _one(self, written: str) -> Found:
        found = self._nearest(self._found(written))
        if len(found) == 1:
            return found[0]
        if found:
            several = "; ".join(f"{self._words(one)} ({one[0]})" for one in found[:_OFFERED])
            raise Unreadable(
                _("There are several places of this name: %(several)s. Write the SIRUTA code.")
                % {"several": several}
            )
        if "bucuresti" in fold(written).split():
            raise Unreadable(_("Write the sector of Bucharest too, such as “București, sectorul 3”."))
        raise Unreadable(
            _(
                "There is no commune, town or city “%(text)s”. Write its name as on the list, or its SIRUTA code."
            )
            % {"text": shown(written)}
        )

    def _nearest(self, found: list[Found]) -> list[Found]:
        if self._near is None or len(found) < 2:  # noqa: PLR2004
            return found
        county = self._county.get(self._near)
        here = [one for one in found if one[0] == self._near]
        return here or [one for one in found if self._county[one[0]] == county] or found

    def _of_siruta(self, written: str) -> int | Guess:
        siruta = int(written) if len(written) <= 9 else 0
        if siruta in self._name:
            return siruta
        village = self._villages().by_siruta.get(siruta)
        if village and village.uat in self._name:
            return Guess(village.uat, Guessed.VILLAGE, self._words((village.uat, village.name)))
        raise Unreadable(_("There is no UAT with the SIRUTA code %(code)s.") % {"code": shown(written)})

    def _as_read(self, written: str, found: Found) -> int | Guess:
        siruta, village = found
        name = self._name[siruta]
        if not village and fold(written) in (fold(name), fold(f"{name} {self._county[siruta]}")):
            return siruta
        return Guess(siruta, Guessed.VILLAGE if village else Guessed.PLACE, self._words(found))

    def _words(self, found: Found) -> str:
        siruta, village = found
        uat = f"{self._name[siruta]}, {self._county[siruta]}"
        return f"{village} → {uat}" if village else uat

    def _found(self, written: str) -> list[Found]:
        whole = self._uats(written, "")
        if whole:
            return whole
        sector = _sector(written)
        if sector:
            return self._uats(f"București Sectorul {sector}", "")
        for parts in self._readings(_parts(written)):
            found = self._resolved(parts)
            if found:
                return list(dict.fromkeys(found))
        return []

    def _readings(self, parts: _Parts) -> Iterator[_Parts]:
        """The ways of reading the names that do not say what they are: one of them may be the county."""
        if parts.county:
            code = self._counties.get(fold(parts.county))
            if code:
                yield _Parts(code, parts.uat, parts.village, parts.bare)
            return
        named = bool(parts.uat or parts.village)
        for at in (-1, 0):
            rest = parts.bare[:-1] if at else parts.bare[1:]
            code = self._counties.get(fold(parts.bare[at])) if parts.bare else None
            if code and (rest or named):
                yield _Parts(code, parts.uat, parts.village, rest)
        yield parts
        if len(parts.bare) + named == 1:
            yield from self._county_last(parts)

    def _county_last(self, parts: _Parts) -> Iterator[_Parts]:
        """`Apahida CJ`, with nothing between the place and its county."""
        words = (parts.uat or parts.village or parts.bare[0]).split()
        for at in range(1, len(words)):
            code = self._counties.get(fold(" ".join(words[at:])))
            if code:
                place = " ".join(words[:at])
                yield _Parts(
                    code, parts.uat and place, parts.village and place, [place] if parts.bare else []
                )

    def _resolved(self, parts: _Parts) -> list[Found]:
        outer, inner, bare, county = parts.uat, parts.village, list(parts.bare), parts.county
        if outer and not inner and bare:
            inner = bare.pop(0)
        elif inner and not outer and bare:
            outer = bare.pop(0)
        if len(bare) == 2 and not outer and not inner:  # noqa: PLR2004
            first, second = bare
            return self._within(first, second, county) or self._within(second, first, county)
        if bare and (outer or inner or len(bare) > 1):
            return []
        if outer and inner:
            return self._within(inner, outer, county)
        if inner:
            return self._of_villages(inner, county) or self._uats(inner, county)
        name = outer or (bare[0] if bare else "")
        return self._uats(name, county) or self._of_villages(name, county)

    def _uats(self, name: str, county: str) -> list[Found]:
        for spelling in _spellings(name):
            found = sorted({one for key in keys_of(spelling) for one in self._by_name.get(key, ())})
            kept = [(one, "") for one in found if county in ("", self._county[one])]
            if kept:
                return kept
        return []

    def _of_villages(self, name: str, county: str) -> list[Found]:
        for spelling in _spellings(name):
            found = [
                (village.uat, village.name)
                for key in sorted(keys_of(spelling))
                for village in self._villages().by_name.get(key, ())
                if village.uat in self._name and county in ("", self._county[village.uat])
            ]
            if found:
                return list({uat: (uat, village) for uat, village in found}.values())
        return []

    def _within(self, village: str, uat: str, county: str) -> list[Found]:
        uats = {siruta for siruta, _none in self._uats(uat, county)}
        if keys_of(village) & keys_of(uat):
            return [(siruta, "") for siruta in sorted(uats)]
        return [found for found in self._of_villages(village, county) if found[0] in uats]


def _sector(written: str) -> int | None:
    """The sector of Bucharest that a text names and nothing else besides."""
    plain = fold(written)
    match = _SECTOR.search(plain)
    if match is None or set((plain[: match.start()] + plain[match.end() :]).split()) - _BESIDE_A_SECTOR:
        return None
    number = match["number"]
    return _ROMAN.get(number) or int(number)


def _parts(written: str) -> _Parts:
    parts = _Parts()
    for piece in _APART.split(_POSTCODE_OR_COUNTRY.sub(" ", written)):
        for kind, name in _pieces(piece.split()):
            if kind in ("county", "uat", "village") and not getattr(parts, kind):
                setattr(parts, kind, name)
            else:
                parts.bare.append(name)
    return parts


def _pieces(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The names of a piece with what each says that it is: `com. Apahida jud. Cluj` are two."""
    kind, name = "place", list[str]()
    for at, word in enumerate(_unglued(words)):
        said = _KINDS.get(fold(word))
        if said and (not name or at):
            if name:
                yield kind, " ".join(name)
            kind, name = said, []
        elif fold(word):
            name.append(word)
    if name:
        yield kind, " ".join(name)


def _unglued(words: Sequence[str]) -> list[str]:
    """`com.Apahida` as the two words that it is."""
    apart: list[str] = []
    for word in words:
        head, dot, rest = word.partition(".")
        apart += [head, rest] if dot and rest and fold(head) in _KINDS else [word]
    return apart


def _spellings(name: str) -> Iterator[str]:
    """The name, then with its shortened words in full."""
    yield name
    for plain in sorted(keys_of(name)):
        for short, whole in _SHORT:
            longer = re.sub(rf"\b{short}\b", whole, plain)
            if longer != plain:
                yield longer
