"""Families who agreed are reminded of a visit or of a paper that expires: by day, once, in neutral words."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from punte.accounts.enums import Compartment
from punte.cases.enums import ReminderKind
from punte.cases.families import family_words, is_kept_away
from punte.cases.models import FamilyReminder, Visit
from punte.kernel.mail import is_sent, mailing
from punte.kernel.sms import is_texted, number_of_phone, texting
from punte.people.models import Consent, Household, IdentityDocument, Membership
from punte.people.purposes import REMINDERS


@dataclass(frozen=True)
class Due:
    """One reminder that is to be sent."""

    kind: ReminderKind
    subject: UUID
    day: dt.date
    consent: Consent
    text: str


@dataclass(frozen=True)
class Told:
    """What became of a day's reminders; `at_night` those that wait for the morning."""

    sent: int = 0
    unsent: int = 0
    at_night: int = 0


def send_reminders(now: dt.datetime | None = None) -> Told:
    """Send what is due: between the hours of the file, nothing twice; what was not taken is tried the next time."""
    if not (texting() or mailing()):
        return Told()
    local = timezone.localtime(now)
    first, last = family_words().hours
    waiting = list(due(local.date()))
    if not first <= local.hour < last:
        return Told(at_night=len(waiting))
    sent = [_is_delivered(one) for one in waiting]
    return Told(sent.count(True), sent.count(False))


def due(today: dt.date) -> Iterator[Due]:
    """The reminders of a day that were not sent."""
    for one in (*_of_visits(today), *_of_papers(today)):
        known = FamilyReminder.objects.filter(
            kind=one.kind, subject=one.subject, day=one.day, consent=one.consent
        )
        if not known.exists() and _reached(one.consent):
            yield one


def _of_visits(today: dt.date) -> Iterator[Due]:
    said = family_words()
    visits = Visit.objects.planned().filter(
        day__gt=today, day__lte=today + dt.timedelta(days=said.visit_days), compartment=Compartment.GENERAL
    )
    for visit in visits.select_related("household", "case", "keeper").in_order():
        if is_kept_away(visit.household, visit.case):
            continue
        words = said.words["visit_hour" if visit.hour else "visit"].format(
            day=f"{visit.day:%d.%m.%Y}",
            hour=f"{visit.hour:%H:%M}" if visit.hour else "",
            phone=visit.keeper.phone,
        )
        for consent in _agreed(visit, today):
            yield Due(ReminderKind.VISIT, visit.pk, visit.day, consent, words)


def _of_papers(today: dt.date) -> Iterator[Due]:
    said = family_words()
    until = today + dt.timedelta(days=said.paper_days)
    agreed = Consent.objects.standing(today).filter(purpose=REMINDERS, person__isnull=False)
    papers = IdentityDocument.objects.filter(
        expires_on__gt=today, expires_on__lte=until, person__in=agreed.values("person")
    )
    for paper in papers.order_by("expires_on", "pk"):
        homes = Household.objects.filter(
            memberships__in=Membership.objects.current().filter(person=paper.person_id)
        )
        if any(is_kept_away(home) for home in homes.order_by("pk")):
            continue
        assert paper.expires_on is not None
        for consent in (
            agreed.filter(person=paper.person_id).select_related("keeper", "person").order_by("pk")[:1]
        ):
            words = said.words["paper"].format(
                day=f"{paper.expires_on:%d.%m.%Y}", hour="", phone=consent.keeper.phone
            )
            yield Due(ReminderKind.PAPER, paper.pk, paper.expires_on, consent, words)


def _agreed(visit: Visit, today: dt.date) -> list[Consent]:
    """The consents by which somebody of the household is reminded of a visit, one of each whom they are of."""
    living = Membership.objects.current().filter(household=visit.household_id).values("person")
    rows = Consent.objects.standing(today).filter(
        Q(household=visit.household_id) | Q(person__in=living), purpose=REMINDERS, keeper=visit.keeper_id
    )
    found = rows.select_related("person", "household", "keeper").order_by("start", "pk")
    return list({(one.person_id, one.household_id): one for one in found}.values())


def _reached(consent: Consent) -> tuple[str, str] | None:
    """How somebody is reached: `sms` and the phone, or `mail` and the address; None where they are not."""
    subject = consent.person or consent.household
    if texting() and subject is not None and number_of_phone(subject.phone):
        return "sms", subject.phone
    if mailing() and consent.person is not None and consent.person.email:
        return "mail", consent.person.email
    return None


def _is_delivered(one: Due) -> bool:
    reached = _reached(one.consent)
    row = _taken(one)
    if reached is None or row is None:
        return True
    way, address = reached
    if way == "sms":
        took = is_texted(address, one.text)
    else:
        took = is_sent(EmailMessage(family_words().words["subject"], one.text, None, [address]))
    if not took:
        row.delete()
    return took


def _taken(one: Due) -> FamilyReminder | None:
    """The row that says that it is sent; None where another worker was there before."""
    try:
        with transaction.atomic():
            return FamilyReminder.objects.create(
                kind=one.kind, subject=one.subject, day=one.day, consent=one.consent
            )
    except IntegrityError:
        return None
