"""Issuing papers."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from django.utils import timezone

from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.cases.models import Case
from punte.documents.content import Asked, Built
from punte.documents.models import IssuedDocument, Register
from punte.documents.rendering import freeze
from punte.documents.romanian import clean
from punte.documents.writing import case_for_paper, write
from punte.kernel.numbering import next_number


@verb
def issue_document(
    *,
    by: User,
    case: Case,
    kind: str,
    conclusions: str = "",
    proposals: str = "",
    purpose: str = "",
    entry: str = "",
    heard: str = "",
    review_on: dt.date | None = None,
    include_violence: bool = False,
    aim: str = "",
    sections: Sequence[str] = (),
    said: Mapping[str, str] | None = None,
    whom: UUID | None = None,
) -> IssuedDocument:
    """Issue a paper of a case: give it the next register number and freeze what it says.

    Args:
        kind: a `DocumentKind`.
        conclusions: the author's own words; of a plan of services, remarks (may be empty there).
        proposals: the author's own words; only of a social inquiry.
        purpose: what the inquiry is for.
        entry: the number that the institution's own register gave the paper.
        heard: who was heard for the inquiry.
        review_on: until when the plan is reviewed.
        include_violence: whether what is known about violence and abuse goes on the paper; of an inquiry where its
            purpose lets its author choose.
        aim: the purpose of an inquiry, whose chapters it prints and no others.
        sections: the chapters chosen, where the purpose lets its author choose; all of them where none is named.
        said: what the author says to the lines of chapters.
        whom: the member that an inquiry is about, where its purpose is about one.

    Raises:
        NotAllowed: the account does not issue papers here, or does not see the case.
        DomainError: a text is missing or too long; no assessment; no plan in force.
    """
    asked = Asked(
        *(by, conclusions, proposals, purpose, entry, heard, review_on, include_violence),
        aim=aim,
        sections=tuple(sections),
        said=said or {},
        whom=whom,
    )
    today = timezone.localdate()
    case = case_for_paper(by, case)
    built = write(case, kind, asked, on=today)
    return number_paper(case, kind, built, by=by, entry=entry)


def number_paper(case: Case, kind: str, built: Built, *, by: User, entry: str) -> IssuedDocument:
    """Give a paper the next number of the register and freeze what it says; called by the verbs that issue papers."""
    today = timezone.localdate()
    number = next_number(Register, organization=case.keeper, year=today.year)
    document = IssuedDocument.objects.create(
        case=case,
        organization=case.keeper,
        kind=kind,
        year=today.year,
        number=number,
        entry=clean(entry),
        issued_on=today,
        by=by,
        template_version=built.paper.template_version,
        compartments=sorted(built.compartments),
        content=freeze(replace(built.paper, register=str(number))),
    )
    record(
        by=by,
        verb="issue_document",
        keeper=case.keeper_id,
        household=case.household_id,
        person=case.person_id,
        subject=document.pk,
        case=case.pk,
        sealed=case.sealed,
        changes={
            "kind": kind,
            "number": number,
            "year": today.year,
            "compartments": sorted(built.compartments),
        },
    )
    return document
