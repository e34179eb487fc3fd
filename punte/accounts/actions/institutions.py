"""Institutions that others work with: brought in by who needs them, and who answers there for what."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.queries import brings_in_for, institutions_kept_by, works_with_institutions
from punte.accounts.verbs import record, verb
from punte.kernel.errors import DomainError, NotAllowed
from punte.kernel.text import fold
from punte.organizations.contacts import contact_duties
from punte.organizations.models import Contact, Organization


@verb
def bring_in_institution(*, by: User, organization: Organization, given: Mapping[str, Any]) -> Organization:
    """Make an institution known: a school, a police station, a parish.

    Args:
        organization: the institution of `by`, for which it is brought in.
        given: name, kind, uat; perhaps short_name, fiscal_code, phone, email, website, address.

    Raises:
        NotAllowed: `by` neither manages accounts nor keeps the directory there.
        DomainError: one of this name is known in the UAT.
    """
    if organization.pk not in brings_in_for(by):
        raise NotAllowed(_("Your role does not allow this. Ask your coordinator."))
    made = Organization(**given, folded_name=fold(given["name"]), brought_by=organization, source="")
    _require_new(made)
    made.save()
    record(by=by, verb="bring_in_institution", keeper=organization.pk, subject=made.pk)
    return made


@verb
def change_institution(*, by: User, institution: Organization, given: Mapping[str, Any]) -> Organization:
    """Put right what is known of an institution.

    Args:
        given: what changes of name, kind, uat, short_name, fiscal_code, phone, email, website, address.

    Raises:
        NotAllowed: it is neither one's own nor was it brought in by one's own.
        DomainError: another of this name is known in the UAT.
    """
    if not institutions_kept_by(by).filter(pk=institution.pk).exists():
        raise NotAllowed(_("This institution keeps what is known of it itself."))
    for field, value in given.items():
        setattr(institution, field, value)
    institution.folded_name = fold(institution.name)
    _require_new(institution)
    institution.save(update_fields=[*given, "folded_name"])
    record(
        by=by,
        verb="change_institution",
        keeper=institution.brought_by_id or institution.pk,
        subject=institution.pk,
        changes={"fields": sorted(given)},
    )
    return institution


@verb
def add_contact(
    *, by: User, keeper: Organization, institution: Organization, start: dt.date, given: Mapping[str, str]
) -> Contact:
    """Note who answers at an institution for something.

    Args:
        keeper: the institution of `by`, whose people read it.
        given: duty, name, phone, email, remark.

    Raises:
        NotAllowed: `by` does not work with institutions there.
        DomainError: no such duty, or neither a phone nor an e-mail.
    """
    if keeper.pk not in works_with_institutions(by):
        raise NotAllowed(_("Your role does not allow this. Ask your coordinator."))
    if given["duty"] not in contact_duties():
        raise DomainError(_("Choose what the person answers for."), field="duty")
    if not given["phone"] and not given["email"]:
        raise DomainError(_("Give a phone or an e-mail address."), field="phone")
    made = Contact.objects.create(keeper=keeper, organization=institution, start=start, **given)
    record(by=by, verb="add_contact", keeper=keeper.pk, subject=institution.pk)
    return made


@verb
def end_contact(*, by: User, contact: Contact, end: dt.date) -> Contact:
    """Note that somebody answers there no more.

    Args:
        end: the first day on which it is not so.

    Raises:
        NotAllowed: `by` does not work with institutions for who keeps the contact.
        DomainError: the end precedes the start.
    """
    if contact.keeper_id not in works_with_institutions(by):
        raise NotAllowed(_("Your role does not allow this. Ask your coordinator."))
    if end < contact.start:
        raise DomainError(_("The end must come after the start."), field="end")
    contact.end = end
    contact.save(update_fields=["end"])
    record(by=by, verb="end_contact", keeper=contact.keeper_id, subject=contact.organization_id)
    return contact


def _require_new(institution: Organization) -> None:
    others = Organization.objects.filter(folded_name=institution.folded_name, uat=institution.uat)
    known = others.exclude(pk=institution.pk).first()
    if known is not None:
        raise DomainError(
            _("“%(name)s” is already known here, in %(uat)s.") % {"name": known.name, "uat": known.uat},
            field="name",
        )
