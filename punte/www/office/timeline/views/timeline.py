"""The line of time of a person, of a household, and of the household of a case."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from punte.accounts.enums import Capability
from punte.accounts.guests import Lane, Whose, lanes_of
from punte.cases.models import Case
from punte.people.models import Household, Person
from punte.people.sight import hidden_from
from punte.www.frame.access import SignedIn, fetch
from punte.www.frame.record_page import RecordPage
from punte.www.frame.timeline import draw

_PAGES = {"persoane": "person", "gospodarii": "household", "cazuri": "case"}
_SHOWN_DAYS = 2 * 365
_MOST_LINES = 400


@dataclass
class TimelinePage(RecordPage):
    """A record whose line of time is open before one account."""

    folder = "office_timeline"

    kind: str
    subject: Any

    @classmethod
    def open(cls, request: SignedIn, kind: str, pk: UUID) -> Self:
        """The record that the address names, as the account may see it, or 404."""
        user = request.user
        match kind:
            case "persoane":
                person = fetch(Person.objects.visible_to(user), pk=pk)
                return cls(request, kind, hidden_from(user).person(person))
            case "gospodarii":
                return cls(request, kind, fetch(Household.objects.visible_to(user), pk=pk))
            case "cazuri":
                seen = Case.objects.visible_to(user).select_related("household", "person")
                return cls(request, kind, fetch(seen, known=Case.objects.known_to(user), pk=pk))
        raise Http404

    @property
    def about(self) -> dict[str, Any]:
        """The record as the trail names it."""
        match self.subject:
            case Person():
                return {"keeper": self.subject.keeper_id, "person": self.subject.pk}
            case Household():
                return {"keeper": self.subject.keeper_id, "household": self.subject.pk}
        case = self.subject
        known = {"keeper": case.keeper_id, "household": case.household_id}
        return {**known, "subject": case.pk, "case": case.pk, "sealed": case.sealed}

    @property
    def name(self) -> str:
        """What the record is called."""
        if isinstance(self.subject, Case):
            return _("Case %(number)s") % {"number": self.subject}
        return str(self.subject)

    @property
    def url(self) -> str:
        """Where the record is."""
        return reverse(_PAGES[self.kind], args=[self.subject.pk])

    @property
    def here(self) -> str:
        """This page."""
        return reverse("timeline", args=[self.kind, self.subject.pk])

    @property
    def household(self) -> Household | None:
        """The household whose line it is; None on the page of a person."""
        if isinstance(self.subject, Person):
            return None
        home: Household = self.subject.household if isinstance(self.subject, Case) else self.subject
        return home

    @cached_property
    def members(self) -> list[Person]:
        """Who lives in the household, as far as it may be known; on the page of a person nobody."""
        if self.household is None:
            return []
        living = hidden_from(self.user).living().filter(household=self.household)
        people = Person.objects.visible_to(self.user).filter(pk__in=living.values("person"))
        return list(people.order_by("birth_date", "pk"))

    @cached_property
    def chosen(self) -> Person | None:
        """The person beside whose lanes the household's stand."""
        if isinstance(self.subject, Person):
            return self.subject
        own = str(self.subject.person_id) if isinstance(self.subject, Case) else ""
        asked = self.request.GET.get("cine", own)
        return next((one for one in self.members if str(one.pk) == asked), None)

    @property
    def is_whole(self) -> bool:
        """Whether all that is known is drawn, not only the last two years."""
        return self.request.GET.get("timp") == "tot"

    @cached_property
    def groups(self) -> list[tuple[str, list[Lane]]]:
        """The lanes of the person and of the household."""
        groups = []
        if self.chosen is not None:
            groups.append((str(self.chosen), lanes_of(Whose(self.user, person=self.chosen))))
        if self.household is not None:
            groups.append((_("The whole household"), lanes_of(Whose(self.user, household=self.household))))
        return groups

    @property
    def chronology(self) -> str:
        """Where a chronology of the case is written, by who issues its papers."""
        if not isinstance(self.subject, Case) or not self.allows(Capability.ISSUE_DOCUMENTS):
            return ""
        return reverse("chronology", args=[self.subject.pk])

    def choices(self) -> list[dict[str, Any]]:
        """Whose line may be drawn, and the address of each."""
        if not self.members:
            return []
        offered = [("", _("Only the household")), *((str(one.pk), str(one)) for one in self.members)]
        chosen = str(self.chosen.pk) if self.chosen else ""
        return [
            {"label": label, "url": self.address(cine=key), "current": key == chosen}
            for key, label in offered
        ]

    def address(self, **asked: str) -> str:
        """This page with something else chosen."""
        now = {"cine": str(self.chosen.pk) if self.chosen else "", "timp": "tot" if self.is_whole else ""}
        words = {**now, **asked}
        if isinstance(self.subject, Person):
            words.pop("cine")
        said = {key: value for key, value in words.items() if value or key == "cine"}
        return f"{self.here}?{urlencode(said)}" if said else self.here


@require_safe
def timeline(request: SignedIn, kind: str, pk: UUID) -> HttpResponse:
    """What is known in time, in lanes, and the same as a table."""
    page = TimelinePage.open(request, kind, pk)
    today = timezone.localdate()
    since = None if page.is_whole else today - dt.timedelta(days=_SHOWN_DAYS)
    drawn = draw(page.groups, today=today, since=since)
    return page.show(
        "timeline",
        "timeline",
        drawn=drawn,
        sensitive=any(lane.is_sensitive for _name, lanes in page.groups for lane in lanes),
        lines=drawn.lines[:_MOST_LINES],
        more=len(drawn.lines) > _MOST_LINES,
        choices=page.choices(),
        chronology=page.chronology,
        other_span=page.address(timp="" if page.is_whole else "tot"),
    )
