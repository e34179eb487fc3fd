"""What files of definitions share: one for each key, words that are known, names, texts in both languages."""

import string
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import TypeVar, cast

from punte.methodology.errors import PackError, gettext_noop
from punte.methodology.model import Text
from punte.methodology.source_files import Section
from punte.methodology.symbols import read_text as read_languages

_NAME = frozenset(string.ascii_lowercase + string.digits + "_")
_LONGEST = 40
_TRUE = {"yes": True, "true": True, "no": False, "false": False}
Word = TypeVar("Word", bound=str)
Read = TypeVar("Read")


def read_each(files: Iterable[tuple[Path, bool]], read: Callable[[Path, bool], Read]) -> dict[str, Read]:
    """What each file defines, by its key.

    Args:
        files: each with whether it is the operator's own.

    Raises:
        PackError: a file does not hold together, or a key lies in both folders.
    """
    found: dict[str, Read] = {}
    for path, own in files:
        if path.stem in found:
            raise PackError(
                gettext_noop("%(name)s lies in the product's content too: give it another key"),
                str(path),
                1,
                name=path.stem,
            )
        found[path.stem] = read(path, own)
    return found


def read_key(top: Section, known: Collection[str], *, file_key: str) -> str:
    """The key of a file whose words are all known.

    Raises:
        PackError: a word is not known, or the key is no name or not that of the file.
    """
    only(top, known)
    if top.text("key") != file_key:
        raise top.error(gettext_noop("the key must be that of the file: %(name)s"), "key", name=file_key)
    require_name(top, "key", file_key)
    return file_key


def read_text(section: Section, key: str) -> Text:
    """A text in both languages and nothing besides.

    Raises:
        PackError: a language is missing, or a comma outside quotation marks ends the text too early.
    """
    text = read_languages(section, key)
    if set(section.section(key)) - set(text) - {"retired"}:
        raise section.error(gettext_noop("a comma splits the sentence: put it in quotation marks"), key)
    return text


def only(section: Section, known: Collection[str]) -> None:
    """Refuse a word that is not known.

    Raises:
        PackError: there is one.
    """
    for key in section:
        if key not in known:
            raise section.error(gettext_noop("unknown word: %(word)s"), key, word=key)


def require_name(section: Section, key: str, name: str) -> None:
    """Refuse what is no name.

    Raises:
        PackError: it is none.
    """
    if not _NAME.issuperset(name) or not name[:1].isalpha() or len(name) > _LONGEST:
        raise section.error(
            gettext_noop("“%(name)s” is no name: small letters, digits and _ after a letter"), key, name=name
        )


def one_of(section: Section, key: str, known: Collection[Word], default: str | None = None) -> Word:
    """The word under a key, of those that are known.

    Raises:
        PackError: it is another.
    """
    word = section.text(key, default)
    if word not in known:
        raise section.error(
            gettext_noop("%(key)s is one of %(names)s"), key, key=key, names=", ".join(filter(None, known))
        )
    return cast("Word", word)


def read_flag(section: Section, key: str) -> bool:
    """Whether a key says yes; no where it is missing.

    Raises:
        PackError: it says anything else.
    """
    word = section.text(key, "no")
    if word not in _TRUE:
        raise section.error(gettext_noop("%(key)s is yes or no"), key, key=key)
    return _TRUE[word]


def some_of(section: Section, key: str, known: Collection[str]) -> tuple[str, ...]:
    """The words listed under a key, of those that are known, each once.

    Raises:
        PackError: one is another, or is given twice.
    """
    found = section.texts(key)
    for name in found:
        if name not in known:
            raise section.error(gettext_noop("unknown %(key)s: %(value)s"), key, key=key, value=name)
        if found.count(name) > 1:
            raise section.error(gettext_noop("%(key)s is given twice"), key, key=name)
    return tuple(found)
