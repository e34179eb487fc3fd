"""A table of places taken against the services that the account may speak for."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.directory.enums import ServiceStatus
from punte.directory.models import Service
from punte.directory.services.counting import check_count, limits
from punte.directory.services.importing.columns import COUNTED, IDENTIFIER, NAME, REASON, TAKEN, WAITING
from punte.directory.services.keepers import Territory, in_territory
from punte.kernel.errors import DomainError
from punte.kernel.tables import TableRow
from punte.kernel.tables.preview import CHANGED, SAME, Difference, Outcome, refuse_long
from punte.kernel.tables.shape import Problems
from punte.kernel.text import fold
from punte.organizations.enums import OrganizationKind
from punte.organizations.models import Organization

_OWN = (Capability.KEEP_SERVICES, Capability.ANSWER_REFERRALS, Capability.ASSIGN)


def countable_by(user: User) -> Any:
    """The services whose places the account may count (`may_record_occupancy`), with their places."""
    standing = user.standing
    own = frozenset().union(*(standing.organizations(capability) for capability in _OWN))
    led = standing.organizations(Capability.ASSIGN)
    uats = Organization.objects.filter(pk__in=led, kind=OrganizationKind.TOWN_HALL, uat__isnull=False)
    territory = Territory(uats=frozenset(uats.values_list("uat", flat=True)))
    condition = Q(provider__in=own) | in_territory(territory) if territory else Q(provider__in=own)
    services = Service.objects.filter(condition).exclude(status=ServiceStatus.CLOSED)
    return services.select_related("provider").order_by("provider__folded_name", "folded_name", "id")


def judge_occupancy(rows: Sequence[TableRow], *, by: User) -> list[Outcome]:
    """What would be counted of every service; `Outcome.values` is what is said of it.

    The same number counted again is still counted: it says that it is true today.

    Raises:
        DamagedTable: a line is wrong, names no service or several, or one that is not the account's to speak for.
    """
    refuse_long(rows)
    problems = Problems()
    find = _Finder(countable_by(by), problems)
    outcomes: list[Outcome] = []
    seen: dict[UUID, int] = {}
    for row in rows:
        service = find.service(row)
        if service is None:
            continue
        if service.pk in seen:
            message = _("This service is on line %(line)s already.") % {"line": seen[service.pk]}
            problems.add(row.line, str(NAME), message)
            continue
        seen[service.pk] = row.line
        _check_day(row, service, problems)
        _check_count(row, service, problems)
        outcomes.append(_outcome(row, service))
    problems.refuse_any()
    return outcomes


class _Finder:
    def __init__(self, services: Iterable[Service], problems: Problems) -> None:
        self._problems = problems
        self._by_key: dict[str, Service] = {}
        self._by_name: dict[tuple[str, str], list[Service]] = defaultdict(list)
        for service in services:
            self._by_key[str(service.pk)] = service
            for provider in {service.provider.folded_name, fold(service.provider.short_name)} - {""}:
                self._by_name[provider, service.folded_name].append(service)

    def service(self, row: TableRow) -> Service | None:
        """The service of a line; a problem is noted where there is none, or not one."""
        key, name = row.values["identifier"], row.values["name"]
        if key:
            return self._identified(row, key)
        found = self._by_name.get((fold(row.values["provider"]), fold(name)), [])
        if len(found) == 1:
            return found[0]
        message = (
            _("The provider has several services of this name. Use the identifier from the downloaded file.")
            if found
            else _("You have no service of this name and provider to count. Write both as in the directory.")
        )
        self._problems.add(row.line, str(NAME), message)
        return None

    def _identified(self, row: TableRow, key: str) -> Service | None:
        service = self._by_key.get(key)
        if service is None:
            self._problems.add(
                row.line, str(IDENTIFIER), _("You have no service of this identifier to count.")
            )
        elif service.folded_name != fold(row.values["name"]):
            self._problems.add(
                row.line,
                str(NAME),
                _("The identifier is that of “%(name)s”. Keep the line as it was downloaded.")
                % {"name": service.name},
            )
            return None
        return service


def _check_day(row: TableRow, service: Any, problems: Problems) -> None:
    day = row.values["at"]
    if day is None:
        return
    if day > timezone.localdate():
        problems.add(row.line, str(COUNTED), _("This day has not come yet."))
    elif service.counted_at and day < timezone.localdate(service.counted_at):
        problems.add(
            row.line,
            str(COUNTED),
            _("A later count is there already, of %(day)s.")
            % {"day": f"{timezone.localdate(service.counted_at):%d.%m.%Y}"},
        )


def _check_count(row: TableRow, service: Service, problems: Problems) -> None:
    try:
        check_count(
            row.values["taken"],
            capacity=service.places,
            before=service.last_taken,
            reason=row.values["reason"] or "",
            limits=limits(),
        )
    except DomainError as refused:
        problems.add(row.line, str(REASON if refused.field == "reason" else TAKEN), str(refused.message))


def _outcome(row: TableRow, service: Any) -> Outcome:
    taken, waiting = row.values["taken"], row.values["waiting"]
    found = []
    if service.last_taken != taken:
        found.append(Difference(str(TAKEN), _as_text(service.last_taken), str(taken)))
    if waiting is not None and service.waiting != waiting:
        found.append(Difference(str(WAITING), _as_text(service.waiting), str(waiting)))
    kind = CHANGED if found else SAME
    name = f"{service.name} · {service.provider}"
    count = {
        "taken": taken,
        "waiting": waiting,
        "at": _moment(row.values["at"]),
        "reason": row.values["reason"] or "",
    }
    return Outcome(row.line, kind, name, str(service.pk), tuple(found), count)


def _moment(day: dt.date | None) -> dt.datetime | None:
    """The end of a day that has passed; None, which is now, for today and where no day is given."""
    if day is None or day >= timezone.localdate():
        return None
    return timezone.make_aware(dt.datetime.combine(day, dt.time(23, 59)))


def _as_text(value: Any) -> str:
    return "–" if value is None else str(value)
