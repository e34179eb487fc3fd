"""Issuing the report of a body."""

import json

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.documents.body_report import content_of, named_in_report
from punte.documents.models import Register
from punte.gatherings.models import Body, IssuedReport
from punte.gatherings.permission import led_body
from punte.gatherings.reports import Stretch
from punte.kernel.errors import DomainError
from punte.kernel.numbering import next_number

LONGEST = 8000


@verb
def issue_body_report(*, by: User, body: Body, stretch: Stretch, remarks: str = "") -> IssuedReport:
    """Issue what a body reports of a half-year or a quarter: the next number of the register, and what it says, frozen.

    Args:
        remarks: what the sessions came to, what stood in the way, what the body proposes.

    Raises:
        NotAllowed: the account calls no meetings there.
        DomainError: the time is not over, it was reported already, or the report tells who a case is about.
    """
    held = led_body(by, body)
    today = timezone.localdate()
    if stretch.last >= today:
        raise DomainError(_("This time is not over. The report is issued after its last day."))
    if held.reports.filter(first=stretch.first).exists():
        raise DomainError(_("The report of this time was issued already."))
    remarks = remarks.strip()
    if len(remarks) > LONGEST:
        raise DomainError(_("This is too long."), field="remarks")
    for found in named_in_report(held, stretch, remarks):
        raise DomainError(
            _("“%(word)s” tells who a case is about (%(part)s, line %(line)d). Write it without a name.")
            % {"word": found.word, "part": found.part, "line": found.line},
            field="remarks",
        )
    number = next_number(Register, organization=held.keeper, year=today.year)
    paper = IssuedReport.objects.create(
        body=held,
        first=stretch.first,
        last=stretch.last,
        organization=held.keeper,
        year=today.year,
        number=number,
        issued_on=today,
        by=by,
        content=json.dumps(content_of(held, stretch, by, remarks, str(number)), ensure_ascii=False),
    )
    record(
        by=by,
        verb="issue_body_report",
        keeper=held.keeper_id,
        subject=held.pk,
        changes={"number": number, "year": today.year, "first": str(stretch.first)},
    )
    return paper
