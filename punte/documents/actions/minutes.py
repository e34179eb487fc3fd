"""Issuing the minutes of a meeting."""

import json

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.documents.meeting_minutes import content_of, named_on_paper
from punte.documents.models import Register
from punte.gatherings.actions import freeze_minutes
from punte.gatherings.models import IssuedMinutes, Meeting
from punte.gatherings.permission import note
from punte.kernel.errors import DomainError
from punte.kernel.numbering import next_number


@verb
def issue_minutes(*, by: User, meeting: Meeting) -> IssuedMinutes:
    """Issue the minutes of a meeting: give them the next number of the register and freeze what they say.

    Raises:
        NotAllowed: the account does not see the meeting, or may not change it.
        DomainError: there are none, nobody is noted as present, or those of a body tell who a case is about.
    """
    for found in named_on_paper(meeting):
        raise DomainError(
            _("“%(word)s” tells who a case is about (%(part)s, line %(line)d). Write it without a name.")
            % {"word": found.word, "part": found.part, "line": found.line}
        )
    held = freeze_minutes(by=by, meeting=meeting)
    today = timezone.localdate()
    number = next_number(Register, organization=held.keeper, year=today.year)
    paper = IssuedMinutes.objects.create(
        meeting=held,
        organization=held.keeper,
        year=today.year,
        number=number,
        issued_on=today,
        by=by,
        content=json.dumps(content_of(held, by, str(number)), ensure_ascii=False),
    )
    note(by, "issue_minutes", held, changes={"number": number, "year": today.year})
    return paper
