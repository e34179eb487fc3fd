"""The list of programmes, the tree of one, and one place of it with its history."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from punte.accounts.enums import Capability as Can
from punte.annual_plans.models import AnnualPlan
from punte.annual_plans.queries import plans_in_force
from punte.programmes.actions import follow_annual_plan
from punte.programmes.actions.reporting import readable_reports
from punte.programmes.definition import Definition, Indicator, Node
from punte.programmes.enums import ProgrammeKind, Verdict
from punte.programmes.figures import Achieved
from punte.programmes.models import READERS, Programme
from punte.programmes.queries import Standing, achieved_in, dues, owed, reporters, spent_on, standings
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.form_page import Press, show
from punte.www.frame.record_page import RecordPage


@dataclass
class ProgrammePage(RecordPage):
    """A programme, open before one account."""

    folder = "office_programmes"

    programme: Programme

    @classmethod
    def open(cls, request: SignedIn, pk: UUID) -> Self:
        """A programme that the account reads; 404 for any other."""
        rows = Programme.objects.visible_to(request.user).select_related("organization", "county")
        return cls(request, fetch(rows, pk=pk))

    @property
    def tree(self) -> Definition:
        """What the programme says."""
        return self.programme.tree

    @property
    def about(self) -> dict[str, Any]:
        """Who keeps it."""
        return {"keeper": self.programme.organization_id, "subject": self.programme.pk}

    @property
    def writes(self) -> bool:
        """Whether the account writes for the programme's institution."""
        return self.allows(Can.PLAN)

    @cached_property
    def achieved(self) -> dict[str, Achieved]:
        """What its indicators come to, as the account may know it."""
        return achieved_in(self.programme, user=self.user)

    def place(self, code: str) -> Node:
        """A place of the tree; 404 for another."""
        if code not in self.tree.by_code:
            raise Http404
        return self.tree.by_code[code]

    def shared(self, what: str) -> dict[str, Any]:
        """What every page of the programme shows."""
        return {
            "programme": self.programme,
            "tree": self.tree,
            "asks_uats": any(node.of_uats for node in self.tree.work),
            "sees_people": self.user.standing.may(Can.SEE_PEOPLE),
            "verdicts": Verdict,
        }


@dataclass
class Branch:
    """A place of the tree as it is shown, with what stands below it."""

    node: Node
    term: str
    standing: Standing | None
    indicators: list[Achieved]
    children: list["Branch"] = field(default_factory=list)

    @property
    def work(self) -> int:
        """How many actions stand at or below it."""
        return int(self.node.is_work) + sum(child.work for child in self.children)

    @property
    def missing(self) -> int:
        """Of how many of them a report is due."""
        own = self.standing is not None and self.standing.is_missing
        return int(own) + sum(child.missing for child in self.children)


@require_safe
@needs(*READERS)
def programmes(request: SignedIn) -> HttpResponse:
    """The programmes that the account reads, by kind; plans in force that are not followed yet."""
    return _listed(request)


def _listed(request: SignedIn, press: Press | None = None) -> HttpResponse:
    found = list(Programme.objects.visible_to(request.user).select_related("organization", "county"))
    kinds = [(kind, rows) for kind in ProgrammeKind if (rows := [one for one in found if one.kind == kind])]
    own = request.user.standing.organizations(Can.PLAN)
    followed = {one.plan_version_id for one in found}
    offered = [one for one in plans_in_force() if one.plan.organization_id in own and one.pk not in followed]
    rounds = any(request.user.standing.may(can) for can in (Can.PLAN, Can.SEE_TOTALS))
    return show(
        request, "office_programmes/programmes.html", kinds=kinds, offered=offered, rounds=rounds, press=press
    )


@require_POST
@needs(Can.PLAN)
def plan_followed(request: SignedIn) -> HttpResponse:
    """Follow the campaigns and training of an annual plan in force."""
    plan = fetch(AnnualPlan.objects.visible_to(request.user), pk=_key(request.POST.get("plan", "")))
    press = Press(request)
    if press.attempt(lambda: follow_annual_plan(by=request.user, plan=plan)):
        return press.done(
            _("The plan is followed: say what was held and what was spent."), "programme", press.made.pk
        )
    return _listed(request, press)


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as wrong:
        raise Http404 from wrong


@require_safe
@needs(*READERS)
def programme(request: SignedIn, pk: UUID) -> HttpResponse:
    """The tree."""
    page = ProgrammePage.open(request, pk)
    today = timezone.localdate()
    found = standings(page.programme, today)
    of_node: dict[str, list[Achieved]] = {}
    for one in page.achieved.values():
        of_node.setdefault(one.indicator.node, []).append(one)
    branches = [_branch(page.tree, node, found, of_node) for node in page.tree.children()]
    by = [one.pk for one in reporters(page.user, page.programme)]
    return page.show(
        "programme",
        "programme",
        here="tree",
        branches=branches,
        owed=owed(page.programme, by, today),
        # What the whole county has not reported says nothing to a town hall.
        says_due=page.writes or not by,
    )


def _branch(
    tree: Definition, node: Node, found: Mapping[str, Standing], of_node: Mapping[str, list[Achieved]]
) -> Branch:
    below = [_branch(tree, child, found, of_node) for child in tree.children(node.code)]
    return Branch(node, tree.term(node).words(), found.get(node.code), of_node.get(node.code, []), below)


@require_safe
@needs(*READERS)
def node(request: SignedIn, pk: UUID, code: str) -> HttpResponse:
    """One place: who answers for it, with what money, until when; what was reported and answered."""
    page = ProgrammePage.open(request, pk)
    return node_page(page, page.place(code))


def node_page(page: ProgrammePage, place: Node) -> HttpResponse:
    """The page of one place of the tree."""
    tree = page.tree
    reports = page.programme.reports.filter(readable_reports(page.user, page.programme), node=place.code)
    context: dict[str, Any] = {
        "node": place,
        "path": tree.path(place.code)[:-1],
        "term": tree.term(place).words(),
        "due": dues(page.programme, timezone.localdate()).get(place.code),
        "children": tree.children(place.code),
        "indicators": [page.achieved[one.code] for one in tree.indicators if one.node == place.code],
        "reports": reports.select_related("organization", "by").prefetch_related("answers__by"),
        "spent": spent_on(page.programme).get(place.code),
        "may_report": place.is_work and bool(reporters(page.user, page.programme, place)),
        "targets": _national(page.user, place),
        "back": reverse("programme", args=[page.programme.pk]),
    }
    return page.show("node", "programme", **context)


def _national(user: Any, place: Node) -> list[tuple[Programme, Node, list[Indicator]]]:
    """The national targets that a place serves."""
    if not place.national:
        return []
    wanted = {f"T-{letter}" for letter in place.national}
    rows = Programme.objects.visible_to(user).filter(kind=ProgrammeKind.NATIONAL)
    return [
        (one, target, [indicator for indicator in one.tree.indicators if indicator.node == target.code])
        for one in rows
        for target in one.tree.nodes
        if target.code in wanted
    ]
