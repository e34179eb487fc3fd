"""For what a social inquiry is written: it prints the chapters of its purpose and no others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from punte.accounts.enums import Compartment
from punte.cases.models import Case
from punte.documents.content import Asked
from punte.documents.templates import ChapterTemplate, LegalGround, PaperTemplate, legal_grounds
from punte.kernel.errors import DomainError
from punte.kernel.evidence import EVIDENCE, NOT_KNOWN_FOR_SURE
from punte.people.models import Membership, Person

ANY = "alt_scop"
"""The purpose of which its author says what it is, and chooses the chapters."""
SEEN = "seen"
"""Under what its author says which documents were seen."""


@dataclass(frozen=True)
class Purpose:
    """What an inquiry is for.

    Attributes:
        compartments: the parts of the record that may go on the paper.
        findings, about_people: whether the findings of the visit, and questionnaires about one person, are told.
        about_one: whether it is about one member, of whom alone its chapters tell.
        choose: whether the author chooses among its chapters.
        guarded: whether it tells of violence: nobody who lives in the house signs it, nor is it left there.
        evidence: how sure it is that this is what the purpose asks for.
    """

    key: str
    label: str
    chapters: tuple[ChapterTemplate, ...]
    compartments: frozenset[Compartment]
    legal_basis: tuple[LegalGround, ...]
    findings: bool
    about_people: bool
    about_one: bool
    choose: bool
    guarded: bool
    source: str
    evidence: str

    @property
    def is_proposal(self) -> bool:
        """Whether nobody has confirmed its chapters."""
        return self.evidence in NOT_KNOWN_FOR_SURE


def purposes(template: PaperTemplate) -> Mapping[str, Purpose]:
    """The purposes of a template by their keys, in the order of the file; none of a paper that has none.

    Raises:
        ImproperlyConfigured: a chapter or a word of evidence that is not known.
    """
    path = template.folder / "purposes.yaml"
    return _read(path, path.stat().st_mtime_ns, template.chapters) if path.is_file() else {}


@lru_cache(maxsize=4)
def _read(path: Path, _changed_at: int, chapters: tuple[ChapterTemplate, ...]) -> Mapping[str, Purpose]:
    raw: Mapping[str, Mapping[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    known = {one.key: one for one in chapters}
    return {key: _purpose(path, key, said, known) for key, said in raw.items()}


def _purpose(path: Path, key: str, said: Mapping[str, Any], known: Mapping[str, ChapterTemplate]) -> Purpose:
    if unknown := [name for name in said["chapters"] if name not in known]:
        raise ImproperlyConfigured(f"{path}: {key}: unknown chapter {unknown[0]}")
    if said["evidence"] not in EVIDENCE:
        raise ImproperlyConfigured(f"{path}: {key}: unknown evidence {said['evidence']}")
    return Purpose(
        key=key,
        label=said["label"],
        chapters=tuple(known[name] for name in said["chapters"]),
        compartments=frozenset(Compartment(name) for name in said["compartments"]),
        legal_basis=legal_grounds(said.get("legal_basis", ())),
        findings=said.get("findings", False),
        about_people=said.get("about_people", False),
        about_one=said.get("about_one", False),
        choose=said.get("choose", False),
        guarded=said.get("guarded", False),
        source=said["source"],
        evidence=said["evidence"],
    )


def line_key(chapter: ChapterTemplate, at: int) -> str:
    """Under what the author's words to a line of a chapter are kept."""
    return f"{chapter.key}_{at}"


def narrowed(template: PaperTemplate, asked: Asked) -> tuple[PaperTemplate, Asked, Purpose | None]:
    """A template with what the purpose of an inquiry needs of it, and what was asked for as that purpose allows.

    Raises:
        DomainError: there is no such purpose, or no such chapter in it.
    """
    known = purposes(template)
    if not known:
        return template, asked, None
    purpose = known.get(asked.aim or ANY)
    if purpose is None:
        raise DomainError(_("Choose what the inquiry is for."), field="aim")
    on_request = template.on_request if purpose.guarded or purpose.choose else frozenset()
    narrow = replace(
        template,
        chapters=_chosen(purpose, asked.sections),
        compartments=template.compartments & purpose.compartments,
        on_request=on_request,
        legal_basis=(*template.legal_basis, *purpose.legal_basis),
        about_people=template.about_people and purpose.about_people,
        tells_findings=purpose.findings,
    )
    with_violence = purpose.guarded or (purpose.choose and asked.include_violence)
    return narrow, replace(asked, include_violence=with_violence), purpose


def _chosen(purpose: Purpose, sections: Sequence[str]) -> tuple[ChapterTemplate, ...]:
    if not purpose.choose or not sections:
        return purpose.chapters
    keys = {one.key for one in purpose.chapters}
    if not keys.issuperset(sections):
        raise DomainError(_("Choose one of the values in the list."), field="sections")
    return tuple(one for one in purpose.chapters if one.key in sections)


def person_told(
    purpose: Purpose | None, asked: Asked, case: Case, members: Sequence[Membership]
) -> Person | None:
    """The one member that an inquiry is about, where its purpose is about one.

    Raises:
        DomainError: nobody was chosen, or somebody who does not live there.
    """
    if purpose is None or not purpose.about_one:
        return None
    whom = asked.whom or case.person_id
    found = next((one.person for one in members if one.person_id == whom), None)
    if found is None:
        raise DomainError(_("Choose the person that the inquiry is about."), field="whom")
    return found
