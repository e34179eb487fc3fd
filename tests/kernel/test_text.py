"""Folding, by the table of examples that the tablet's tests read too (`frontend/tests/fold.test.ts`)."""

import json
import sys
import unicodedata
from pathlib import Path

import pytest

from punte.kernel.text import alphabet_of, fold, readings, without_unseen

EXAMPLES = json.loads(Path(__file__).with_name("folding.json").read_text("utf-8"))


@pytest.mark.parametrize(("text", "folded"), EXAMPLES["fold"])
def test_a_text_is_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(("text", "ways"), EXAMPLES["readings"])
def test_a_text_is_read_in_the_ways_in_which_others_write_it(text: str, ways: list[str]) -> None:
    assert readings(text) == ways


def test_every_letter_of_every_alphabet_survives() -> None:
    """But the tatweel, which only makes a word longer, the soft sign, and the apostrophes that count as letters."""
    lost = [
        letter
        for letter in map(chr, range(sys.maxunicode + 1))
        if unicodedata.category(letter).startswith("L") and not fold(letter)
    ]
    assert [letter for letter in lost if unicodedata.is_normalized("NFKD", letter)] == [*"ʹʺʻʼʽʾʿˈЬьـ"]


def test_what_is_folded_is_folded_once_and_for_all() -> None:
    letters = "".join(chr(at) for at in range(0x250) if chr(at).isalpha()) + "ЖжЩщΩωעم"
    assert all(fold(fold(letter)) == fold(letter) for letter in letters)


def test_signs_that_nobody_sees_are_dropped() -> None:
    assert without_unseen("\u200e19\u00ad00\u200b1\ufeff") == "19001"


def test_an_alphabet_is_that_of_the_first_letter() -> None:
    assert [alphabet_of(text) for text in ("1 Ana", "Шевченко", "Σοφία", "12", "")] == [
        "LATIN",
        "CYRILLIC",
        "GREEK",
        "LATIN",
        "LATIN",
    ]
