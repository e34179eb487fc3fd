"""A group: begun, changed, its meetings planned, people enrolled; and how far it has come."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability as Can
from punte.gatherings.actions.series import (
    agree_to_group,
    change_series,
    create_series,
    end_enrolment,
    enrol,
    plan_meetings,
)
from punte.gatherings.actions.staff import certify, give_training_place, subscribe, unsubscribe
from punte.gatherings.figures import figures_of
from punte.gatherings.groups_content import groups, kind_of
from punte.gatherings.models import Enrolment, Series, TrainingPlace
from punte.gatherings.roll import enrolments_known
from punte.organizations.models import Organization
from punte.people.actions.consents import may_record_consent
from punte.people.models import Consent, Person
from punte.people.purposes import agreements
from punte.people.search import find_people
from punte.people.sight import hidden_from
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.asked import identifier_in
from punte.www.frame.form_page import FormPage
from punte.www.office.groups.forms.series import (
    AgreeForm,
    EndForm,
    EnrolForm,
    NewSeriesForm,
    PlanForm,
    SeriesForm,
    planned_days,
)
from punte.www.office.groups.forms.staff import CertificateForm, PlaceForm, SubscribeForm, UnsubscribeForm
from punte.www.office.groups.views.group_pages import GroupPage
from punte.www.office.groups.views.progress import progress_of

_MOST_MEETINGS = 60
_FOUND = 20


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.MEET)
def group_new(request: SignedIn) -> HttpResponse:
    """Begin a group; what its kind proposes is written where nothing is said."""
    keepers = Organization.objects.filter(pk__in=request.user.standing.organizations(Can.MEET))
    keepers = keepers.order_by("name", "pk")
    first = keepers.first()
    form = FormPage(
        request,
        NewSeriesForm,
        draft="group-new",
        organizations=keepers,
        keeper=first,
        initial={"start": timezone.localdate(), "facilitators": [request.user.pk]},
    )

    def create(given: dict[str, Any]) -> Series:
        kind = kind_of(given["kind"])
        said = {name: value for name, value in given.items() if name != "organization"}
        for name in ("planned", "least"):
            said[name] = said[name] or (getattr(kind, name) if kind else None)
        return create_series(by=request.user, keeper=given["organization"], **said)

    if form.attempt(create):
        return form.done(_("The group is begun. Now plan its meetings."), "group", form.made.pk)
    return form.ask(_("New group"), back=reverse("groups"), back_to=_("Groups"), button=_("Begin the group"))


@require_safe
@needs(Can.MEET)
def group(request: SignedIn, pk: UUID) -> HttpResponse:
    """How far a group has come, its meetings, and who is on its list."""
    page = GroupPage.open(request, pk)
    series, today = page.series, timezone.localdate()
    figures = figures_of(request.user, [series])[series.pk]
    came = {held.meeting: held.came for held in figures.held}
    meetings = list(series.meetings.in_order().reverse()[:_MOST_MEETINGS])
    enrolled = enrolments_known(request.user, series) if page.names_people else []
    page.read("group")
    return page.show(
        "group",
        figures=figures,
        progress=progress_of(figures),
        meetings=[(one, came.get(one.pk), one.day <= today) for one in meetings],
        enrolled=[row for row in enrolled if row.end is None],
        left=[row for row in enrolled if row.end is not None],
        leaders=series.facilitators.order_by("name", "pk"),
        beside=series.beside.order_by("title", "pk"),
        places=_places(series) if page.has("certificates") else [],
        cost=f"{series.cost / 100:.2f}".replace(".", ",") if series.cost is not None else "",
        subscriptions=_subscriptions(page) if page.has("subscribers") else [],
        trains=page.has("certificates"),
        mails=page.has("subscribers"),
    )


def _places(series: Series) -> list[tuple[TrainingPlace, str]]:
    staff = groups().staff
    rows = series.training_places.select_related("user")
    return [(one, str(staff.get(one.category, one.category))) for one in rows]


@dataclass(frozen=True)
class Deed:
    """What may be done with a group: its words, its form and the verb.

    Attributes:
        fits: whether it is of this kind of group.
        options, begin: what the form is made with, and starts from.
    """

    title: str | Promise
    done: str | Promise
    form: type[Any]
    act: Callable[[GroupPage, dict[str, Any]], Any]
    fits: Callable[[GroupPage], bool] = lambda _page: True
    options: Callable[[GroupPage], Mapping[str, Any]] = lambda _page: {}
    begin: Callable[[GroupPage], Mapping[str, Any]] = lambda _page: {}


def _subscriptions(page: GroupPage) -> Any:
    return page.series.subscriptions.current().select_related("contact__organization")


def _now(page: GroupPage) -> Mapping[str, Any]:
    names = (*SeriesForm.base_fields,)
    said = {name: getattr(page.series, name) for name in names if name != "facilitators"}
    cost = page.series.cost
    return {
        **said,
        "cost": cost / 100 if cost is not None else None,
        "facilitators": [one.pk for one in page.series.facilitators.order_by("pk")],
    }


def _keeper(page: GroupPage) -> Mapping[str, Any]:
    return {"keeper": page.series.keeper}


def _plan(page: GroupPage, given: dict[str, Any]) -> Any:
    days = planned_days(given)
    said = {name: given[name] for name in ("hour", "length", "place")}
    return plan_meetings(by=page.user, series=page.series, days=days, **said)


DEEDS = {
    "schimba": Deed(
        gettext_lazy("Change the group"),
        gettext_lazy("Saved."),
        SeriesForm,
        lambda page, given: change_series(by=page.user, series=page.series, **given),
        options=_keeper,
        begin=_now,
    ),
    "planifica": Deed(
        gettext_lazy("Plan meetings"),
        gettext_lazy("The meetings are planned."),
        PlanForm,
        _plan,
        begin=lambda page: {"day": timezone.localdate()},
    ),
    "loc": Deed(
        gettext_lazy("Give a place"),
        gettext_lazy("The place is given."),
        PlaceForm,
        lambda page, given: give_training_place(by=page.user, series=page.series, **given),
        fits=lambda page: page.has("certificates"),
        options=_keeper,
    ),
    "certificat": Deed(
        gettext_lazy("Note a certificate"),
        gettext_lazy("The certificate is noted."),
        CertificateForm,
        lambda page, given: certify(by=page.user, **given),
        fits=lambda page: page.has("certificates"),
        options=lambda page: {"places": page.series.training_places.filter(certified_on=None)},
    ),
    "abonat": Deed(
        gettext_lazy("Add a subscriber"),
        gettext_lazy("They receive the newsletter."),
        SubscribeForm,
        lambda page, given: subscribe(by=page.user, series=page.series, **given),
        fits=lambda page: page.has("subscribers"),
        options=_keeper,
    ),
    "dezabonat": Deed(
        gettext_lazy("Take somebody off the list"),
        gettext_lazy("They receive the newsletter no more."),
        UnsubscribeForm,
        lambda page, given: unsubscribe(by=page.user, **given),
        fits=lambda page: page.has("subscribers"),
        options=lambda page: {"subscriptions": _subscriptions(page)},
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.MEET)
def group_deed(request: SignedIn, pk: UUID, deed: str) -> HttpResponse:
    """Change a group, plan its meetings, put somebody on its list."""
    page = GroupPage.open(request, pk)
    if deed == "inscrie" and page.names_people:
        return _enrol(page)
    asked = DEEDS.get(deed)
    if asked is None or not asked.fits(page):
        raise Http404
    form = FormPage(
        request, asked.form, draft=f"group-{deed}-{pk}", initial=asked.begin(page), **asked.options(page)
    )
    if form.attempt(lambda given: asked.act(page, given)):
        return form.done(str(asked.done), page.url)
    return form.ask(asked.title, back=page.url, back_to=page.series.title, button=asked.title)


def _enrol(page: GroupPage) -> HttpResponse:
    """People are looked for and chosen; what was looked for travels in what is sent, never in an address."""
    request, sent = page.request, "enrol" in page.request.POST
    form = FormPage(request, EnrolForm)
    keys = [key for key in map(identifier_in, request.POST.getlist("people")) if key]
    chosen = list(_people(page, keys))

    def act(given: dict[str, Any]) -> Any:
        return enrol(by=request.user, series=page.series, people=chosen, start=given["start"])

    if sent and form.attempt(act):
        return form.done(_("They are on the list."), page.url)
    text = request.POST.get("text", "").strip()
    found = [one.person for one in find_people(request.user, text, limit=_FOUND)] if text else []
    return form.ask(
        _("Put people on the list"),
        back=page.url,
        back_to=page.series.title,
        button=_("Look for"),
        template="office_groups/enrol.html",
        status=None if sent else 200,
        chosen=chosen,
        found=[one for one in found if one.pk not in {row.pk for row in chosen}],
        looked=bool(text),
    )


def _people(page: GroupPage, keys: list[UUID]) -> Any:
    known = Person.objects.visible_to(page.user).filter(pk__in=keys)
    return known.defer("cnp", "ethnicity").order_by("family_name", "given_name", "pk")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.MEET)
def enrolment_consent(request: SignedIn, pk: UUID) -> HttpResponse:
    """What who is on the list agreed to; where they did not yet, what is read to them, and their answer."""
    page, row, known = _enrolment(request, pk)
    kind, whom = page.kind, hidden_from(request.user).person(known.person)
    purpose = agreements().purposes.get(kind.consent) if kind and kind.consent else None
    if purpose is None:
        raise Http404
    form = FormPage(request, AgreeForm, draft=f"agree-{pk}")
    if form.attempt(lambda given: agree_to_group(by=request.user, enrolment=row, **given)):
        return form.done(_("The consent is recorded."), page.url)
    page.read("enrolment_consent")
    consent = known.consent if known.consent and known.consent.stands else None
    return form.ask(
        _("Consent to the group"),
        back=page.url,
        back_to=page.series.title,
        intro=str(whom),
        template="office_groups/consent.html",
        purpose=purpose,
        consent=consent,
        takes_back=consent is not None
        and Consent.objects.visible_to(request.user).filter(pk=consent.pk).exists()
        and may_record_consent(request.user, known.person),
    )


def _enrolment(request: SignedIn, pk: UUID) -> tuple[GroupPage, Enrolment, Enrolment]:
    """An enrolment with its group, as it is, and as the account knows it."""
    led = Enrolment.objects.filter(series__in=Series.objects.visible_to(request.user))
    row = fetch(led.filter(person__in=Person.objects.visible_to(request.user)), pk=pk)
    page = GroupPage.open(request, row.series_id)
    known = {one.pk: one for one in enrolments_known(request.user, page.series)}
    if row.pk not in known:
        raise Http404
    return page, row, known[row.pk]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.MEET)
def enrolment_end(request: SignedIn, pk: UUID) -> HttpResponse:
    """Somebody comes no more, and why."""
    page, row, known = _enrolment(request, pk)
    form = FormPage(request, EndForm, draft=f"enrolment-{pk}")
    if form.attempt(lambda given: end_enrolment(by=request.user, enrolment=row, **given)):
        return form.done(_("Saved."), page.url)
    whom = hidden_from(request.user).person(known.person)
    return form.ask(
        _("Comes no more"), back=page.url, back_to=page.series.title, button=_("Save"), intro=str(whom)
    )
