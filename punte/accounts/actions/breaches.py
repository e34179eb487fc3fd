"""A breach of data is logged, and what follows from it is written down (GDPR, art. 33 and 34)."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import BreachRisk, Capability
from punte.accounts.models import DataBreach, User
from punte.accounts.privacy import privacy
from punte.accounts.verbs import record, verb
from punte.kernel.errors import DomainError
from punte.organizations.models import Organization

_LONGEST = 4_000


@verb
def log_breach(
    *,
    by: User,
    organization: Organization,
    happened: str,
    known_at: dt.datetime,
    risk: str,
    people: int | None = None,
    measures: str = "",
) -> DataBreach:
    """Log a breach; the hours in which the authority is told run from when the institution knew.

    Raises:
        NotAllowed: the account does not look after the data of the institution.
        DomainError: on the field that is missing or cannot be.
    """
    by.standing.require(Capability.KEEP_PRIVACY, organization.pk)
    _check(happened, "happened")
    if risk not in BreachRisk.values:
        raise DomainError(_("Choose one of the values in the list."), field="risk")
    if known_at > timezone.now():
        raise DomainError(_("This moment is in the future."), field="known_at")
    made = DataBreach.objects.create(
        organization=organization,
        happened=happened.strip(),
        known_at=known_at,
        due_at=known_at + dt.timedelta(hours=privacy().breach_hours),
        people=people,
        risk=risk,
        measures=measures.strip(),
        logged_by=by,
    )
    _note(by, "log_breach", made)
    return made


@verb
def follow_breach(
    *,
    by: User,
    breach: DataBreach,
    risk: str,
    people: int | None = None,
    measures: str = "",
    told_authority_at: dt.datetime | None = None,
    late_why: str = "",
    no_need: str = "",
    told_people_at: dt.datetime | None = None,
    close: bool = False,
) -> DataBreach:
    """Write down what is known by now, and who was told.

    Args:
        late_why: why the authority was told later than the law asks.
        no_need: why it is not told; only where there is no risk.
        close: nothing more is to be done.

    Raises:
        NotAllowed: the account does not look after the data of the institution.
        DomainError: on the field that is missing or cannot be; it is closed.
    """
    found = DataBreach.objects.select_for_update(of=("self",), no_key=True).get(pk=breach.pk)
    by.standing.require(Capability.KEEP_PRIVACY, found.organization_id)
    if found.closed_on is not None:
        raise DomainError(_("It is closed: nothing more is written in it."))
    if risk not in BreachRisk.values:
        raise DomainError(_("Choose one of the values in the list."), field="risk")
    _check_told(found, risk, told_authority_at, late_why.strip(), no_need.strip())
    if told_people_at and not found.known_at <= told_people_at <= timezone.now():
        raise DomainError(_("This is before it was known, or in the future."), field="told_people_at")
    found.risk, found.people, found.measures = risk, people, measures.strip()
    found.told_authority_at, found.late_why, found.no_need = (
        told_authority_at,
        late_why.strip(),
        no_need.strip(),
    )
    found.told_people_at = told_people_at
    if close:
        _check_closing(found)
        found.closed_on = timezone.localdate()
    found.save()
    _note(by, "close_breach" if close else "follow_breach", found)
    return found


def _check_told(
    found: DataBreach, risk: str, told_at: dt.datetime | None, late_why: str, no_need: str
) -> None:
    if told_at and not found.known_at <= told_at <= timezone.now():
        raise DomainError(_("This is before it was known, or in the future."), field="told_authority_at")
    if told_at and told_at > found.due_at and not late_why:
        raise DomainError(_("It is late: say why, as the authority asks too."), field="late_why")
    if no_need and risk != BreachRisk.NONE:
        raise DomainError(_("Where there is a risk the authority is told."), field="no_need")


def _check_closing(found: DataBreach) -> None:
    """Closed only once the authority was told, or there was no need to; where the risk is high, the people too."""
    if found.told_authority_at is None and not found.no_need:
        raise DomainError(
            _("Say when the authority was told, or why there is no need to."), field="told_authority_at"
        )
    if found.risk == BreachRisk.HIGH and found.told_people_at is None:
        raise DomainError(_("The risk is high: say when the people were told."), field="told_people_at")


def _check(text: str, field: str) -> None:
    if not text.strip() or len(text) > _LONGEST:
        raise DomainError(_("Write between 1 and %(most)d characters.") % {"most": _LONGEST}, field=field)


def _note(by: User, what: str, breach: DataBreach) -> None:
    changes = {"risk": breach.risk, "due_at": breach.due_at.isoformat()}
    record(by=by, verb=what, keeper=breach.organization_id, subject=breach.pk, changes=changes)
