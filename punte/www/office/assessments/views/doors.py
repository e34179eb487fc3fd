"""The doors through which the questionnaire in the browser loads, keeps and sends its answers."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from punte.accounts.enums import Capability
from punte.accounts.verbs import record_read
from punte.assessments.actions import LikelySamePeople
from punte.assessments.drafts import save_draft
from punte.assessments.models import AssessmentDraft, PackVersion
from punte.assessments.packs import pack_of
from punte.assessments.questionnaires import MAX_INSTANCE_BYTES
from punte.kernel.errors import DomainError, EditedMeanwhile
from punte.methodology.forms import compile_form
from punte.people.asked import Asked
from punte.www.frame.access import SignedIn, fetch, fetched, needs
from punte.www.frame.plain_text import sent_json
from punte.www.office.assessments.views.send import send

_MOST_COUNTED = 1_000_000


@require_GET
@needs(Capability.ASSESS, Capability.SEE_METHODOLOGY)
@cache_control(private=True, max_age=3600)
def form_xml(request: SignedIn, pack: str, version: str) -> HttpResponse:
    """The XForm of a pack version; it holds nobody's data and never changes."""
    known = fetch(PackVersion.objects.all(), name=pack, version=version)
    return HttpResponse(compile_form(pack_of(known)), content_type="text/xml; charset=utf-8")


@require_http_methods(["GET", "PUT"])
@needs(Capability.ASSESS)
def draft(request: SignedIn, pk: UUID) -> JsonResponse:
    """The answers kept so far (GET), or new ones given on revision `base` (PUT); 409 when it was saved elsewhere."""
    reads = request.method == "GET"
    mine = fetched((_kept if reads else _begun)(request.user, pk=pk))
    if reads:
        home = mine.household
        record_read(by=request.user, what="questionnaire", keeper=home.keeper_id, household=home.pk)
        return JsonResponse(_said(request, mine))
    sent = _json(request)
    if sent is None:
        return JsonResponse({"message": "JSON"}, status=400)
    try:
        saved = save_draft(
            by=request.user,
            draft=mine,
            instance=str(sent.get("instance", "")),
            **{name: _count(sent.get(name)) for name in ("base", "answered", "asked")},
        )
    except EditedMeanwhile:
        mine.refresh_from_db()
        return JsonResponse(_said(request, mine), status=409)
    except DomainError as refused:
        return JsonResponse({"errors": [{"reference": "", "message": str(refused.message)}]}, status=422)
    return JsonResponse({"version": saved.revision, "saved_at": saved.saved_at.isoformat()})


_kept = Asked(lambda user, pk: AssessmentDraft.objects.of_author(user).filter(pk=pk))
# What was answered so far is long, and new answers take its place.
_begun = Asked(lambda user, pk: AssessmentDraft.objects.of_author(user).filter(pk=pk).defer("instance"))


@require_POST
@needs(Capability.ASSESS)
def submit(request: SignedIn, pk: str) -> JsonResponse:
    """Take in the filled questionnaire: 201 with where to go on, or 422 with what is wrong."""
    mine = fetch(AssessmentDraft.objects.of_author(request.user).select_related("household"), pk=pk)
    file = request.FILES.get("xml_submission_file")
    # One byte more than fits, so that what is too large is refused and not read to its end.
    instance = file.read(MAX_INSTANCE_BYTES + 1) if file else mine.instance.encode()
    try:
        made = send(request.user, mine, instance)
    except LikelySamePeople:
        save_draft(
            by=request.user,
            draft=mine,
            instance=instance.decode(),
            base=mine.revision,
            answered=mine.answered,
            asked=mine.asked,
        )
        return JsonResponse({"location": reverse("assessment_people", args=[mine.pk])}, status=201)
    except DomainError as refused:
        return JsonResponse({"errors": [{"reference": "", "message": str(refused.message)}]}, status=422)
    return JsonResponse({"location": reverse("assessment", args=[made.pk])}, status=201)


def _said(request: HttpRequest, mine: AssessmentDraft) -> dict[str, Any]:
    return {
        "instance": mine.instance,
        "version": mine.revision,
        "saved_at": mine.saved_at.isoformat(),
        "by": mine.by.name,
        "csrf": get_token(request),
    }


def _json(request: HttpRequest) -> dict[str, Any] | None:
    sent = sent_json(request)
    return sent if isinstance(sent, dict) else None


def _count(value: object) -> int:
    """A number of the questionnaire's own counting; anything else, as from a hand, counts nothing."""
    return value if isinstance(value, int) and 0 <= value <= _MOST_COUNTED else 0
