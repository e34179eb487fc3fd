"""The entitlements, sums and thresholds in use: since when, where each comes from, what is to be confirmed."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from punte.accounts.enums import Capability
from punte.benefits.actions.confirming import DECIDE, confirm_value
from punte.benefits.catalogue import rulebook_that_holds
from punte.benefits.definition import Entitlement, Parameter
from punte.benefits.models import Confirmation
from punte.organizations.models import Organization
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.form_page import FormPage, show
from punte.www.office.benefits.forms.listing import ConfirmForm
from punte.www.office.benefits.views.words import SURE, in_words, number


@dataclass(frozen=True)
class RuleShown:
    """A value or an entitlement as it stands in an institution; `form` where the account may confirm it."""

    key: str
    text: str
    said: str
    source: str
    sure: object
    decided: Confirmation | None
    is_on: bool
    form: FormPage | None
    who: str = ""

    @property
    def shown(self) -> object:
        """The form as a template sees it."""
        return self.form.shown if self.form else None


@require_safe
@needs(*DECIDE, Capability.SEE_PEOPLE)
def entitlement_rules(request: SignedIn) -> HttpResponse:
    """All of them, for each institution of the account."""
    return _page(request)


@require_POST
@needs(*DECIDE)
def entitlement_rule(request: SignedIn, organization: UUID, what: str) -> HttpResponse:
    """Confirm one in an institution, or take that back."""
    where = fetch(_of(request, *DECIDE), pk=organization)
    if what not in rulebook_that_holds().to_confirm:
        raise Http404
    holds = request.POST.get("holds") == "yes"
    form = _form(request, where, what)
    if form.attempt(
        lambda given: confirm_value(
            by=request.user, organization=where, what=what, holds=holds, reason=given["reason"]
        )
    ):
        said = _("Confirmed. The lists follow tonight.") if holds else _("It is confirmed no more.")
        return form.done(said, "entitlement_rules")
    return _page(request, form, where, what)


def _of(request: SignedIn, *capabilities: Capability) -> Any:
    keys = frozenset[UUID]().union(*(request.user.standing.organizations(one) for one in capabilities))
    return Organization.objects.filter(pk__in=keys).order_by("name", "pk")


def _form(request: SignedIn, organization: Organization, what: str, *, sent: bool = True) -> FormPage:
    return FormPage(request, ConfirmForm, sent=sent, auto_id=f"{organization.pk}_{what}_%s")


def _page(
    request: SignedIn, tried: FormPage | None = None, of: Organization | None = None, what: str = ""
) -> HttpResponse:
    book = rulebook_that_holds()
    institutions = list(_of(request, *DECIDE, Capability.SEE_PEOPLE))
    decided = set(_of(request, *DECIDE).values_list("pk", flat=True))
    standing = {
        (one.organization_id, one.what): one
        for one in Confirmation.objects.current().filter(organization__in=institutions).select_related("by")
    }

    def form(where: Organization, key: str) -> FormPage | None:
        if where.pk not in decided or key not in book.to_confirm:
            return None
        return tried if (of, what) == (where, key) else _form(request, where, key, sent=False)

    def rules(where: Organization) -> list[RuleShown]:
        return [
            _entitlement(one, standing.get((where.pk, key)), form(where, key))
            for key, one in book.entitlements.items()
        ]

    def values(where: Organization) -> list[RuleShown]:
        return [
            _parameter(one, standing.get((where.pk, key)), form(where, key))
            for key, one in book.parameters.items()
        ]

    parts = [(where, rules(where), values(where)) for where in institutions]
    return show(request, "office_benefits/rules.html", parts=parts, form=tried)


def _entitlement(one: Entitlement, confirmation: Confirmation | None, form: FormPage | None) -> RuleShown:
    keys = {one.key} if confirmation else set()
    return RuleShown(
        one.key, in_words(one.title), "", one.source, SURE[one.evidence], confirmation, one.is_on(keys), form
    )


def _parameter(one: Parameter, confirmation: Confirmation | None, form: FormPage | None) -> RuleShown:
    held = one.on(timezone.localdate(), {one.key} if confirmation else ())
    newest = held or one.values[-1]
    said = _("%(sum)s, from %(day)s") % {
        "sum": number(newest.value),
        "day": newest.start.strftime("%d.%m.%Y"),
    }
    return RuleShown(
        one.key,
        in_words(one.label),
        said,
        newest.source,
        SURE[newest.evidence],
        confirmation,
        held is not None,
        form,
    )
