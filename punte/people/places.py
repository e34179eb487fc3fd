"""Addresses and phone numbers as they are compared, however they were written."""

import re
from collections.abc import Sequence

from punte.kernel.text import fold, plain_number

_WORDS_OF_KINDS = """
str strada stradela nr no numar numarul bd bdul bld bulevardul bulevard al aleea calea cal sos soseaua piata pta
drum drumul splai splaiul fundatura fdt intr intrarea trecatoarea pasajul cartier cartierul cart bl bloc blocul
sc scara et etaj etajul ap apt apartament apartamentul jud judetul com comuna sat satul loc localitatea mun
municipiul oras orasul
"""
_WORDS_OF_TITLES = """
sf sfantul sfanta sfintii sfant gen general g ral dr doctor prof profesor ing inginer cpt capitan col colonel mr
maior slt sublocotenent lt locotenent av avocat
"""
_KINDS, _TITLES = frozenset(_WORDS_OF_KINDS.split()), frozenset(_WORDS_OF_TITLES.split())
"""What an address says beside its names and numbers, and beside the names of people, written out, cut or left out."""
_BOULEVARD = re.compile(r"\bb dul\b|\bbd ul\b")
_APART = re.compile(r"(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)")
_SEVERAL = re.compile(r"[,;]|\bsau\b")
_SHORTEST_NAME = 3
_SHORTEST_PHONE = 6
_NATIONAL = 9


def address_words(text: str) -> list[str]:
    """The words that tell one address from another: „Str. Florilor, nr. 3A” and „florilor 3 a” have the same ones."""
    folded = _APART.sub(" ", _BOULEVARD.sub("bd", fold(text)))
    words = list(dict.fromkeys(folded.split()))
    telling = [word for word in words if word not in _KINDS and word not in _TITLES]
    return telling or [word for word in words if word not in _KINDS]


def names_a_street(text: str) -> bool:
    """Whether a text says that it is an address: by a number after a name, or by „strada”, „bloc”."""
    words = _APART.sub(" ", _BOULEVARD.sub("bd", fold(text))).split()
    named = any(word.isalpha() and word not in _KINDS for word in words)
    return named and any(word in _KINDS or word[0].isdigit() for word in words)


def folded_address(address: str, locality: str) -> str:
    """The words of an address and of its locality, as it is found; empty where it is not known.

    The last name of the street comes first: who says „Viteazu 4” and who says „Mihai Viteazu 4” both have it. A village
    without streets has house numbers alone: there its own name comes first.
    """
    words, place = address_words(address), address_words(locality)
    led_by = _last_name(words)
    ordered = [led_by, *words, *place] if led_by else [*place, *words]
    return " ".join(dict.fromkeys(ordered))


def is_leading(word: str) -> bool:
    """Whether an address may be looked for by a word: a name, or its beginning."""
    return word.isalpha() and len(word) >= _SHORTEST_NAME


def _last_name(words: Sequence[str]) -> str:
    """The last name of the street, before the number of the house."""
    name = ""
    for word in words:
        if is_leading(word):
            name = word
        elif name and word[0].isdigit():
            break
    return name


def folded_phone(text: str) -> str:
    """The first number of a text as its digits, without the prefix of Romania and the 0 before the national number."""
    first = next((part for part in _SEVERAL.split(text.lower()) if part.strip()), "")
    return phone_digits(first)


def phone_digits(text: str) -> str:
    """The digits of a number: `0745 12`, `+40 745 12` and `004074512` all begin with `74512`."""
    digits = re.sub(r"[^0-9+]", "", plain_number(text))
    if digits.startswith("+"):
        digits = f"00{digits[1:]}"
    digits = digits.replace("+", "").removeprefix("00")
    if digits.startswith("40") and len(digits) > _NATIONAL:
        digits = digits[2:]
    return digits.removeprefix("0")


def looks_like_phone(text: str) -> bool:
    """Whether a text is a phone number, or enough of its beginning to be looked for."""
    plain = plain_number(text).strip()
    return bool(re.fullmatch(r"\+?[\d().\-/]+", plain)) and len(phone_digits(plain)) >= _SHORTEST_PHONE
