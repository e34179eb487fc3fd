"""The fast list: one screen, ten seconds a person; the same handed over, in Ukrainian; the whole list; on paper."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability as Can
from punte.documents.emergency_sheet import emergency_sheet_pdf
from punte.emergencies.actions import list_person
from punte.emergencies.counts import counted, rows_of
from punte.emergencies.matching import alike
from punte.emergencies.models import Listed
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.asked import identifier_in, number_in
from punte.www.frame.download import file_response
from punte.www.frame.form_page import FormPage
from punte.www.office.emergencies.forms.fast import FastForm, SearchForm
from punte.www.office.emergencies.views.emergency_page import EmergencyPage

_NEWEST = 20
_MOST = 500
_HANDED = ("uk", "ro")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.SEE_PEOPLE)
def fast_list(request: SignedIn, pk: UUID) -> HttpResponse:
    """Put somebody on the list; what is counted, and the newest, beneath."""
    page = EmergencyPage.open(request, pk)
    form = _form(page)
    if form.attempt(
        lambda _given: list_person(by=request.user, emergency=page.emergency, said=form.form.said())
    ):
        said = _("%(name)s is number %(number)d.") % {"name": form.made.name, "number": form.made.number}
        family = f"&cu={form.made.group}" if "family" in request.POST else ""
        return form.done(said, f"{page.url}?nou={form.made.pk}{family}")
    rows = rows_of(request.user, page.emergency)
    newest = next((row for row in rows if row.pk == identifier_in(request.GET.get("nou", ""))), None)
    return page.show(
        "fast",
        "fast_list",
        form=form,
        counted=counted(rows),
        rows=rows[:_NEWEST],
        more=len(rows) > _NEWEST,
        newest=newest,
        twice=_twice(newest, rows) if newest else [],
        family=_family(newest, rows) if newest else [],
    )


def _form(page: EmergencyPage, **options: Any) -> FormPage:
    """The form; what the last one of the same hand spoke, and where they sleep, is likely so of the next."""
    rows = Listed.objects.filter(emergency=page.emergency, by=page.user).order_by("-number")
    last = rows.values("language", "shelter").first()
    initial: dict[str, Any] = dict(last or {})
    initial["with_number"] = number_in(page.request.GET.get("cu", "")) or None
    return FormPage(
        page.request,
        FastForm,
        shelters=page.emergency.shelters.order_by("name", "pk"),
        initial=initial,
        **options,
    )


def _twice(row: Listed, rows: Sequence[Listed]) -> list[Listed]:
    """Those who may be the same as somebody."""
    return alike(row.name, [one for one in rows if one.pk != row.pk], age=row.age)


def _family(row: Listed, rows: Sequence[Listed]) -> list[tuple[str, Listed, bool]]:
    """Whom somebody looks for and may be on the list; who looks for somebody of this name: each with the other one."""
    others = [one for one in rows if one.pk != row.pk]
    found = []
    for wanted in row.looks_for.all():
        if not wanted.found:
            found += [(wanted.name, other, True) for other in alike(wanted.name, others)]
    for other in others:
        looks = [one for one in other.looks_for.all() if not one.found and alike(one.name, [row])]
        found += [(one.name, other, False) for one in looks]
    return found


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.SEE_PEOPLE)
def hand_over(request: SignedIn, pk: UUID) -> HttpResponse:
    """The form alone, in Ukrainian, for who is handed the phone: nobody else stands on it."""
    page = EmergencyPage.open(request, pk)
    language = request.GET.get("limba", "")
    with translation.override(language if language in _HANDED else "uk"):
        form = _form(page)
        if form.attempt(
            lambda _given: list_person(by=request.user, emergency=page.emergency, said=form.form.said())
        ):
            here = reverse("fast_list_hand_over", args=[pk])
            return form.done("", f"{here}?limba={translation.get_language()}&numar={form.made.number}")
        return page.show(
            "hand_over",
            "fast_list_hand_over",
            form=form,
            number=number_in(request.GET.get("numar", "")),
            language=translation.get_language(),
        )


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.SEE_PEOPLE)
def whole_list(request: SignedIn, pk: UUID) -> HttpResponse:
    """All of them, narrowed; what is looked for is sent, and stands in no address."""
    page = EmergencyPage.open(request, pk)
    form = SearchForm(request.POST if request.method == "POST" else None, initial={"state": "here"})
    asked: Mapping[str, Any] = form.cleaned_data if form.is_bound and form.is_valid() else {}
    rows = rows_of(request.user, page.emergency)
    shown = _narrowed(rows, asked)
    return page.show(
        "whole",
        "fast_list_whole",
        form=form,
        counted=counted(rows),
        rows=shown[:_MOST],
        more=len(shown) > _MOST,
        status=200,
    )


def _narrowed(rows: Sequence[Listed], asked: Mapping[str, Any]) -> list[Listed]:
    words, need, state = (asked.get(name) or "" for name in ("words", "need", "state"))
    if words.strip().isdecimal():
        return [row for row in rows if row.number == int(words)]
    found = [row for row in rows if not need or need in row.needs]
    match state or "here":
        case "here":
            found = [row for row in found if row.is_here]
        case "left":
            found = [row for row in found if row.left_to]
        case "unfiled":
            found = [row for row in found if row.is_here and row.person_id is None]
        case "looks":
            found = [row for row in found if any(not one.found for one in row.looks_for.all())]
    return alike(words, found, most=_MOST) if words.strip() else found


@require_safe
@needs(Can.SEE_PEOPLE)
def paper_list(request: SignedIn, pk: UUID) -> HttpResponse:
    """The list on paper, with empty lines, for when there is no power."""
    page = EmergencyPage.open(request, pk)
    page.read("fast_list_paper")
    here = [row for row in reversed(rows_of(request.user, page.emergency)) if row.is_here]
    return file_response(emergency_sheet_pdf(page.emergency, here), "application/pdf", "lista.pdf")
