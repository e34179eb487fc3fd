"""The papers of a case for the county directorate: what is there, what is missing, all of it as one archive."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from punte.accounts.enums import Capability
from punte.documents.actions import put_package_together
from punte.documents.packages import packages, rows_of
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.download import file_response
from punte.www.frame.form_page import FormPage
from punte.www.office.documents.forms.packages import PackageForm
from punte.www.office.documents.views.papers_page import PapersPage

_PACKAGE = "county_directorate"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.ISSUE_DOCUMENTS)
def case_package(request: SignedIn, pk: UUID) -> HttpResponse:
    """Choose the papers; a POST gives the archive."""
    page = PapersPage.open(request, pk, to=Capability.ISSUE_DOCUMENTS)
    package = packages()[_PACKAGE]
    rows, others = rows_of(request.user, page.case, package)
    pieces = [*(piece for row in rows for piece in row.pieces), *others]
    # What is about violence or abuse goes along only where somebody ticks it.
    ticked = [piece.key for row in rows for piece in row.pieces if not piece.is_sensitive]
    form = FormPage(request, PackageForm, pieces=pieces, initial={"chosen": ticked})
    if form.attempt(
        lambda given: put_package_together(by=request.user, case=page.case, package=_PACKAGE, **given)
    ):
        headers = {"Cache-Control": "no-store"}
        return file_response(form.made, "application/zip", "pachet-directie.zip", headers=headers)
    return page.show(
        "package",
        "case_package",
        sensitive=any(piece.is_sensitive for piece in pieces),
        form=form,
        package=package,
        rows=rows,
        missing=[row.wanted for row in rows if not row.pieces],
    )
