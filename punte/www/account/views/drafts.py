"""What somebody was typing into a form, kept until it is sent."""

import json

from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from punte.accounts.actions import forget_draft, kept_draft, save_form_draft
from punte.accounts.actions.form_drafts import LONGEST_KEY, MOST_BYTES
from punte.kernel.errors import DomainError
from punte.www.frame.access import SignedIn
from punte.www.frame.plain_text import sent_json

_NOTHING_KEPT = {"fields": None, "saved_at": None}


@require_http_methods(["GET", "PUT", "DELETE"])
def form_draft(request: SignedIn, key: str) -> JsonResponse:
    """What the account was typing into the form named by `key`: read, keep (PUT of `{"fields": {…}}`), drop."""
    if len(key) > LONGEST_KEY:
        return JsonResponse({"message": _("There is no such form.")}, status=404)
    if request.method == "DELETE":
        forget_draft(request.user, key)
        return JsonResponse({})
    if request.method == "PUT":
        return _keep_draft(request, key)
    draft = kept_draft(by=request.user, key=key)
    kept = (
        {"fields": json.loads(draft.fields), "saved_at": draft.saved_at.isoformat()}
        if draft
        else _NOTHING_KEPT
    )
    return JsonResponse({**kept, "csrf": get_token(request)})


def _keep_draft(request: SignedIn, key: str) -> JsonResponse:
    too_long = _("What you wrote is too long to be kept as a draft (at most 1 MB).")
    if int(request.headers.get("Content-Length") or 0) > 2 * MOST_BYTES:
        return JsonResponse({"message": too_long}, status=413)
    sent = sent_json(request)
    fields = sent.get("fields") if isinstance(sent, dict) else None
    if not isinstance(fields, dict):
        return JsonResponse({"message": _("A draft is a JSON object of fields.")}, status=400)
    try:
        draft = save_form_draft(by=request.user, key=key, fields=fields)
    except DomainError as refused:
        return JsonResponse({"message": str(refused.message)}, status=413)
    return JsonResponse({"saved_at": draft.saved_at.isoformat()})
