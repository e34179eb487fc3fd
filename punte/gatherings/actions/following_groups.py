"""What lists of groups follow: who died comes no more, and of two files of one person one is enrolled."""

from django.db.models import Q
from django.utils import timezone

from punte.accounts.models import User
from punte.gatherings.actions.series import trace_people
from punte.gatherings.enums import EnrolmentEnd
from punte.gatherings.models import Enrolment
from punte.kernel.models import PeriodQuerySet
from punte.people.models import Consent, Person


def follow_death(*, by: User, person: Person) -> None:
    """End each enrolment of who died on that day; taken back as a mistake, they are on the lists again."""
    rows = _locked(person)
    if person.died_on is None:
        for row in rows.filter(ended_why=EnrolmentEnd.DIED):
            _go_on(by, row, "take_back_death")
        return
    for row in rows.filter(Q(end=None) | Q(ended_why=EnrolmentEnd.DIED)):
        row.end, row.ended_why, row.ended_at = (
            max(person.died_on, row.start),
            EnrolmentEnd.DIED,
            timezone.now(),
        )
        _write(by, row, "record_death")


def follow_withdrawal(*, by: User, consent: Consent) -> None:
    """End each enrolment that rests on a consent on the day on which it was taken back."""
    on = consent.withdrawn_on
    if on is None or consent.person is None:
        return
    for row in _locked(consent.person).filter(end=None, consent=consent):
        row.end, row.ended_why, row.ended_at = max(on, row.start), EnrolmentEnd.WITHDRAWN, timezone.now()
        _write(by, row, "end_enrolment")


def enrol_once(*, by: User, kept: Person, joined: Person) -> None:
    """Before two files are joined, let the one that stays be on each list where both are."""
    standing = set(_locked(kept).filter(end=None).values_list("series", flat=True))
    for row in _locked(joined).filter(end=None, series__in=standing):
        row.end, row.ended_why, row.ended_at = row.start, EnrolmentEnd.JOINED, timezone.now()
        _write(by, row, "end_enrolment")


def follow_parting(*, by: User, kept: Person, joined: Person) -> None:
    """Let the file that is by itself again be on the lists again where the join took it off."""
    for row in _locked(joined).filter(ended_why=EnrolmentEnd.JOINED, person__died_on=None):
        _go_on(by, row, "enrol")


def _locked(person: Person) -> PeriodQuerySet[Enrolment]:
    rows = Enrolment.objects.filter(person=person).select_for_update(of=("self",), no_key=True)
    return rows.select_related("series").order_by("pk")


def _go_on(by: User, row: Enrolment, verb: str) -> None:
    others = Enrolment.objects.filter(series=row.series_id, person=row.person_id, end=None)
    if others.exists():
        return
    row.end, row.ended_why, row.ended_at = None, "", None
    _write(by, row, verb)


def _write(by: User, row: Enrolment, verb: str) -> None:
    row.save(update_fields=["end", "ended_why", "ended_at"])
    trace_people(by, verb, row.series, [row.person_id])
