"""The emergencies of an institution: those that are open, a new one, who works on it, its end."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability as Can
from punte.directory.help.need import is_about_violence
from punte.directory.models import Service
from punte.directory.queries import services_with_places
from punte.emergencies.actions import change_workers, end_emergency, open_emergency
from punte.emergencies.actions.leading import colleagues_of
from punte.emergencies.content import content
from punte.emergencies.models import Emergency
from punte.emergencies.permission import may_lead
from punte.organizations.models import Organization
from punte.territory.models import Uat
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.form_page import FormPage, show
from punte.www.office.emergencies.forms.lists import EmergencyForm, EndForm, TeamForm
from punte.www.office.emergencies.views.emergency_page import EmergencyPage

_MOST_SHELTERS = 60


@require_safe
@needs(Can.SEE_PEOPLE)
def fast_lists(request: SignedIn) -> HttpResponse:
    """Those on which the account works, and those that it only leads."""
    mine = set(Emergency.objects.visible_to(request.user).values_list("pk", flat=True))
    people = Count("listed", filter=Q(listed__merged_into=None))
    rows = Emergency.objects.known_to(request.user).annotate(people=people).select_related("uat", "opened_by")
    told: list[dict[str, Any]] = [
        {"emergency": one, "works": one.pk in mine, "leads": may_lead(request.user, one)}
        for one in rows.order_by("ended_on", "-started_on", "pk")[:200]
    ]
    return show(
        request,
        "office_emergencies/lists.html",
        open_now=[row for row in told if row["emergency"].is_open],
        over=[row for row in told if not row["emergency"].is_open],
        may_open=request.user.standing.may(Can.MANAGE_CASE),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.MANAGE_CASE)
def fast_list_new(request: SignedIn) -> HttpResponse:
    """Open an emergency."""
    own = request.user.standing.organizations(Can.MANAGE_CASE)
    keepers = Organization.objects.filter(pk__in=own).select_related("uat").order_by("name", "pk")
    uats = Uat.objects.filter(county__in=keepers.values("uat__county")).order_by("name", "pk")
    form = FormPage(
        request,
        EmergencyForm,
        organizations=keepers,
        uats=uats,
        shelters=shelters_near(uats),
        initial={"uat": next((one.uat_id for one in keepers), None)},
    )
    if form.attempt(lambda given: open_emergency(by=request.user, keeper=given.pop("organization"), **given)):
        return form.done(_("The list is open. Say who works on it."), "fast_list_team", form.made.pk)
    return form.ask(
        _("New emergency"),
        button=_("Open the list"),
        back=reverse("fast_lists"),
        back_to=_("Disasters and refugees"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.SEE_PEOPLE)
def fast_list_team(request: SignedIn, pk: UUID) -> HttpResponse:
    """Who works on it, and where places are taken."""
    page = EmergencyPage.open_to_lead(request, pk)
    found = page.emergency
    near = shelters_near(Uat.objects.filter(county=found.uat.county_id))
    form = FormPage(
        request,
        TeamForm,
        users=colleagues_of(found.keeper),
        shelters=Service.objects.filter(Q(pk__in=near.values("pk")) | Q(pk__in=found.shelters.values("pk"))),
        initial={
            "users": list(found.workers.values_list("user", flat=True)),
            "shelters": list(found.shelters.values_list("pk", flat=True)),
        },
    )
    if form.attempt(lambda given: change_workers(by=request.user, emergency=found, **given)):
        works = Emergency.objects.visible_to(request.user).filter(pk=pk).exists()
        return form.done(_("Saved."), *(("fast_list", pk) if works else ("fast_lists",)))
    return _asked(page, form, _("Who works on it"), _("Save"))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.SEE_PEOPLE)
def fast_list_end(request: SignedIn, pk: UUID) -> HttpResponse:
    """It is over."""
    page = EmergencyPage.open_to_lead(request, pk)
    form = FormPage(request, EndForm)
    if form.attempt(lambda given: end_emergency(by=request.user, emergency=page.emergency, **given)):
        return form.done(_("The list is closed."), "fast_lists")
    intro = _("Nobody is put on the list any more. Who is on it may still leave or get a file.")
    return _asked(page, form, _("Close the list"), _("Close the list"), intro=intro)


def _asked(page: EmergencyPage, form: FormPage, title: str, button: str, **options: Any) -> HttpResponse:
    return form.ask(title, button=button, back=reverse("fast_lists"), back_to=page.emergency.name, **options)


def shelters_near(uats: QuerySet[Uat]) -> QuerySet[Service]:
    """Services that give a bed to anybody in some UATs, and take people in; none for victims of violence."""
    giving = services_with_places(list(content()["shelters"])).filter(locations__uat__in=uats.values("pk"))
    found = giving.order_by("name", "pk").distinct().values_list("pk", "code")
    keys = [key for key, code in found if not is_about_violence(code or "")][:_MOST_SHELTERS]
    return Service.objects.filter(pk__in=keys).select_related("provider").order_by("name", "pk")
