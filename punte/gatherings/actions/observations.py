"""What a leader saw goes to the case of the person only by a deed of its own (R57)."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.cases.models import Case
from punte.gatherings.actions.series import sealed_people
from punte.gatherings.group_permission import meeting_for
from punte.gatherings.models import Meeting, Observation
from punte.gatherings.roll import roll_of
from punte.kernel.errors import DomainError, EditedMeanwhile, NotAllowed
from punte.people.actions.checks import check_lengths
from punte.people.models import Membership, Person


@verb
def tell_case(*, by: User, meeting: Meeting, person: Person, words: str) -> Observation:
    """Tell those who work with a person what was seen in a meeting.

    The one who tells never learns whether there is a case, nor whose: it is the same deed. Without a case, who gives
    work to others in the institution reads it.

    Raises:
        NotAllowed: the account neither leads the series nor calls meetings in its institution.
        DomainError: the person is not on the list of the meeting, or nothing is said.
    """
    held = meeting_for(by, meeting)
    if person.pk not in {line.key for line in roll_of(by, held)}:
        raise DomainError(_("This person is not on the list of the meeting."), field="person")
    if not words.strip():
        raise DomainError(_("Write what you saw."), field="words")
    check_lengths(Observation, words=words)
    case = _case_of(held, person)
    made = Observation.objects.create(
        keeper=held.keeper, meeting=held, person=person, case=case, words=words.strip(), by=by
    )
    record(
        by=by,
        verb="tell_case",
        keeper=held.keeper_id,
        person=person.pk,
        subject=made.pk,
        case=case.pk if case else None,
        sealed=bool(case and case.sealed) or person.pk in sealed_people([person.pk]),
    )
    return made


def _case_of(meeting: Meeting, person: Person) -> Case | None:
    """The open case of the institution about the person, or about the household where they live."""
    lives = Membership.objects.current().filter(person=person).order_by().values("household")
    cases = Case.objects.filter(keeper=meeting.keeper_id, open=True)
    about = cases.filter(Q(person=person) | Q(household__in=lives))
    return about.order_by("-created_at", "-pk").first()


@verb
def take_note(*, by: User, observation: Observation) -> Observation:
    """Say that what a leader saw was read by who answers for the case.

    Raises:
        NotAllowed: the account does not read it by its work: the one who wrote it is none of those.
        EditedMeanwhile: a colleague has read it already.
    """
    held = (
        Observation.objects.addressed_to(by)
        .select_for_update(of=("self",), no_key=True)
        .select_related("case")
        .filter(pk=observation.pk)
        .first()
    )
    if held is None:
        raise NotAllowed(_("Your role does not allow this. Ask your coordinator."))
    if held.read_at is not None:
        raise EditedMeanwhile(_("A colleague has read it already."))
    held.read_by, held.read_at = by, timezone.now()
    held.save(update_fields=["read_by", "read_at"])
    record(
        by=by,
        verb="take_note",
        keeper=held.keeper_id,
        person=held.person_id,
        subject=held.pk,
        case=held.case_id,
        sealed=bool(held.case and held.case.sealed),
    )
    return held
