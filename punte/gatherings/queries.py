"""What of meetings, invitations and tasks an account reads, and the hours at which colleagues are taken."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from punte.accounts.enums import SEALED_COMPARTMENTS, Capability, Role
from punte.accounts.models import Appointment, User
from punte.accounts.policy import POWERS
from punte.cases.models import Case, CaseTeamMember, Visit
from punte.cases.models.visits import USUAL_MINUTES
from punte.deadlines.model import ADULT_AT
from punte.gatherings.content import bodies
from punte.gatherings.enums import STANDING, InvitationState, MeetingState, TaskState
from punte.gatherings.models import AgendaItem, Body, Invitation, Meeting, Task
from punte.kernel.office_rules import looking
from punte.kernel.prepared import Prepared, rounded
from punte.kernel.text import fold
from punte.organizations.contacts import contact_duties
from punte.organizations.models import Contact, Organization
from punte.people.asked import Asked
from punte.people.compartments import compartments_of, compartments_of_each
from punte.people.models import Person
from punte.people.sight import hidden_from
from punte.territory.models import Uat

LONGEST_LIST = 300


def readable(user: User, meetings: Collection[Meeting]) -> list[Meeting]:
    """Those of the meetings that the account sees whose part of the record it reads."""
    if not meetings:
        return []
    keys = [one.pk for one in meetings]
    seen = {key for (key,) in _seen(user, meetings=keys)}
    reads = compartments_of_each(user, [one.case.household for one in meetings if one.case])
    return [
        one
        for one in meetings
        if one.pk in seen and (one.case is None or one.compartment in reads[one.case.household_id])
    ]


_seen = Asked(
    lambda user, meetings: (
        Meeting.objects.visible_to(user).filter(pk__in=meetings).order_by().values_list("pk")
    )
)


def reads_meeting(user: User, meeting: Meeting) -> bool:
    """Whether an account that sees a meeting reads the part of the record that it is about."""
    return meeting.case is None or meeting.compartment in compartments_of(user, meeting.case.household)


def readable_tasks(user: User, tasks: Collection[Task]) -> list[Task]:
    """Those of the tasks whose part of the record the account reads; its own always."""
    reads = compartments_of_each(user, [one.case.household for one in tasks if one.case])
    return [
        one
        for one in tasks
        if one.case is None or one.user_id == user.pk or one.compartment in reads[one.case.household_id]
    ]


def is_discreet(meeting: Meeting) -> bool:
    """Whether a page that is read over the shoulder says nothing of the meeting but its hour and case."""
    return bool(meeting.case and meeting.case.sealed) or meeting.compartment in SEALED_COMPARTMENTS


def meetings_of_case(user: User, case: Case) -> list[Meeting]:
    """All of a case, the newest first, as far as the account reads them."""
    rows = Meeting.objects.filter(case=case).select_related("case__household", "called_by")
    return readable(user, list(rows.order_by("-day", "-pk")[:LONGEST_LIST]))


def called_by(user: User, first: dt.date, last: dt.date) -> list[Meeting]:
    """Meetings that the account itself called and that are planned from `first` to `last`."""
    found = [one for one in _called(user, first=first) if one.day <= last]
    return readable(user, found)


_called = Asked(
    lambda user, first: (
        Meeting.objects.planned()
        .filter(called_by=user, series=None, day__gte=first)
        .select_related("case__household", "body", "keeper")
        .in_order()[:LONGEST_LIST]
    )
)


def invitations_of(user: User, first: dt.date, last: dt.date) -> list[Invitation]:
    """What the account itself is asked to come to, and has not said no to, from `first` to `last`."""
    return [one for one in _standing(user, first=first) if one.meeting.day <= last]


_standing = Asked(
    lambda user, first: (
        Invitation.objects.of_account(user)
        .filter(state__in=STANDING, meeting__state=MeetingState.PLANNED, meeting__day__gte=first)
        .select_related("meeting__case__household", "meeting__body", "meeting__keeper")
        .order_by("meeting__day", "meeting__hour", "pk")[:LONGEST_LIST]
    )
)


def silent(meetings: Sequence[Meeting]) -> Mapping[UUID, int]:
    """Of some meetings how many of those who must answer did not, once the days for it have passed or it is near."""
    today = timezone.localdate()
    within = dt.timedelta(days=bodies().answer_days)
    found: dict[UUID, int] = {}
    by_key = {one.pk: one for one in meetings if one.is_planned}
    for meeting, made in _unanswered(meetings=rounded(by_key)):
        if today >= timezone.localdate(made) + within or by_key[meeting].day <= today + within:
            found[meeting] = found.get(meeting, 0) + 1
    return found


_unanswered = Prepared(
    lambda meetings: (
        Invitation.objects.filter(meeting__in=meetings, mandatory=True, state=InvitationState.ASKED)
        .order_by()
        .values_list("meeting", "created_at")
    )
)


def children_to_ask(user: User, case: Case) -> list[Person]:
    """The children of a case from the age at which they are heard, as far as the account may know where they live."""
    from_age = bodies().child_from
    rows = hidden_from(user).living().filter(household=case.household_id).select_related("person")
    people = [one.person for one in rows.order_by("person__birth_date", "pk")]
    of_case = [one for one in people if case.person_id in (None, one.pk)]
    return [one for one in of_case if (age := one.age_on()) is not None and from_age <= age < ADULT_AT]


def colleagues_for(by: User, case: Case) -> list[User]:
    """Who may be asked as a colleague, by name: who sees the case; of a sealed one its circle alone."""
    who = Q(pk=case.responsible_id)
    who |= Q(pk__in=CaseTeamMember.objects.current().filter(case=case).values("user"))
    if not case.sealed:
        roles = [role for role, powers in POWERS.items() if Capability.MEET in powers.capabilities]
        posts = Appointment.objects.current().filter(organization=case.keeper_id, role__in=roles)
        who |= Q(pk__in=posts.values("user"))
    return list(User.objects.filter(who, is_active=True).exclude(pk=by.pk).order_by("name", "pk"))


@dataclass(frozen=True)
class Taken:
    """An hour at which somebody is taken: what it is for is said to nobody."""

    user: UUID
    start: dt.time
    end: dt.time


def taken_hours(viewer: User, users: Collection[User], day: dt.date) -> list[Taken]:
    """When colleagues are taken on a day by visits and meetings, by hour alone.

    What belongs to a sealed case is left out for who is not of its circle: that somebody works on one is not told.
    """
    keys = [one.pk for one in users]
    shown = Q(case=None) | Q(case__sealed=False) | Q(case__in=Case.objects.worked_on_by(viewer))
    visits = Visit.objects.planned().filter(shown, who__in=keys, day=day, hour__isnull=False)
    found = {
        _taken(who, day, hour, minutes) for who, hour, minutes in visits.values_list("who", "hour", "minutes")
    }
    planned = Meeting.objects.planned().filter(shown, day=day, hour__isnull=False)
    called = planned.filter(called_by__in=keys)
    found |= {
        _taken(who, day, hour, length)
        for who, hour, length in called.values_list("called_by", "hour", "length")
    }
    asked = Invitation.objects.filter(meeting__in=planned, user__in=keys, state__in=STANDING)
    rows = asked.values_list("user", "meeting__hour", "meeting__length")
    found |= {_taken(who, day, hour, length) for who, hour, length in rows}
    return sorted(found, key=lambda one: (one.start, one.end, str(one.user)))


def _taken(user: UUID, day: dt.date, hour: Any, minutes: int | None) -> Taken:
    """When it begins, of those that have an hour, and ends."""
    start = dt.datetime.combine(day, hour)
    end = min(
        start + dt.timedelta(minutes=minutes or USUAL_MINUTES), dt.datetime.combine(day, dt.time(23, 59))
    )
    return Taken(user, hour, end.time())


@dataclass(frozen=True)
class ShownItem:
    """An item of an agenda as an account reads it: `number` of the case on the agenda, `case` where it sees it."""

    item: AgendaItem
    number: int = 0
    case: Case | None = None


def shown_agenda(user: User, meeting: Meeting) -> list[ShownItem]:
    """The agenda as the account may read it: a case that it does not see is a number of the agenda, without a name.

    One that was sealed since is not there for who is not of its circle.
    """
    rows = list(meeting.agenda.select_related("case__household", "brought_by"))
    keys = [one.case_id for one in rows if one.case_id]
    seen = (
        set(Case.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
    )
    shown: list[ShownItem] = []
    for one in rows:
        if one.case and one.case.sealed and one.case_id not in seen:
            continue
        number = 1 + sum(1 for other in shown if other.number) if one.case else 0
        shown.append(ShownItem(one, number, one.case if one.case_id in seen else None))
    return shown


def partners_near(keeper: Organization) -> QuerySet[Organization]:
    """Institutions with which one works: brought in by it, with a contact that it keeps, or of its own town."""
    near = Q(brought_by=keeper) | Q(pk__in=Contact.objects.filter(keeper=keeper).values("organization"))
    if keeper.uat_id:
        near |= Q(uat=keeper.uat_id)
    return Organization.objects.filter(near).exclude(pk=keeper.pk).order_by("name", "pk")


@dataclass(frozen=True)
class Known:
    """Somebody known at an institution: a contact that one keeps of it, or an account that answers there."""

    organization: Organization
    called: str
    contact: Contact | None = None
    user: User | None = None

    @property
    def key(self) -> str:
        """By which a form names them."""
        return str((self.contact or self.user or self.organization).pk)

    @property
    def who(self) -> dict[str, Any]:
        """As a verb takes them."""
        return {"user": self.user, "contact": self.contact, "organization": self.organization}


def known_at(keeper: Organization, *, accounts: bool = True) -> list[Known]:
    """Who is known at the institutions with which one works, by institution (two queries)."""
    duties, language = contact_duties(), (get_language() or "ro")[:2]
    kept = Contact.objects.current().filter(keeper=keeper).select_related("organization")
    found = []
    for one in kept:
        duty = duties.get(one.duty, {}).get(language, "")
        if one.name:
            called = ", ".join(part for part in (one.name, duty) if part)
            found.append(Known(one.organization, f"{one.organization}: {called}", contact=one))
    if accounts:
        posts = Appointment.objects.current().filter(
            organization__in=partners_near(keeper), role=Role.PARTNER
        )
        for post in posts.filter(user__is_active=True).select_related("user", "organization"):
            said = f"{post.organization}: {post.user.name}"
            found.append(Known(post.organization, said, user=post.user))
    return sorted(found, key=lambda one: (fold(one.called), one.key))


@dataclass(frozen=True)
class UatWithout:
    """A town without a body of a kind, or whose mandate ends: `until` is its last day; None where there is none."""

    uat: Uat
    body: Body | None
    until: dt.date | None


def uats_and_bodies(user: User, kind: str, *, within: dt.timedelta) -> tuple[int, list[UatWithout]]:
    """How many towns have a body of a kind, and those that have none or whose mandate ends soon.

    Of the counties of the institutions where the account calls meetings. That a town has a council is no secret.
    """
    today = timezone.localdate()
    keepers = user.standing.organizations(Capability.MEET)
    counties = Uat.objects.filter(organizations__in=keepers).values("county")
    uats = list(Uat.objects.filter(county__in=counties).order_by("name", "siruta"))
    rows = Body.objects.current().filter(kind=kind, uat__in=[one.pk for one in uats]).select_related("uat")
    newest = {one.uat_id: one for one in rows.order_by("start", "pk")}
    missing = []
    for uat in uats:
        body = newest.get(uat.pk)
        last = body.end - dt.timedelta(days=1) if body and body.end else None
        if body is None or (last and last <= today + within):
            missing.append(UatWithout(uat, body, last))
    return len(uats), missing


def of_nobody() -> Q:
    """The condition on a task that the colleague whose it is works nowhere any more."""
    at_work = Appointment.objects.current().filter(user=OuterRef("user"), user__is_active=True)
    return Q(~Exists(at_work), user__isnull=False)


def own_tasks(user: User) -> QuerySet[Task]:
    """What the account itself is still to do, the soonest first."""
    return (
        Task.objects.visible_to(user).waiting().filter(user=user).select_related("case__household", "keeper")
    )


def due_soon_by_user() -> dict[UUID, int]:
    """How many tasks are late or soon due, of each colleague; those of sealed cases are told to nobody."""
    until = timezone.localdate() + looking("tasks")
    told = Q(case=None) | Q(case__sealed=False)
    rows = Task.objects.filter(told, state=TaskState.OPEN, user__isnull=False, due_on__lte=until).order_by()
    return dict(rows.values_list("user").annotate(Count("pk")))
