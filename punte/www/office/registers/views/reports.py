"""Reports by quarters, and the rows for a national record."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from punte.accounts.enums import Capability
from punte.accounts.verbs import record_read
from punte.kernel.tables.writing import write_xlsx
from punte.registers.national import national_tables, rows_for
from punte.reports.figures import filled
from punte.reports.reading import report_kinds
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.download import file_response
from punte.www.frame.listing_deeds import CONTENT_TYPES, XLSX


@require_safe
def quarterly_report(request: SignedIn, report: str) -> HttpResponse:
    """The numbers of a report, of the newest extract; small ones are not told."""
    standing = request.user.standing
    if not (standing.may(Capability.SEE_TOTALS) or standing.may(Capability.MANAGE_CASE)):
        raise PermissionDenied
    found = report_kinds().get(report)
    if found is None or found.about != "house":
        raise Http404
    totals = filled(found, timezone.localdate()) if standing.may(Capability.SEE_TOTALS) else None
    exports = standing.may(Capability.MANAGE_CASE)
    return render(
        request,
        "office_registers/quarterly.html",
        {"report": found, "filled": totals, "tables": national_tables() if exports else ()},
    )


@require_safe
@needs(Capability.MANAGE_CASE)
def national_rows(request: SignedIn, table: str) -> HttpResponse:
    """The rows of one's own cases for the national record, as XLSX; victims and aggressors never in one file."""
    if table not in national_tables():
        raise Http404
    record_read(by=request.user, what="national_rows", keeper=None)
    content = write_xlsx({table: rows_for(request.user, table, timezone.localdate())})
    return file_response(content, CONTENT_TYPES[XLSX], f"{table}.xlsx", headers={"Cache-Control": "no-store"})
