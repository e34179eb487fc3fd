"""The attendance sheet of a meeting of a group: empty lines to sign, or what was written down (R33)."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from punte.gatherings.enums import PresenceState
from punte.gatherings.models import Meeting
from punte.gatherings.roll import Line
from punte.kernel.papers import FOLDER, pdf

_EMPTY_LINES = 5


def attendance_sheet_pdf(meeting: Meeting, lines: Sequence[Line], *, kind: str) -> bytes:
    """The sheet as tagged PDF (PDF/UA-1 and PDF/A-2a).

    Args:
        lines: who is on the list, as the reader knows it.
        kind: of the group, in words.
    """
    series = meeting.series
    assert series is not None
    hour = f", {meeting.hour:%H:%M}" if meeting.hour else ""
    facts = [
        (_("Group"), series.title),
        (_("Kind"), kind),
        (_("Day"), f"{meeting.day:%d.%m.%Y}{hour}"),
        (_("Place"), meeting.place or series.place),
    ]
    rows = [[str(at), line.name, _state(line), ""] for at, line in enumerate(lines, start=1)]
    empty = 0 if meeting.state == "held" else _EMPTY_LINES
    rows += [[str(len(rows) + at), "", "", ""] for at in range(1, empty + 1)]
    there = sum(line.was_there for line in lines)
    below = [_("Present: %(n)d") % {"n": there + meeting.counted}] if meeting.state == "held" else []
    if meeting.counted:
        below.append(_("Of them counted without a name: %(n)d") % {"n": meeting.counted})
    content = {
        "title": _("Attendance sheet"),
        "institution": series.keeper.name,
        "language": get_language() or "ro",
        "facts": [{"label": label, "value": value} for label, value in facts if value],
        "columns": [_("No."), _("Name"), _("Attendance"), _("Signature")],
        "rows": rows,
        "below": below,
        "leaders": [one.name for one in series.facilitators.order_by("name", "pk")],
        "footer": _("Confidential: kept by the institution, given to nobody else."),
    }
    moment = dt.datetime.combine(meeting.day, dt.time(12), tzinfo=dt.UTC)
    return pdf(FOLDER / "attendance_sheet", content, moment)


def _state(line: Line) -> str:
    return str(PresenceState(line.state).label) if line.state else ""
