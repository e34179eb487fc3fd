"""What someone is typing is kept until it is sent.

A draft is nobody's record yet, and only its author reads it: it leaves no line in the trail.
"""

import json
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.models import FormDraft, User
from punte.kernel.errors import DomainError

MOST_BYTES = 1024 * 1024
LONGEST_KEY = 200
MOST_DRAFTS = 200


def save_form_draft(*, by: User, key: str, fields: dict[str, Any]) -> FormDraft:
    """Keep the fields of a form under `key`, instead of what was kept before; the oldest of too many gives way.

    Raises:
        DomainError: the draft is over 1 MB.
    """
    text = json.dumps(fields, ensure_ascii=False)
    if len(text.encode()) > MOST_BYTES:
        raise DomainError(_("What you wrote is too long to be kept as a draft (at most 1 MB)."))
    with transaction.atomic():
        if by.form_drafts.count() >= MOST_DRAFTS and not by.form_drafts.filter(key=key).exists():
            by.form_drafts.earliest("saved_at").delete()
        draft, _made = FormDraft.objects.update_or_create(
            user=by, key=key, defaults={"fields": text, "saved_at": timezone.now()}
        )
    return draft


def kept_draft(*, by: User, key: str) -> FormDraft | None:
    """The draft that the account keeps under `key`."""
    return by.form_drafts.filter(key=key).first()


def forget_draft(user: User, key: str) -> None:
    """Drop a draft: its form was sent, or its author wants it gone."""
    user.form_drafts.filter(key=key).delete()
