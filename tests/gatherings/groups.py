"""A town that has groups: who leads them, who comes, and their meetings."""

import datetime as dt
from typing import Any

from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.gatherings.actions.series import create_series, enrol, plan_meetings
from punte.gatherings.models import Meeting, Series
from punte.people.models import Person
from tests.factories import OrganizationFactory, PersonFactory, worker


class Hall:
    """An institution with a leader of groups."""

    def __init__(self) -> None:
        self.house = OrganizationFactory()
        self.leader = worker(Role.SOCIAL_WORKER, organization=self.house)
        self.today = timezone.localdate()

    def colleague(self, role: Role = Role.COMMUNITY_NURSE) -> User:
        return worker(role, organization=self.house)

    def series(self, kind: str = "parents_school", **details: Any) -> Series:
        said = {"title": "Școala părinților", "start": self.today - dt.timedelta(days=400), **details}
        return create_series(by=self.leader, keeper=self.house, kind=kind, **said)

    def people(self, many: int) -> list[Person]:
        return [
            PersonFactory(keeper=self.house, family_name=f"Exemplu{number:03d}", given_name="Ileana")
            for number in range(many)
        ]

    def enrolled(self, series: Series, many: int) -> list[Person]:
        people = self.people(many)
        enrol(by=self.leader, series=series, people=people, start=series.start)
        return people

    def meeting(self, series: Series, days_ago: int = 0) -> Meeting:
        return self.meetings(series, days_ago)[0]

    def meetings(self, series: Series, *days_ago: int) -> list[Meeting]:
        days = [self.today - dt.timedelta(days=many) for many in days_ago]
        return plan_meetings(by=self.leader, series=series, days=days)
