"""The papers that go with a case to another institution: which are there, which are missing, and all of them as one."""

import datetime as dt
import io
import zipfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from punte.accounts.enums import SEALED_COMPARTMENTS, Compartment
from punte.accounts.models import User
from punte.cases.models import Case
from punte.documents.coded_letter import head_of, lines
from punte.documents.enums import DocumentKind
from punte.documents.filing import ALLOWED, content_of
from punte.documents.kinds import kind_in_words, kinds
from punte.documents.models import FiledDocument, IssuedDocument
from punte.documents.paper import Line, Signature
from punte.documents.queries import readable
from punte.documents.rendering import render
from punte.documents.romanian import clean, long_date
from punte.documents.templates import current
from punte.kernel import files
from punte.kernel.errors import DomainError
from punte.kernel.evidence import EVIDENCE
from punte.kernel.own_content import kept_file, product_file
from punte.kernel.papers import FOLDER, LANGUAGE, pdf
from punte.organizations.models import Organization
from punte.people.compartments import compartments_of

_FILE = "packages.yaml"
_MOST_BYTES = 200 * files.MEGABYTE
_ENDINGS = {kind.content_type: kind.extension for kind in ALLOWED}


@dataclass(frozen=True)
class Wanted:
    """A paper that a package wants; `issued` and `filed` are the kinds that stand for it."""

    key: str
    ro: str
    en: str
    of_family: bool
    issued: tuple[str, ...]
    filed: tuple[str, ...]

    def __str__(self) -> str:
        return self.en if get_language() == "en" else self.ro


@dataclass(frozen=True)
class Package:
    """A package: its name and what it wants, in order."""

    key: str
    ro: str
    en: str
    papers: tuple[Wanted, ...]

    def __str__(self) -> str:
        return self.en if get_language() == "en" else self.ro


@dataclass(frozen=True)
class Piece:
    """One paper of a case that may go along: an issued one, or a document of its file."""

    row: IssuedDocument | FiledDocument
    name: str
    day: dt.date
    is_sensitive: bool

    @property
    def key(self) -> str:
        """By which it is chosen."""
        return str(self.row.pk)


@dataclass(frozen=True)
class Row:
    """A wanted paper with what the case has of it."""

    wanted: Wanted
    pieces: Sequence[Piece]


@kept_file(_FILE, find=product_file)
def packages(path: Path) -> Mapping[str, Package]:
    """Every package by its key; read anew when the file changes.

    Raises:
        ImproperlyConfigured: the file does not hold together.
    """
    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
        if said["evidence"] not in EVIDENCE:
            raise ValueError(f"evidence is none of {', '.join(EVIDENCE)}")
        return {
            key: Package(key, row["ro"], row["en"], tuple(_wanted(one) for one in row["papers"]))
            for key, row in said["packages"].items()
        }
    except (AttributeError, KeyError, TypeError, ValueError, yaml.YAMLError) as error:
        raise ImproperlyConfigured(f"{path}: {error}") from error


def _wanted(row: Mapping[str, Any]) -> Wanted:
    issued, filed = tuple(row.get("issued", ())), tuple(row.get("filed", ()))
    unknown = (set(issued) - set(DocumentKind.values)) | (set(filed) - set(kinds()))
    if unknown:
        raise ValueError(f"{row['key']}: no kind of paper is called {', '.join(sorted(unknown))}")
    if row["from"] not in ("service", "family"):
        raise ValueError(f"{row['key']}: from is service or family")
    return Wanted(row["key"], row["ro"], row["en"], row["from"] == "family", issued, filed)


def rows_of(user: User, case: Case, package: Package) -> tuple[list[Row], list[Piece]]:
    """Each wanted paper with what the account reads of it in the case, and the other papers of the case.

    Of what the product writes itself, the newest of a kind.
    """
    compartments = compartments_of(user, case.household)
    issued, filed = _issued(case, compartments), _filed(user, case, compartments)
    rows, taken = [], set()
    for wanted in package.papers:
        found = [piece for kind in wanted.issued for piece in issued.get(kind, [])[:1]]
        found += [piece for kind in wanted.filed for piece in filed.get(kind, [])]
        taken |= {piece.key for piece in found}
        rows.append(Row(wanted, found))
    every = [piece for by_kind in (issued, filed) for pieces in by_kind.values() for piece in pieces]
    return rows, [piece for piece in every if piece.key not in taken]


def _issued(case: Case, compartments: Collection[Compartment]) -> dict[str, list[Piece]]:
    found: dict[str, list[Piece]] = {}
    for one in case.documents.order_by("-year", "-number"):
        if readable(one, compartments):
            sensitive = not SEALED_COMPARTMENTS.isdisjoint(one.compartments)
            found.setdefault(one.kind, []).append(Piece(one, str(one), one.issued_on, sensitive))
    return found


def _filed(user: User, case: Case, compartments: Collection[Compartment]) -> dict[str, list[Piece]]:
    rows = FiledDocument.objects.visible_to(user).filter(
        case=case, compartment__in=list(compartments), withdrawn_at=None
    )
    found: dict[str, list[Piece]] = {}
    for one in rows.order_by("dated", "created_at", "pk"):
        name = ": ".join(part for part in (kind_in_words(one.kind), one.title) if part)
        piece = Piece(one, name, one.dated, one.compartment in SEALED_COMPARTMENTS)
        found.setdefault(one.kind, []).append(piece)
    return found


def packed(
    *,
    by: User,
    case: Case,
    package: Package,
    to: Organization,
    chosen: Sequence[Piece],
    missing: Sequence[str],
) -> bytes:
    """One archive: the list of what is in it as PDF, and the papers in the order of the list.

    Raises:
        DomainError: it would be larger than what anybody takes, or a file is not there any more.
    """
    named: list[tuple[Piece, str, bytes]] = []
    size = 0
    with translation.override(LANGUAGE):
        for number, piece in enumerate(chosen, 1):
            for name, content in _files(piece, number):
                size += len(content)
                if size > _MOST_BYTES:
                    raise DomainError(_("This is more than 200 MB. Choose fewer papers."))
                named.append((piece, name, content))
        opis = _list(by, case, package, to, named, missing)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("00-opis.pdf", opis)
        for _piece, name, content in named:
            archive.writestr(name, content)
    return made.getvalue()


def _files(piece: Piece, number: int) -> list[tuple[str, bytes]]:
    """The files of a paper, named without anybody; of an issued one its newest signed copy, where there is one."""
    row = piece.row
    try:
        if isinstance(row, IssuedDocument):
            signed = row.signed_copies.order_by("-number").first()
            stem = f"{number:02d}-{current(row.kind).file_name}-{row.year}-{row.number:04d}"
            if signed is None:
                return [(f"{stem}.pdf", render(row, "pdf"))]
            return [(f"{stem}-semnat.{_ENDINGS[signed.content_type]}", content_of(signed))]
        return [
            (f"{number:02d}-document-{page.number}.{_ENDINGS[page.content_type]}", content_of(page))
            for page in row.pages.order_by("number")
        ]
    except OSError as gone:
        raise DomainError(_("A file of “%(paper)s” is not there any more.") % {"paper": piece.name}) from gone


def _list(
    by: User,
    case: Case,
    package: Package,
    to: Organization,
    named: Sequence[tuple[Piece, str, bytes]],
    missing: Sequence[str],
) -> bytes:
    now = dt.datetime.now(dt.UTC)
    content = {
        "title": "Opis",
        "register": str(case),
        "date": long_date(now.date()),
        "head": asdict(head_of(case.keeper)),
        "subject": lines(
            [
                Line("Către", ", ".join(clean(one) for one in (to.name, to.address) if one)),
                Line("Cuprinde", str(package)),
                Line("Cazul", str(case)),
            ]
        ),
        "papers": [
            {"name": clean(piece.name), "day": f"{piece.day:%d.%m.%Y}", "file": name}
            for piece, name, _c in named
        ],
        "missing": [clean(one) for one in missing],
        "signatures": [
            asdict(Signature("Conducătorul instituției", "", "")),
            asdict(Signature("Întocmit", clean(by.name), "")),
        ],
    }
    return pdf(FOLDER / "package_list", content, now)
