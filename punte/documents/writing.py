"""From the record to a paper that nobody has numbered yet."""

import datetime as dt

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.cases.models import Case
from punte.documents.content import Asked, Built
from punte.documents.enums import DocumentKind
from punte.documents.inquiry import build_inquiry
from punte.documents.paper import Paper
from punte.documents.service_plan import build_plan
from punte.documents.templates import current
from punte.documents.wording import LANGUAGE
from punte.kernel.errors import DomainError, NotAllowed

LONGEST_TEXT = 20_000
"""Characters of one free text of a paper: some eight pages."""

_BUILDERS = {DocumentKind.SOCIAL_INQUIRY: build_inquiry, DocumentKind.SERVICE_PLAN: build_plan}


def draft_document(
    *,
    by: User,
    case: Case,
    kind: str,
    conclusions: str = "",
    proposals: str = "",
    purpose: str = "",
    review_on: dt.date | None = None,
    include_violence: bool = False,
) -> Paper:
    """The paper as `issue_document` would issue it, without a number; nothing changes. Same arguments and errors."""
    asked = Asked(by, conclusions, proposals, purpose, review_on, include_violence)
    return write(case, kind, asked, on=timezone.localdate()).paper


def write(case: Case, kind: str, asked: Asked, *, on: dt.date) -> Built:
    """Write a paper of a case, in Romanian whatever language the screens speak.

    Raises:
        NotAllowed: the author does not issue papers here, does not see the case, or may not read what was asked for.
        DomainError: a text is missing or too long; no assessment; no plan in force.
    """
    _check(case, kind, asked)
    with translation.override(LANGUAGE):
        return _BUILDERS[DocumentKind(kind)](case, current(kind), asked, on)


def _check(case: Case, kind: str, asked: Asked) -> None:
    asked.by.standing.require(Capability.ISSUE_DOCUMENTS, case.keeper_id)
    if not Case.objects.visible_to(asked.by).filter(pk=case.pk).exists():
        raise NotAllowed(_("This case is worked on by others. Ask its responsible worker."))
    if kind not in DocumentKind.values:
        raise DomainError(_("There is no such kind of paper."), field="kind")
    texts = {"conclusions": asked.conclusions, "proposals": asked.proposals, "purpose": asked.purpose}
    for field, text in texts.items():
        if len(text) > LONGEST_TEXT:
            raise DomainError(
                _("The text is too long: at most %(count)s characters fit.") % {"count": LONGEST_TEXT},
                field=field,
            )
