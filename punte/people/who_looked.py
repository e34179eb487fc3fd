"""Who looked at somebody's record, as the family is told it: role and institution, day, what for; nothing sealed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from punte.accounts.enums import Capability
from punte.accounts.models import Appointment, TrailEntry, User
from punte.accounts.privacy import privacy
from punte.accounts.verbs import record, verb
from punte.kernel.errors import NotAllowed
from punte.people.enums import AskedBy
from punte.people.models import Household, Membership, Person, PersonSeal, Sharing

_MOST = 2_000
_IN_AN_EMERGENCY = ("open_in_emergency", "open_by_cnp", "open_for_emergency")
_BY_THE_OFFICER = ("make_own_file", "tell_who_looked", "take_in_request")


@dataclass(frozen=True)
class Look:
    """What somebody did with the record on a day; `who` is empty unless the institution decided that names are told."""

    day: dt.date
    role: str
    institution: str
    what_for: str
    who: str = ""


@verb
def tell_who_looked(
    *, by: User, person: Person, reason: str, asked_by: str = AskedBy.THEMSELVES
) -> list[Look]:
    """Who looked at the person's record, the newest day first, each once a day.

    Of a sealed household nothing since its seal and nothing of its cases, of a sealed person nothing since theirs. An
    institution that does not keep the record is named where the family knows that it reads it. What was done is told in
    four words: the name of a verb may tell what the record is about. Who asks in the person's name (`asked_by`) is not
    told which other institution reads, for that tells where the person is.

    Raises:
        NotAllowed: the account does not look after the data of the keeper.
    """
    if not by.standing.may(Capability.KEEP_PRIVACY, person.keeper_id):
        raise NotAllowed(_("Your role does not allow this. Ask your coordinator."))
    known = _known(person) if asked_by == AskedBy.THEMSELVES else {}
    looks = list(dict.fromkeys(_look(line, known, person.keeper_id) for line in _lines(person)[:_MOST]))
    sealed = PersonSeal.objects.filter(person=person, end=None).exists()
    record(
        by=by,
        verb="tell_who_looked",
        keeper=person.keeper_id,
        person=person.pk,
        reason=reason.strip(),
        sealed=sealed,
        changes={"lines": len(looks)},
    )
    return looks


def _lines(person: Person) -> QuerySet[TrailEntry]:
    """The lines about the person, and about a household for as long as they lived there; none that a seal hides."""
    files = [person.pk, *person.joined_files(manager="everyone").values_list("pk", flat=True)]  # type: ignore[call-arg,operator]
    about = Q(person__in=files)
    for lived in Membership.objects.filter(person=person).order_by("start", "pk"):
        while_there = Q(at__date__gte=lived.start) & (Q(at__date__lt=lived.end) if lived.end else Q())
        about |= Q(household=lived.household_id, person=None) & while_there
    seen = TrailEntry.objects.filter(about, sealed=False)
    for home in Household.objects.filter(sealed=True, memberships__person=person).distinct().order_by("pk"):
        sealed = TrailEntry.objects.filter(household=home.pk, verb="seal_case").order_by("-at").first()
        since = Q(at__gte=sealed.at) if sealed else Q()
        seen = seen.exclude(since | Q(case__isnull=False), household=home.pk)
    seal = PersonSeal.objects.filter(person=person).order_by("created_at", "pk").first()
    if seal is not None:
        seen = seen.filter(at__lt=seal.created_at)
    posts = Prefetch("actor__appointments", Appointment.objects.select_related("organization"))
    return seen.select_related("actor").prefetch_related(posts).order_by("-at", "-id")


def _known(person: Person) -> Mapping[UUID, str]:
    """The institutions of which the family knows that they read: by a sharing that was granted."""
    homes = Membership.objects.filter(person=person).values("household")
    rows = Sharing.objects.filter(household__in=homes, start__isnull=False).select_related("organization")
    return {one.organization_id: str(one.organization) for one in rows.order_by("pk")}


def _look(line: TrailEntry, known: Mapping[UUID, str], keeper: UUID) -> Look:
    day = timezone.localdate(line.at)
    posts = [post for post in line.actor.appointments.all() if post.holds_on(day)]
    here = [post for post in posts if post.organization_id == keeper]
    there = [post for post in posts if post.organization_id in known]
    post = next(iter(here or there or posts), None)
    institution = pgettext("own file", "another institution with the right to read")
    if post is not None and (here or there):
        institution = str(post.organization)
    named = privacy().names_of_workers and bool(here)
    return Look(
        day=day,
        role=_role(post),
        institution=institution,
        what_for=_what_for(line),
        who=line.actor.name if named else "",
    )


def _role(post: Appointment | None) -> str:
    if post is None:
        return pgettext("own file", "worker")
    return str(post.get_role_display())


def _what_for(line: TrailEntry) -> str:
    if line.verb in _IN_AN_EMERGENCY:
        return pgettext("own file", "opened it in an emergency")
    if line.verb in _BY_THE_OFFICER:
        return pgettext("own file", "answered a request about your data")
    if line.reading:
        return pgettext("own file", "read it, to work with you")
    return pgettext("own file", "wrote in it, to work with you")
