"""Documents are put in the file of a case, their description is corrected, and one that is not of it is withdrawn."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.cases.models import Case
from punte.cases.permission import (
    case_for,
    may_with,
    member_of,
    not_in_future,
    reads,
    required_reason,
)
from punte.cases.trail import trace
from punte.documents.filing import LONGEST_TITLE, Upload, taken
from punte.documents.kinds import kinds
from punte.documents.models import FiledDocument, FiledDocumentBefore, FiledPage
from punte.kernel.errors import DomainError, EditedMeanwhile, NotAllowed
from punte.kernel.file_store import store
from punte.kernel.taken_in import TakenIn
from punte.people.models import Person
from punte.people.sight import hidden_from

_SAID = ("kind", "dated", "title", "person_id", "compartment", "restricted")


def may_change(by: User, document: FiledDocument) -> bool:
    """Whether the account may correct or withdraw it: who put it there, and who manages the case."""
    return document.by_id == by.pk or may_with(by, document.case, Capability.MANAGE_CASE)


@verb
def file_documents(
    *,
    by: User,
    case: Case,
    uploads: Sequence[Upload],
    kind: str,
    dated: dt.date,
    title: str = "",
    person: Person | None = None,
    compartment: str = "",
    restricted: bool = False,
    each_by_itself: bool = False,
) -> list[FiledDocument]:
    """Put in the file of a case what was scanned, photographed or sent; all of it, or nothing.

    Args:
        uploads: the files, in the order of the pages.
        kind: a key of `content/document_kinds.yaml`.
        dated: the day that the document bears, or on which it was made.
        person: whom it is about, where it is one of the household.
        compartment: the part of the record; empty for that of its kind.
        restricted: whether only who works on the case reads it.
        each_by_itself: whether each file is a document; else they are the pages of one.

    Raises:
        NotAllowed: the account does not work on the case.
        DomainError: a file may not be kept, or something said of it cannot be.
    """
    case = case_for(by, case, Capability.INTERVENE)
    compartment = compartment or _compartment_of(kind)
    said: dict[str, Any] = {
        "kind": kind,
        "dated": dated,
        "title": title.strip(),
        "person_id": person.pk if person else None,
        "compartment": compartment,
        "restricted": restricted,
    }
    _check(by, case, said, person)
    fit = taken(uploads)
    groups = [[one] for one in fit] if each_by_itself else [fit]
    titles = _titles(said["title"], uploads) if each_by_itself else [said["title"]]
    return [
        _put(by, case, {**said, "title": name}, pages, person)
        for name, pages in zip(titles, groups, strict=True)
    ]


def _titles(title: str, uploads: Sequence[Upload]) -> list[str]:
    if len(uploads) == 1 and title:
        return [title]
    names = [PurePath(one.name).stem[:LONGEST_TITLE] for one in uploads]
    return [f"{title} ({number})" for number, _name in enumerate(names, 1)] if title else names


def _put(
    by: User, case: Case, said: Mapping[str, Any], pages: Sequence[TakenIn], person: Person | None
) -> FiledDocument:
    aside = person is not None and person.pk in hidden_from(by).people
    document = FiledDocument.objects.create(case=case, by=by, aside=aside, **said)
    for number, page in enumerate(pages, 1):
        made = FiledPage(
            document=document, number=number, content_type=page.kind.content_type, size=len(page.content)
        )
        made.path = store(page.content, under=f"cases/{timezone.localdate().year}/{made.pk}")
        made.save()
    trace(
        by=by,
        verb="file_document",
        case=case,
        person=document.person_id,
        subject=document.pk,
        changes={"kind": document.kind, "pages": len(pages), "compartment": document.compartment},
    )
    return document


@verb
def correct_filed_document(
    *,
    by: User,
    document: FiledDocument,
    seen: int,
    kind: str,
    dated: dt.date,
    title: str = "",
    person: Person | None = None,
    compartment: str = "",
    restricted: bool = False,
) -> FiledDocument:
    """Put right what is written of a document; what was written before stays beside it, and its pages as they are.

    Args:
        seen: how many corrections it had when its author began to write this one.

    Raises:
        NotAllowed: the account neither put it there nor manages the case.
        EditedMeanwhile: somebody corrected it meanwhile.
        DomainError: it was withdrawn, nothing differs, or something said of it cannot be.
    """
    held = _held(by, document)
    if held.before.count() != seen:
        raise EditedMeanwhile(_("Somebody corrected it meanwhile. Look at it as it is now, then correct it."))
    said = {
        "kind": kind,
        "dated": dated,
        "title": title.strip(),
        "person_id": person.pk if person else None,
        "compartment": compartment or _compartment_of(kind),
        "restricted": restricted,
    }
    _check(by, held.case, said, person, former=held.kind)
    before = said_of(held)
    for name, value in said.items():
        setattr(held, name, value)
    if said_of(held) == before:
        raise DomainError(_("Nothing differs from what is written."))
    FiledDocumentBefore.objects.create(document=held, by=by, said=json.dumps(before, default=str))
    held.save(update_fields=[name.removesuffix("_id") for name in _SAID])
    trace(
        by=by,
        verb="correct_filed_document",
        case=held.case,
        person=held.person_id,
        subject=held.pk,
        changes={"fields": [name for name, was in said_of(held).items() if was != before[name]]},
    )
    return held


@verb
def withdraw_filed_document(*, by: User, document: FiledDocument, reason: str) -> FiledDocument:
    """Take a document out of use, which does not belong there; it is kept, and opened only by who may correct it.

    Raises:
        NotAllowed: the account neither put it there nor manages the case.
        DomainError: there is no reason, or it was withdrawn before.
    """
    held = _held(by, document)
    held.withdrawn_at, held.withdrawn_by = timezone.now(), by
    held.withdrawn_why = required_reason(reason)
    held.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    trace(
        by=by,
        verb="withdraw_filed_document",
        case=held.case,
        person=held.person_id,
        subject=held.pk,
        reason=held.withdrawn_why,
    )
    return held


def said_of(document: FiledDocument) -> dict[str, Any]:
    """What may be corrected of a document, as it is kept."""
    said = {name: getattr(document, name) for name in _SAID}
    return {
        **said,
        "dated": said["dated"].isoformat(),
        "person_id": said["person_id"] and str(said["person_id"]),
    }


def _held(by: User, document: FiledDocument) -> FiledDocument:
    """The document as it is now, locked, for who may change it.

    Raises:
        NotAllowed: the account may not.
        DomainError: it was withdrawn.
    """
    case = case_for(by, document.case, Capability.INTERVENE)
    held = (
        FiledDocument.objects.visible_to(by)
        .select_for_update(of=("self",), no_key=True)
        .filter(pk=document.pk)
        .first()
    )
    if held is None:
        raise NotAllowed(_("This document is not among those you see."))
    held.case = case
    reads(by, case, held.compartment)
    if not may_change(by, held):
        raise NotAllowed(_("Only who put it in the file, or who manages the case, may change it."))
    if held.is_withdrawn:
        raise DomainError(_("This document was withdrawn."))
    return held


def _compartment_of(kind: str) -> str:
    known = kinds().get(kind)
    return known.compartment.value if known else ""


def _check(by: User, case: Case, said: Mapping[str, Any], person: Person | None, *, former: str = "") -> None:
    known = kinds().get(said["kind"])
    if said["kind"] != former and (known is None or known.retired):
        raise DomainError(_("Choose what kind of document it is."), field="kind")
    if len(said["title"]) > LONGEST_TITLE:
        raise DomainError(_("Write a shorter title."), field="title")
    not_in_future(said["dated"], field="dated")
    reads(by, case, said["compartment"])
    member_of(person, case.household)
