"""Data without names is handed out for research, by a decision that stays on record."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from punte.accounts.enums import Capability
from punte.organizations.models import Organization
from punte.statistics.actions import export_for_research
from punte.www.frame.access import SignedIn
from punte.www.frame.download import file_response
from punte.www.frame.form_page import FormPage
from punte.www.office.privacy.forms.research import ResearchForm
from punte.www.office.privacy.views.requests import keeps_privacy


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_privacy
def research_export(request: SignedIn) -> HttpResponse:
    """Ask by which decision; the answer is the file, made once and kept nowhere."""
    kept = Organization.objects.filter(pk__in=request.user.standing.organizations(Capability.KEEP_PRIVACY))
    form = FormPage(request, ResearchForm, organizations=kept)
    if form.attempt(
        lambda given: export_for_research(by=request.user, keeper=given.pop("organization"), **given)
    ):
        return file_response(form.made.content, "application/zip", "cercetare.zip")
    return form.ask(
        _("Data for research"),
        intro=_(
            "The file has no names, addresses, numbers or households; of places the county alone, of ages bands. The"
            " same person has one name without meaning in all its tables, which no other export has. What is sealed is"
            " left out. The decision stays among the files that were taken along."
        ),
        button=_("Make the research file"),
        back=reverse("privacy"),
        back_to=_("People's data"),
    )
