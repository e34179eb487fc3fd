"""Ready sentences for what is written often (`content/sentences.yaml`), by the place where they are offered."""

from pathlib import Path

import yaml

from punte.kernel.own_content import product_file, until_changed

_FILE = "sentences.yaml"


class SentencesError(Exception):
    """The file cannot be used; says which place and why."""


def sentences_of(place: str) -> tuple[str, ...]:
    """The sentences of a place; read anew when the file changes.

    Raises:
        SentencesError: the file is no YAML, or has no such place.
        OSError: there is no such file.
    """
    path = product_file(_FILE)
    places = read_sentences(path)
    if place not in places:
        raise SentencesError(f"{path}: there is no place {place}")
    return places[place]


@until_changed
def read_sentences(path: Path) -> dict[str, tuple[str, ...]]:
    """The places of a file with their sentences.

    Raises:
        SentencesError: it says what cannot be.
    """
    try:
        read = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise SentencesError(f"{path}: {error}") from error
    if not isinstance(read, dict):
        raise SentencesError(f"{path}: places are wanted")
    return {place: _checked(rows, f"{path}: {place}") for place, rows in read.items()}


def _checked(rows: object, where: str) -> tuple[str, ...]:
    if not isinstance(rows, list) or not all(isinstance(row, str) and row.strip() for row in rows):
        raise SentencesError(f"{where}: a list of sentences is wanted")
    if len(set(rows)) != len(rows):
        raise SentencesError(f"{where}: a sentence stands there twice")
    return tuple(rows)
