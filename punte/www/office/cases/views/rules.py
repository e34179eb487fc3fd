"""The rules of terms: where each comes from, how sure it is, whether it is on; and what the calendar asks for."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from punte.accounts.enums import Capability, Role
from punte.accounts.models import User
from punte.cases.actions.note_duty_done import KEEPS_DUTIES, note_duty_done
from punte.cases.actions.switch_rule import DECIDE, switch_rule
from punte.cases.content import rulebooks
from punte.cases.models import RuleSwitch
from punte.cases.own_duties import OwnDuty, duties_of
from punte.deadlines.model import Rule
from punte.organizations.models import Organization
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.form_page import FormPage, Press, show
from punte.www.office.cases.forms.rules import SwitchForm

SURE: Mapping[str, str | Promise] = {
    "law_text_seen": gettext_lazy("read in the law"),
    "secondary": gettext_lazy("from a guide or an official form"),
    "code": gettext_lazy("from another system"),
    "seed": gettext_lazy("the methodology of the service"),
    "news": gettext_lazy("from the press; a proposal"),
    "draft": gettext_lazy("from a bill; a proposal"),
    "memory": gettext_lazy("known from practice, nobody has read the act; a proposal"),
}


@dataclass(frozen=True)
class RuleShown:
    """A rule as it stands in an institution; `form` where the account may switch it."""

    rule: Rule
    text: str
    sure: str | Promise
    who: str | Promise
    decided: RuleSwitch | None
    form: FormPage | None
    said: str = ""

    @property
    def is_on(self) -> bool:
        """Whether terms are made by it."""
        return self.rule.is_on or self.decided is not None

    @property
    def source(self) -> str:
        """Where it comes from."""
        return self.rule.source

    @property
    def shown(self) -> object:
        """The form as a template sees it."""
        return self.form.shown if self.form else None


@dataclass(frozen=True)
class RulesOf:
    """The rules of one institution, and what the calendar asks of it now."""

    organization: Organization
    rules: list[RuleShown]
    duties: list[tuple[OwnDuty, str]]
    notes_duties: bool


@require_safe
@needs(*DECIDE, KEEPS_DUTIES)
def term_rules(request: SignedIn) -> HttpResponse:
    """All rules of the institutions for which one decides or plans."""
    return _page(request)


@require_POST
@needs(*DECIDE)
def term_rule(request: SignedIn, organization: UUID, rule: str) -> HttpResponse:
    """Switch a rule on or off in an institution."""
    where = fetch(_of(request.user, *DECIDE), pk=organization)
    on = request.POST.get("on") == "yes"
    form = _form(request, where, rule)
    if form.attempt(
        lambda given: switch_rule(
            by=request.user, organization=where, rule=rule, on=on, reason=given["reason"]
        )
    ):
        said = (
            _("The rule is on. The terms of the cases follow tonight.")
            if on
            else _("The rule is off. Its terms disappear tonight.")
        )
        return form.done(said, "term_rules")
    return _page(request, form, where, rule)


@require_POST
@needs(KEEPS_DUTIES)
def own_duty_done(request: SignedIn, organization: UUID, rule: str) -> HttpResponse:
    """Note that the institution did what the calendar asked of it."""
    where = fetch(_of(request.user, KEEPS_DUTIES), pk=organization)
    return Press(request).tell(
        lambda: note_duty_done(by=request.user, organization=where, rule=rule),
        _("Noted as done."),
        "term_rules",
    )


def _of(user: User, *capabilities: Capability) -> QuerySet[Organization]:
    """The institutions in which the account has one of the capabilities."""
    keys = frozenset[UUID]().union(*(user.standing.organizations(one) for one in capabilities))
    return Organization.objects.filter(pk__in=keys).order_by("name", "pk")


def _form(request: SignedIn, organization: Organization, rule: str, *, sent: bool = True) -> FormPage:
    return FormPage(request, SwitchForm, sent=sent, auto_id=f"{organization.pk}_{rule}_%s")


def _page(
    request: SignedIn,
    tried: FormPage | None = None,
    of: Organization | None = None,
    rule: str = "",
) -> HttpResponse:
    user, today = request.user, timezone.localdate()
    decided = set(_of(user, *DECIDE).values_list("pk", flat=True))
    planned = set(_of(user, KEEPS_DUTIES).values_list("pk", flat=True))
    institutions = list(_of(user, *DECIDE, KEEPS_DUTIES))
    switches = {
        (one.organization_id, one.rule): one
        for one in RuleSwitch.objects.current()
        .filter(organization__in=institutions)
        .select_related("by")
        .order_by("rule")
    }
    duties = duties_of(institutions, today)

    def shown(where: Organization, one: Rule) -> RuleShown:
        form = None
        if not one.is_on and where.pk in decided:
            form = tried if (of, rule) == (where, one.key) else _form(request, where, one.key, sent=False)
        return RuleShown(
            one,
            _said(one),
            SURE.get(one.evidence, one.evidence),
            Role(one.who).label if one.who in Role.values else one.who,
            switches.get((where.pk, one.key)),
            form,
        )

    every = _in_force([one for book in rulebooks() for one in book.rules], today)
    parts = [
        RulesOf(
            where,
            [shown(where, one) for one in every],
            [(one, _said(one.rule)) for one in duties if one.organization == where],
            where.pk in planned,
        )
        for where in institutions
    ]
    return show(request, "office_cases/rules.html", parts=parts, today=today, form=tried)


def _in_force(rules: Iterable[Rule], today: dt.date) -> list[Rule]:
    return [one for one in rules if one.validity.holds_on(today)]


def _said(rule: Rule) -> str:
    return rule.text.get((get_language() or "ro")[:2]) or rule.text["ro"]
