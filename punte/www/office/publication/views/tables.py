"""Tables of figures that everybody may read: which there are, publishing one, withdrawing one."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability
from punte.organizations.models import Organization
from punte.statistics.actions import publish_table, withdraw_table
from punte.statistics.actions.publish_table import newest_extract
from punte.statistics.models import PublishedTable
from punte.statistics.publishing.cube import years_in
from punte.statistics.publishing.definition import table_definitions
from punte.statistics.publishing.showing import Shown, said
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.form_page import FormPage
from punte.www.office.publication.forms.tables import TableForm, WithdrawTableForm

publishes = needs(Capability.PUBLISH)


def _own(request: SignedIn) -> QuerySet[PublishedTable]:
    own = request.user.standing.organizations(Capability.PUBLISH)
    return PublishedTable.objects.filter(organization__in=own).select_related("organization")


@require_safe
@publishes
def tables(request: SignedIn) -> HttpResponse:
    """What can be published as a table, and what has been."""
    context = {
        "definitions": [(one, said(one.title), said(one.about)) for one in table_definitions().values()],
        "published": [Shown(one) for one in _own(request)[:200]],
    }
    return render(request, "office_publication/tables.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@publishes
def table_publish(request: SignedIn) -> HttpResponse:
    """Publish a table from the newest extract."""
    definitions, newest = table_definitions(), newest_extract()
    years = {year for one in definitions.values() for year in years_in(one, newest[1])} if newest else set()
    own = request.user.standing.organizations(Capability.PUBLISH)
    form = FormPage(
        request,
        TableForm,
        organizations=Organization.objects.filter(pk__in=own).order_by("name"),
        tables={key: said(one.title) for key, one in definitions.items()},
        years=sorted(years),
        initial={"table": request.GET.get("tabel"), "years": sorted(years)[-2:]},
    )
    if form.attempt(lambda given: publish_table(by=request.user, **given)):
        return form.done(_("The table is published, with its proof."), "published_tables")
    return form.ask(
        _("Publish a table"),
        back=reverse("published_tables"),
        back_to=_("Tables"),
        button=_("Publish"),
        intro=_(
            "Small numbers are hidden, and with them others from which they could be worked out. What was published "
            "before is reckoned with. What is published cannot be made unknown."
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@publishes
def table_withdraw(request: SignedIn, pk: UUID) -> HttpResponse:
    """Take a table from the public pages."""
    table = fetch(_own(request), pk=pk)
    form = FormPage(request, WithdrawTableForm)
    if form.attempt(lambda given: withdraw_table(by=request.user, table=table, **given)):
        return form.done(_("It was withdrawn."), "published_tables")
    return form.ask(
        _("Withdraw a table"),
        back=reverse("published_tables"),
        back_to=_("Tables"),
        button=_("Withdraw"),
        intro=Shown(table).title,
    )
