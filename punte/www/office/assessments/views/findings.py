"""What an assessment found, and the answers it holds."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from punte.accounts.enums import SEALED_COMPARTMENTS, Capability
from punte.accounts.verbs import record_read
from punte.assessments.models import Assessment, FindingSet
from punte.assessments.packs import pack_of
from punte.cases.models import Case
from punte.people.compartments import compartments_of
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.case_page import sensitive
from punte.www.frame.findings import Reader, in_language
from punte.www.frame.scores import scores_of
from punte.www.office.assessments.views.present import answers as worded_answers
from punte.www.office.assessments.views.present import changes


def _opened(request: SignedIn, pk: UUID, what: str) -> Assessment:
    visible = Assessment.objects.visible_to(request.user).select_related("household", "by", "pack", "person")
    made = fetch(visible, pk=pk)
    if made.pack.opens_with not in compartments_of(request.user, made.household):
        # What is of violence is not there for who does not read it: its address would tell that it was asked about.
        raise Http404 if made.pack.opens_with in SEALED_COMPARTMENTS else PermissionDenied
    record_read(
        by=request.user,
        what=what,
        keeper=made.household.keeper_id,
        household=made.household_id,
        subject=made.pk,
    )
    return made


@require_GET
@needs(Capability.SEE_PEOPLE)
def assessment(request: SignedIn, pk: UUID) -> HttpResponse:
    """Findings of people by domains, what could not be decided, and what changed since the last assessment."""
    made = _opened(request, pk, "findings")
    reader = Reader(request.user, made.household_id, compartments_of(request.user, made.household))
    sets = list(made.finding_sets.select_related("pack"))
    chosen = next((one for one in sets if str(one.pk) == request.GET.get("set")), sets[0])
    same = Assessment.objects.of_subject(made.pack.name, made.household_id, made.person_id)
    known = FindingSet.objects.known_to(request.user, made.household_id).filter(
        assessment__in=same.order_by()
    )
    earlier = known.filter(assessment__visited_on__lt=made.visited_on).select_related("assessment")
    before = earlier.order_by("-assessment__visited_on", "-created_at").first()
    findings = reader.all_of(chosen)
    changed = changes(findings, reader.all_of(before)) if before else None
    context = {
        "assessment": made,
        "household": made.household,
        "title": in_language(pack_of(made.pack).title),
        "chosen": chosen,
        "sets": sets,
        "before": before,
        "changes": changed,
        "fresh": changed.appeared if changed else (),
        "findings": findings,
        "scores": scores_of(request.user, chosen),
        "case": Case.objects.visible_to(request.user).filter(household=made.household, open=True).first(),
        "may_open": request.user.standing.may(Capability.MANAGE_CASE, made.household.keeper_id),
        "leave": sensitive((*findings.shown, *findings.described)),
    }
    return render(request, "office_assessments/assessment.html", context)


@require_GET
@needs(Capability.SEE_PEOPLE)
def answers(request: SignedIn, pk: UUID) -> HttpResponse:
    """The answers as they were given, within the compartments that the reader may see."""
    made = _opened(request, pk, "answers")
    readable = compartments_of(request.user, made.household)
    people = [(member.person, member.facts) for member in made.members.select_related("person")]
    context = {
        "assessment": made,
        "household": made.household,
        "leave": made.finding_sets.filter(findings__compartment__in=SEALED_COMPARTMENTS & readable).exists(),
        "answers": worded_answers(made, people=people, readable=readable),
    }
    return render(request, "office_assessments/answers.html", context)
