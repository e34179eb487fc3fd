"""A group, and a meeting of it, open before one account."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self
from uuid import UUID

from django.urls import reverse

from punte.gatherings.group_permission import meetings_of_groups
from punte.gatherings.groups_content import COLLEAGUES, RECORD, Kind, kind_of
from punte.gatherings.models import Meeting, Series
from punte.www.frame.access import SignedIn, fetch
from punte.www.frame.record_page import RecordPage


@dataclass
class GroupPage(RecordPage):
    """One series, for who leads it or calls meetings in its institution."""

    folder: ClassVar[str] = "office_groups"

    series: Series

    @classmethod
    def open(cls, request: SignedIn, pk: UUID) -> Self:
        """The page.

        Raises:
            Http404: there is none that the account may know of.
        """
        rows = Series.objects.visible_to(request.user).select_related("keeper", "service", "parallel_to")
        return cls(request, fetch(rows, pk=pk))

    @property
    def about(self) -> dict[str, Any]:
        return {"keeper": self.series.keeper_id, "subject": self.series.pk}

    @property
    def kind(self) -> Kind | None:
        """What kind of group it is."""
        return kind_of(self.series.kind)

    @property
    def url(self) -> str:
        """Its address."""
        return reverse("group", args=[self.series.pk])

    @property
    def names_people(self) -> bool:
        """Whether people of the record are on its list."""
        known = self.kind is not None and self.kind.people == RECORD
        return known and self.series.list_kind != "counted"

    @property
    def is_of_colleagues(self) -> bool:
        """Whether colleagues come to it."""
        return self.kind is not None and self.kind.people == COLLEAGUES

    def has(self, mark: str) -> bool:
        """Whether something holds of its kind."""
        return self.kind is not None and self.kind.has(mark)

    def shared(self, what: str) -> dict[str, Any]:
        return {
            "series": self.series,
            "kind": self.kind,
            "names_people": self.names_people,
            "of_colleagues": self.is_of_colleagues,
            "is_register": self.has("register"),
        }


@dataclass
class MeetingPage(GroupPage):
    """One meeting of a group."""

    meeting: Meeting

    @classmethod
    def open(cls, request: SignedIn, pk: UUID) -> Self:
        rows = meetings_of_groups(request.user).select_related("series__keeper", "series__service")
        meeting = fetch(rows, pk=pk)
        assert meeting.series is not None
        return cls(request, meeting.series, meeting)

    @property
    def url(self) -> str:
        return reverse("attendance", args=[self.meeting.pk])

    @property
    def about(self) -> dict[str, Any]:
        return {"keeper": self.series.keeper_id, "subject": self.meeting.pk}

    def shared(self, what: str) -> dict[str, Any]:
        return {**super().shared(what), "meeting": self.meeting}
