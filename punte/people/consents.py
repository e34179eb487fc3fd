"""The one question that is asked before something of a record goes before somebody else's eyes."""

import datetime as dt

from django.db.models import Q
from django.utils import timezone

from punte.organizations.models import Organization
from punte.people.models import Consent, Household, Person


def consent_for(
    purpose: str, subject: Person | Household, organization: Organization | None, day: dt.date | None = None
) -> Consent | None:
    """The newest consent that stands on a day (today unless given) for a purpose and an institution, if there is one.

    Args:
        subject: the person or household who must have agreed; nobody else's consent serves.
        organization: who receives; None where nobody does.
    """
    whose = Q(person=subject) if isinstance(subject, Person) else Q(household=subject)
    found = Consent.objects.standing(day or timezone.localdate()).filter(whose, purpose=purpose)
    if organization is None:
        return found.first()
    return found.filter(organization=organization).first()
