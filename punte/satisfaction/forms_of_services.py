"""The short forms of `content/satisfaction`: which questions a service asks, and the words of the answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from punte.directory.models import Service
from punte.kernel.evidence import EVIDENCE
from punte.kernel.own_content import content_files
from punte.methodology.definition_files import one_of, read_each, read_key
from punte.methodology.errors import gettext_noop
from punte.methodology.model import Text
from punte.methodology.source_files import Section, read_yaml

LANGUAGES = ("ro", "en", "hu")
SCALE = ("good", "middling", "bad")
"""The three answers, each with its face."""
_FEWEST, _MOST = 3, 5


@dataclass(frozen=True)
class OpinionForm:
    """Three to five questions with the same three answers.

    Attributes:
        codes: beginnings of the codes of services that ask them.
    """

    key: str
    codes: tuple[str, ...]
    scale: Mapping[str, Text]
    questions: Mapping[str, Text]


def opinion_forms() -> dict[str, OpinionForm]:
    """All of them by their keys.

    Raises:
        PackError: a file does not hold together.
    """
    return read_each(content_files("satisfaction"), lambda path, _own: _read(path))


def form_of(service: Service) -> OpinionForm:
    """What a service asks: the form whose code fits best."""
    code = service.code_id or ""

    def fits(form: OpinionForm) -> int:
        return max((len(one) for one in form.codes if code.startswith(one)), default=-1 if form.codes else 0)

    return max(opinion_forms().values(), key=fits)


def _read(path: Path) -> OpinionForm:
    top = read_yaml(path)
    key = read_key(top, {"key", "for", "scale", "questions", "source", "evidence"}, file_key=path.stem)
    top.text("source")
    one_of(top, "evidence", EVIDENCE)
    scale, questions = _texts(top, "scale"), _texts(top, "questions")
    if set(scale) != set(SCALE):
        raise top.error(
            gettext_noop("%(key)s is one of %(names)s"), "scale", key="scale", names=", ".join(SCALE)
        )
    if not _FEWEST <= len(questions) <= _MOST:
        raise top.error(gettext_noop("a short form asks three to five questions"), "questions")
    return OpinionForm(key, tuple(top.texts("for")), scale, questions)


def _texts(top: Section, key: str) -> dict[str, Text]:
    return {
        name: {language: one.text(language) for language in LANGUAGES}
        for name, one in top.section(key).sections()
    }
