"""A photograph or signature of a visit, opened."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from punte.accounts.enums import Capability as Can
from punte.accounts.verbs import record_read
from punte.cases.trail import case_of
from punte.fieldwork.files_in_sight import files_in_sight
from punte.fieldwork.models import FieldFile
from punte.kernel.encryption import decrypt_bytes
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.download import file_response

_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
_NAMES = {"photo": "fotografie", "signature": "semnatura"}


@require_safe
@needs(Can.SEE_PEOPLE)
def field_file(request: SignedIn, pk: UUID) -> HttpResponse:
    """The picture itself, to who sees what it belongs to; kept by no browser and no proxy."""
    seen = FieldFile.objects.visible_to(request.user).whole().select_related("household").defer("content")
    kept = fetch(seen, pk=pk)
    if not files_in_sight(request.user, kept.household, [kept]) or kept.media_type not in _ENDINGS:
        raise Http404
    record_read(
        by=request.user,
        what="field_file",
        keeper=kept.household.keeper_id,
        household=kept.household_id,
        subject=kept.pk,
        case=case_of(kept.household_id),
        sealed=kept.household.sealed,
    )
    content = FieldFile.objects.values_list("content", flat=True).get(pk=kept.pk)
    day = timezone.localtime(kept.created_at)
    name = f"{_NAMES.get(kept.kind, 'fisier')}-{day:%Y-%m-%d}.{_ENDINGS[kept.media_type]}"
    shown = decrypt_bytes(bytes(content or b""))
    return file_response(shown, kept.media_type, name, inline=True, untrusted=True)
