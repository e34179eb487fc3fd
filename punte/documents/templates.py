"""Document templates as content: which chapters a paper has, on which law it stands, who signs it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from punte.accounts.enums import Compartment
from punte.documents.enums import DocumentKind
from punte.kernel.errors import DomainError
from punte.kernel.papers import FOLDER

Sentences = Mapping[str, Mapping[str, Mapping[str, str]]]
"""By table and fact, what each answer says; `any` is every other answer."""

MOST_SIGNATURES = 3
"""As many places to sign as stand side by side on a page."""


@dataclass(frozen=True)
class LegalGround:
    """An act named on the paper; `concerns` limits it to households with children."""

    text: str
    concerns: str


@dataclass(frozen=True)
class ChapterTemplate:
    """Which facts of the methodology a chapter tells, and the rows that are left to be filled by hand.

    Attributes:
        key: by which a purpose names it.
        lines: what its author writes, or is left to be written by hand; `compartment` is who reads that.
        registers: of which what is in force about each member is told.
    """

    title: str
    household: tuple[str, ...]
    member: tuple[str, ...]
    by_hand: tuple[str, ...]
    key: str = ""
    lines: tuple[str, ...] = ()
    compartment: Compartment = Compartment.GENERAL
    registers: tuple[str, ...] = ()


@dataclass(frozen=True)
class InformationTemplate:
    """A line of what the people on the paper are told about their data; `{institution}` is its issuer."""

    label: str
    text: str


@dataclass(frozen=True)
class SignatureTemplate:
    """A place to sign, and whose name stands there: the issuer's, the coordinator's or nobody's yet."""

    role: str
    who: str
    detail: str


@dataclass(frozen=True)
class FormRow:
    """A row of a form: the answer of the household or of who applies that fills it, or boxes; else written by hand."""

    label: str
    asked: str
    applicant: str
    boxes: Mapping[str, str]


@dataclass(frozen=True)
class FormPartTemplate:
    """A chapter of a form: its rows, or who else lives there with these answers of each, under the title `details`."""

    title: str
    rows: tuple[FormRow, ...]
    family: tuple[str, ...] | None
    details: str


@dataclass(frozen=True)
class FormTemplate:
    """The form of an application: its chapters, its declaration, and the benefit whose papers go with it."""

    parts: tuple[FormPartTemplate, ...]
    benefit: str
    not_income: str
    checklist_title: str
    declaration_title: str
    declaration: tuple[str, ...]


@dataclass(frozen=True)
class PaperTemplate:
    """One version of the template of one kind of paper."""

    kind: DocumentKind
    version: str
    folder: Path
    title: str
    file_name: str
    service: str
    legal_basis: tuple[LegalGround, ...]
    compartments: frozenset[Compartment]
    on_request: frozenset[Compartment]
    chapters: tuple[ChapterTemplate, ...]
    about_people: bool
    minimum_severity: int
    left_out: frozenset[str]
    review_rules: tuple[str, ...]
    signatures: tuple[SignatureTemplate, ...]
    acknowledgement: str
    for_the_file: str
    data_notice: str
    information: tuple[InformationTemplate, ...]
    sentences: Sentences
    form: FormTemplate
    tells_findings: bool = True


def current(kind: str) -> PaperTemplate:
    """The template by which papers of a kind are issued now."""
    return _read(FOLDER / kind, kind)


def of_version(kind: str, version: str) -> PaperTemplate:
    """The template by which a paper was issued: the current one, or an older one kept in a folder of its version.

    Raises:
        DomainError: that version is not kept here.
    """
    today = current(kind)
    if today.version == version:
        return today
    older = FOLDER / kind / version
    if not (older / "template.yaml").is_file():
        raise DomainError(
            _("The template of version %(version)s is no longer kept here.") % {"version": version}
        )
    return _read(older, kind)


def read_by_papers() -> frozenset[str]:
    """The answers of questionnaires that a paper tells."""
    chapters = [
        part for file in FOLDER.glob("*/template.yaml") for part in current(file.parent.name).chapters
    ]
    return frozenset(name for part in chapters for name in (*part.household, *part.member))


@lru_cache(maxsize=16)
def _read(folder: Path, kind: str) -> PaperTemplate:
    raw: Mapping[str, Any] = yaml.safe_load((folder / "template.yaml").read_text(encoding="utf-8"))
    findings = raw.get("findings", {})
    if len(raw["signatures"]) > MOST_SIGNATURES:
        raise ImproperlyConfigured(f"{folder / 'template.yaml'}: at most {MOST_SIGNATURES} signatures")
    return PaperTemplate(
        kind=DocumentKind(kind),
        version=raw["version"],
        folder=folder,
        title=raw["title"],
        file_name=raw["file_name"],
        service=raw["service"],
        legal_basis=legal_grounds(raw["legal_basis"]),
        compartments=frozenset(Compartment(name) for name in raw["compartments"]),
        on_request=frozenset(Compartment(name) for name in raw.get("on_request", ())),
        chapters=tuple(
            ChapterTemplate(
                item["title"],
                tuple(item.get("household", ())),
                tuple(item.get("member", ())),
                tuple(item.get("by_hand", ())),
                item.get("key", ""),
                tuple(item.get("lines", ())),
                Compartment(item.get("compartment", Compartment.GENERAL)),
                tuple(item.get("registers", ())),
            )
            for item in raw.get("chapters", ())
        ),
        about_people=raw.get("about_people", False),
        minimum_severity=findings.get("minimum_severity", 1),
        left_out=frozenset(findings.get("left_out", ())),
        review_rules=tuple(raw.get("review_rules", ())),
        signatures=tuple(
            SignatureTemplate(item["role"], item["who"], item.get("detail", "")) for item in raw["signatures"]
        ),
        acknowledgement=raw["acknowledgement"],
        for_the_file=raw.get("for_the_file", ""),
        data_notice=raw["data_notice"],
        information=tuple(
            InformationTemplate(item["label"], item["text"]) for item in raw.get("information", ())
        ),
        sentences=_sentences(folder / "sentences.yaml"),
        form=_form(raw),
    )


def legal_grounds(items: Iterable[Mapping[str, Any]]) -> tuple[LegalGround, ...]:
    """The acts that a file names."""
    return tuple(LegalGround(item["text"], item.get("concerns", "everybody")) for item in items)


def _form(raw: Mapping[str, Any]) -> FormTemplate:
    return FormTemplate(
        parts=tuple(
            FormPartTemplate(
                part["title"],
                tuple(map(_form_row, part.get("rows", ()))),
                tuple(part["family"]) if "family" in part else None,
                part.get("details", ""),
            )
            for part in raw.get("form", ())
        ),
        benefit=raw.get("benefit", ""),
        not_income=raw.get("not_income", ""),
        checklist_title=raw.get("checklist_title", ""),
        declaration_title=raw.get("declaration_title", ""),
        declaration=tuple(raw.get("declaration", ())),
    )


def _form_row(row: Mapping[str, Any]) -> FormRow:
    boxes = {str(key): words for key, words in row.get("boxes", {}).items()}
    return FormRow(row["label"], row.get("asked", ""), row.get("applicant", ""), boxes)


def _sentences(path: Path) -> Sentences:
    if not path.is_file():
        return {}
    raw: Mapping[str, Mapping[str, Mapping[Any, str]]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {
        table: {
            fact: {answer_key(answer): text for answer, text in said.items()} for fact, said in facts.items()
        }
        for table, facts in raw.items()
    }


def answer_key(answer: Any) -> str:
    """An answer as the sentences name it: `yes`, `no`, a code, a whole number."""
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if isinstance(answer, float | Decimal) and answer == int(answer):
        return str(int(answer))
    return str(answer)
