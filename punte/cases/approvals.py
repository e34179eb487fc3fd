"""Which deeds of a case wait for a second person, who that may be, and what waits for whom."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from punte.accounts.enums import Role
from punte.accounts.models import Appointment, User
from punte.accounts.standing import Standing
from punte.cases.enums import ApprovalState, CaseDeed
from punte.cases.models import Approval, Case
from punte.cases.policy import ApprovalRule, approval_rules
from punte.cases.seen import cases_seen
from punte.people.asked import Asked

LONGEST_LIST = 50
MOST_NAMED = 5


@dataclass(frozen=True)
class GuestDeed:
    """A deed of a room above that waits for a second person as those of a case do.

    Attributes:
        asked_of, given_by: the roles that any such deed asks of, and that answer one.
        seen: of some askings, those whose row an account reads as it is today.
        carry_out: lets what was asked take effect, in the name of who asked.
    """

    asked_of: Callable[[], frozenset[Role]]
    given_by: Callable[[], frozenset[Role]]
    seen: Callable[[User, Sequence[Approval]], Collection[UUID]]
    carry_out: Callable[[Approval], None]


guest_deeds: dict[str, GuestDeed] = {}
"""By the name of a deed; rooms above put theirs here when they are ready."""


def rule_of(asked: Approval) -> ApprovalRule | None:
    """By which rule something that was asked is answered."""
    deed = CaseDeed(asked.deed)
    if not asked.given_by:
        return approval_rules().get(deed)
    roles = frozenset(Role(one) for one in asked.given_by.strip(",").split(","))
    return ApprovalRule(deed, frozenset(), roles)


def rule_for(by: User, case: Case, deed: CaseDeed) -> ApprovalRule | None:
    """The rule by which an account must ask before a deed takes effect; None where it does so at once.

    Where nobody else of the keeper could answer, nobody is asked: a commune with one worker closes its cases too.
    """
    rule = approval_rules().get(deed)
    return rule if rule is not None and must_ask(by, case, rule) else None


def must_ask(by: User, case: Case, rule: ApprovalRule) -> bool:
    """Whether a rule lets an account ask somebody else first."""
    roles = by.standing.roles_in(case.keeper_id)
    asks = (roles or by.standing.roles) & rule.asked_of
    return not roles & rule.given_by and bool(asks) and _answering(case, rule).exclude(user=by).exists()


def who_may_answer(asked: Approval) -> list[User]:
    """Who may answer today: of a role that does and, as of this moment, among those who see the case.

    The first few, those of its team before others, each by name: of a large institution hundreds may, and each is
    asked for by what they see.
    """
    rule = rule_of(asked)
    if rule is None:
        return []
    posts = _answering(asked.case, rule).exclude(user=asked.asked_by_id)
    near = Exists(posts.filter(user=OuterRef("pk"), team=asked.case.team_id))
    found = User.objects.filter(pk__in=posts.values("user")).order_by(near.desc(), "name", "pk")
    may = (user for user in found if cases_seen(user, [asked.case_id]) and of_read_rows(user, [asked]))
    return list(islice(may, MOST_NAMED))


def answers(by: User, asked: Approval) -> bool:
    """Whether an account that sees the case has a role that answers what was asked, and did not ask itself."""
    rule = rule_of(asked)
    has_role = rule is not None and bool(by.standing.roles_in(asked.case.keeper_id) & rule.given_by)
    return has_role and asked.asked_by_id != by.pk and bool(of_read_rows(by, [asked]))


def may_answer(by: User, asked: Approval) -> bool:
    """As `answers`, of what still waits."""
    return asked.is_asked and answers(by, asked)


def answers_approvals(standing: Standing) -> bool:
    """Whether any role of an account answers what others ask for."""
    of_rules = any(standing.roles & rule.given_by for rule in approval_rules().values())
    return of_rules or any(standing.roles & guest.given_by() for guest in guest_deeds.values())


def asks_for_approval(standing: Standing) -> bool:
    """Whether any role of an account asks before a deed takes effect."""
    of_rules = any(standing.roles & rule.asked_of for rule in approval_rules().values())
    return of_rules or any(standing.roles & guest.asked_of() for guest in guest_deeds.values())


def to_be_answered_by(by: User) -> list[Approval]:
    """What waits for an answer that the account may give, of cases that it sees now, the oldest first."""
    rules = sorted(f"{rule.deed} {role}" for rule in approval_rules().values() for role in rule.given_by)
    guests = sorted({role for guest in guest_deeds.values() for role in guest.given_by()})
    return _seen(by, _to_answer(by, rules=rules, guests=guests))


def _waiting_for(by: User, rules: Collection[str], guests: Collection[str]) -> QuerySet[Approval]:
    """What is asked of the posts of an account, by the deeds that each role answers and the roles asked above."""
    meant = Q(pk__in=[])
    for deed, role in (rule.split() for rule in rules):
        keepers = [post.organization_id for post in by.standing.posts if post.role == role]
        meant |= Q(deed=deed, given_by="", case__keeper__in=keepers)
    for role, keeper in sorted({(post.role, post.organization_id) for post in by.standing.posts}):
        if role in guests:
            meant |= Q(given_by__contains=f",{role},", case__keeper=keeper)
    asked = Approval.objects.asked().filter(meant).exclude(asked_by=by)
    return asked.select_related("case__household", "case__person", "asked_by", "plan")[:LONGEST_LIST]


_to_answer = Asked(_waiting_for)


def answered_for(by: User) -> list[Approval]:
    """What others did with what the account asked, and it has not read yet, of cases that it sees now, newest first."""
    return _seen(by, _answered(by))


_answered = Asked(
    lambda by: (
        Approval.objects.filter(asked_by=by, read_at=None, answered_by__isnull=False)
        .exclude(answered_by=by)
        .order_by("-answered_at", "-pk")
        .select_related("case__household", "case__person", "answered_by")[:LONGEST_LIST]
    )
)


def held_severities(cases: Iterable[Case]) -> dict[tuple[UUID, UUID], Approval]:
    """By case and assessment, what holds a severity where it was: nobody has agreed that it is lower."""
    held = Approval.objects.filter(
        case__in=list(cases),
        deed=CaseDeed.LOWER_SEVERITY,
        state__in=(ApprovalState.ASKED, ApprovalState.GIVEN_BACK),
        assessment__isnull=False,
    )
    return {
        (one.case_id, one.assessment_id): one for one in held.order_by("asked_at", "pk") if one.assessment_id
    }


def _seen(by: User, rows: Sequence[Approval]) -> list[Approval]:
    keys = cases_seen(by, {row.case_id for row in rows})
    return of_read_rows(by, [row for row in rows if row.case_id in keys])


def of_read_rows(by: User, asked: Sequence[Approval]) -> list[Approval]:
    """Of some askings those of the case itself, and those about a row of a room above that the account reads."""
    kept = {one.pk for one in asked if one.row is None}
    for deed, guest in guest_deeds.items():
        if rows := [one for one in asked if one.row and one.deed == deed]:
            kept |= set(guest.seen(by, rows))
    return [one for one in asked if one.pk in kept]


def _answering(case: Case, rule: ApprovalRule) -> QuerySet[Appointment]:
    return Appointment.objects.current().filter(
        organization=case.keeper_id, role__in=rule.given_by, user__is_active=True
    )
