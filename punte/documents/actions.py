"""Issuing papers."""

import datetime as dt
from dataclasses import replace

from django.db import IntegrityError, transaction
from django.utils import timezone

from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.cases.models import Case
from punte.documents.content import Asked
from punte.documents.models import IssuedDocument, Register
from punte.documents.rendering import freeze
from punte.documents.writing import case_for_paper, write
from punte.organizations.models import Organization


@verb
def issue_document(
    *,
    by: User,
    case: Case,
    kind: str,
    conclusions: str = "",
    proposals: str = "",
    purpose: str = "",
    review_on: dt.date | None = None,
    include_violence: bool = False,
) -> IssuedDocument:
    """Issue a paper of a case: give it the next register number and freeze what it says.

    Args:
        kind: a `DocumentKind`.
        conclusions: the author's own words; of a plan of services, remarks (may be empty there).
        proposals: the author's own words; only of a social inquiry.
        purpose: what the inquiry is for.
        review_on: until when the plan is reviewed.
        include_violence: whether what is known about violence and abuse goes on the paper.

    Raises:
        NotAllowed: the account does not issue papers here, or does not see the case.
        DomainError: a text is missing or too long; no assessment; no plan in force.
    """
    asked = Asked(by, conclusions, proposals, purpose, review_on, include_violence)
    today = timezone.localdate()
    case = case_for_paper(by, case)
    built = write(case, kind, asked, on=today)
    number = _next_number(case.keeper, today.year)
    document = IssuedDocument.objects.create(
        case=case,
        organization=case.keeper,
        kind=kind,
        year=today.year,
        number=number,
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
        sealed=case.sealed,
        changes={
            "kind": kind,
            "number": number,
            "year": today.year,
            "compartments": sorted(built.compartments),
        },
    )
    return document


def _next_number(organization: Organization, year: int) -> int:
    """The next number of the register. Its row stays locked until the transaction ends: no gap and no number twice."""
    register = Register.objects.select_for_update().filter(organization=organization, year=year).first()
    if register is None:
        try:
            with transaction.atomic():
                Register.objects.create(organization=organization, year=year)
        except IntegrityError:
            pass  # Somebody else opened the year's register at this very moment.
        register = Register.objects.select_for_update().get(organization=organization, year=year)
    register.last += 1
    register.save(update_fields=["last"])
    return register.last
