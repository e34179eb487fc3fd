"""People who meet: bodies and their seats, series and who is enrolled, meetings, decisions and tasks."""

from punte.gatherings.models.bodies import Body, Seat
from punte.gatherings.models.groups import (
    Contradiction,
    DayNote,
    Handover,
    Observation,
    Placement,
    PlacementDay,
    Subscription,
    TrainingPlace,
)
from punte.gatherings.models.issued import IssuedMinutes, IssuedReport
from punte.gatherings.models.meetings import (
    AgendaItem,
    Decision,
    Enrolment,
    Invitation,
    Meeting,
    Presence,
    Series,
    Task,
)
from punte.gatherings.models.opened import Opened

__all__ = [
    "AgendaItem",
    "Body",
    "Contradiction",
    "DayNote",
    "Decision",
    "Enrolment",
    "Handover",
    "Invitation",
    "IssuedMinutes",
    "IssuedReport",
    "Meeting",
    "Observation",
    "Opened",
    "Placement",
    "PlacementDay",
    "Presence",
    "Seat",
    "Series",
    "Subscription",
    "Task",
    "TrainingPlace",
]
