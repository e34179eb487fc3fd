"""Who is enrolled: of a programme, those whom the account sees; of a household, in what."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability as Can
from punte.accounts.verbs import record_read, record_reads
from punte.people.models import Household, Person
from punte.programmes.actions import begin_participation, end_participation
from punte.programmes.enums import ProgrammeKind
from punte.programmes.models import Participation, Programme
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.form_page import FormPage, show
from punte.www.office.programmes.forms.programmes import EndForm, EnrolForm, parts_of
from punte.www.office.programmes.views.programmes import ProgrammePage

_SHOWN = 200


@require_safe
@needs(Can.SEE_PEOPLE)
def people(request: SignedIn, pk: UUID) -> HttpResponse:
    """The households and people enrolled today that the account sees."""
    page = ProgrammePage.open(request, pk)
    rows = Participation.objects.in_force().visible_to(request.user).filter(programme=page.programme)
    parts = [node for node in page.tree.nodes if node.kind != "objective"]
    part = request.GET.get("parte", "")
    if part:
        rows = rows.filter(part=part)
    shown = list(
        rows.select_related("household", "person").order_by("household__folded_name", "pk")[: _SHOWN + 1]
    )
    lists = f"?programme={page.programme.pk}"
    homes = {one.household_id: one.household for one in shown[:_SHOWN]}
    record_reads(
        by=request.user,
        what="programme_people",
        records=[(home.pk, home.keeper_id, home.sealed) for home in homes.values()],
        subject=page.programme.pk,
    )
    return page.show(
        "people",
        here="people",
        rows=shown[:_SHOWN],
        more=len(shown) > _SHOWN,
        parts=parts,
        part=part,
        cases=reverse("cases") + lists + "&whose=all",
        households=reverse("households") + lists,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def household(request: SignedIn, pk: UUID) -> HttpResponse:
    """The programmes of a household; it is enrolled here."""
    home = fetch(Household.objects.visible_to(request.user), pk=pk)
    writes = request.user.standing.may(Can.MANAGE_CASE, home.keeper_id)
    today = timezone.localdate()
    form = None
    if writes:
        kinds = (ProgrammeKind.PROJECT, ProgrammeKind.REGISTER)
        running = Programme.objects.visible_to(request.user).filter(kind__in=kinds, start__lte=today)
        members = Person.objects.visible_to(request.user).filter(
            pk__in=home.memberships.current().visible_to(request.user).values("person")
        )
        form = FormPage(request, EnrolForm, people=members, parts=parts_of(list(running)))
        by_key = {str(one.pk): one for one in running}
        if form.attempt(lambda given: _enrolled(request, home, by_key, given)):
            return form.done(_("Enrolled."), "household_programmes", pk)
    elif request.method == "POST":
        raise PermissionDenied
    rows = (
        Participation.objects.visible_to(request.user)
        .filter(household=home)
        .select_related("programme", "person")
    )
    _read(request, home)
    return show(
        request,
        "office_programmes/household.html",
        home=home,
        rows=list(rows),
        form=form,
        writes=writes,
        today=today,
    )


def _enrolled(
    request: SignedIn, home: Household, by_key: dict[str, Programme], given: dict[str, object]
) -> object:
    key, _space, part = str(given.pop("programme")).partition(" ")
    return begin_participation(by=request.user, programme=by_key[key], household=home, part=part, **given)  # type: ignore[arg-type]


def _read(request: SignedIn, home: Household) -> None:

    record_read(
        by=request.user,
        what="household_programmes",
        keeper=home.keeper_id,
        household=home.pk,
        sealed=home.sealed,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ending(request: SignedIn, pk: UUID, participation: UUID) -> HttpResponse:
    """Say since when somebody takes part no more."""
    home = fetch(Household.objects.visible_to(request.user), pk=pk)
    rows = Participation.objects.visible_to(request.user).select_related("programme", "person", "household")
    found = fetch(rows.filter(household=home), pk=participation)
    if not request.user.standing.may(Can.MANAGE_CASE, home.keeper_id):
        raise PermissionDenied
    form = FormPage(request, EndForm)
    if form.attempt(lambda given: end_participation(by=request.user, participation=found, **given)):
        return form.done(_("Ended."), "household_programmes", pk)
    return form.ask(
        _("End the part in %(programme)s") % {"programme": found.programme},
        back=reverse("household_programmes", args=[pk]),
        back_to=home.name,
        intro=str(found.person or home.name),
    )
