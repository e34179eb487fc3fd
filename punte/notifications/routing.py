"""Who is proposed for a notification: rules of `content/routing` and the operator's own; a person confirms."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import Appointment, User
from punte.deadlines.nodes import Nodes, gettext_noop
from punte.kernel.evidence import EVIDENCE
from punte.kernel.own_content import Files, kept_files
from punte.kernel.text import fold
from punte.notifications.content import content
from punte.notifications.enums import OPEN
from punte.notifications.models import Notification
from punte.notifications.queries import on_leave, workers_of

_RULE = {"kinds", "levels", "places", "hours", "role", "team"}


@dataclass(frozen=True)
class Route:
    """One rule: what it asks for, and the role or the team that it names."""

    kinds: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()
    places: tuple[str, ...] = ()
    hours: tuple[dt.time, dt.time] | None = None
    role: str = ""
    team: str = ""

    def fits(self, notification: Notification) -> bool:
        """Whether the rule speaks of a notification."""
        hour = timezone.localtime(notification.received_at).time()
        return (
            (not self.kinds or notification.kind in self.kinds)
            and (not self.levels or str(notification.urgency) in self.levels)
            and (not self.places or _is_in(notification, self.places))
            and (self.hours is None or _within(hour, *self.hours))
        )


@dataclass(frozen=True)
class Proposal:
    """Who is proposed, and how many open notifications they have."""

    worker: User
    open: int


def proposals(notification: Notification) -> list[Proposal]:
    """Those who may be given a notification, the proposed one first; who is on leave is left out."""
    away = on_leave(notification.keeper_id)
    at_work = [one for one in workers_of(notification.keeper_id) if one.pk not in away]
    rows = Notification.objects.filter(assigned_to__in=[one.pk for one in at_work], state__in=OPEN)
    counted = Counter(rows.order_by().values_list("assigned_to", flat=True))
    route = next((one for one in routes() if one.fits(notification)), None)
    first = _named(route, notification) if route else set()
    ranked = sorted(at_work, key=lambda one: (one.pk not in first, counted[one.pk], one.name, str(one.pk)))
    return [Proposal(one, counted[one.pk]) for one in ranked]


def _named(route: Route, notification: Notification) -> set[object]:
    posts = Appointment.objects.current().filter(organization=notification.keeper_id)
    if route.role:
        posts = posts.filter(role=route.role)
    rows = posts.order_by().values_list("user", "team__name")
    return {user for user, team in rows if not route.team or fold(team or "") == fold(route.team)}


def _is_in(notification: Notification, places: Sequence[str]) -> bool:
    community = notification.community.name if notification.community else ""
    said = f" {fold(f'{notification.where_found} {community}')} "
    return any(f" {place} " in said for place in places)


def _within(hour: dt.time, start: dt.time, end: dt.time) -> bool:
    return start <= hour < end if start <= end else hour >= start or hour < end


@kept_files("routing")
def routes(files: Files) -> tuple[Route, ...]:
    """All rules, those of the operator first; read anew when a file changes.

    Raises:
        punte.deadlines.nodes.RulesError: a file does not hold together.
    """
    own_first = sorted(files, key=lambda one: not one[1])
    return tuple(route for path, _own in own_first for route in read_routes(path))


def read_routes(path: Path) -> list[Route]:
    """The rules of one file.

    Raises:
        punte.deadlines.nodes.RulesError: a kind, role or hour that is not known; names the line.
    """
    return _Reader(path).read()


class _Reader(Nodes):
    def read(self) -> list[Route]:
        node = self.compose()
        top = self.mapping(node)
        self.only(top, {"source", "evidence", "rules"})
        self.text(top, "source", node)
        self.one_of(self.field(top, "evidence", node), EVIDENCE)
        return [self._route(item) for item in self.items(self.field(top, "rules", node))]

    def _route(self, node: yaml.Node) -> Route:
        fields = self.mapping(node)
        self.only(fields, _RULE)
        if ("role" in fields) == ("team" in fields):
            raise self.error(gettext_noop("%(name)s is missing"), node, name="role")
        unknown, none = gettext_noop("unknown word %(word)s"), gettext_noop("a list is wanted here")
        kinds, levels = content().section("kinds"), ("1", "2", "3")
        return Route(
            kinds=self.words(fields["kinds"], kinds, unknown, none) if "kinds" in fields else frozenset(),
            levels=self.words(fields["levels"], levels, unknown, none) if "levels" in fields else frozenset(),
            places=tuple(fold(self.scalar(one)) for one in self.items(fields["places"]))
            if "places" in fields
            else (),
            hours=self._hours(fields["hours"]) if "hours" in fields else None,
            role=self.one_of(fields["role"], tuple(Role.values)) if "role" in fields else "",
            team=self.text(fields, "team", node) if "team" in fields else "",
        )

    def _hours(self, node: yaml.Node) -> tuple[dt.time, dt.time]:
        start, _dash, end = self.scalar(node).partition("-")
        try:
            return dt.time.fromisoformat(start.strip()), dt.time.fromisoformat(end.strip())
        except ValueError as error:
            raise self.error(gettext_noop("must be one of %(words)s"), node, words="16:00-08:00") from error
