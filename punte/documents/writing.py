"""From the record to a paper that nobody has numbered yet."""

import datetime as dt
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.cases.models import Case
from punte.documents.benefit_application import build_application
from punte.documents.content import Asked, Built
from punte.documents.enums import DocumentKind
from punte.documents.inquiry import build_inquiry
from punte.documents.paper import Paper
from punte.documents.service_plan import build_plan
from punte.documents.templates import current
from punte.kernel.errors import DomainError, NotAllowed
from punte.kernel.papers import LANGUAGE
from punte.people.asked import Asked as Question

LONGEST_TEXT = 20_000
"""Characters of one free text of a paper: some eight pages."""

LONGEST_ENTRY = 40
"""Characters of a number of another register."""

_BUILDERS = {
    DocumentKind.SOCIAL_INQUIRY: build_inquiry,
    DocumentKind.SERVICE_PLAN: build_plan,
    DocumentKind.VMI_APPLICATION: build_application,
}


def draft_document(
    *,
    by: User,
    case: Case,
    kind: str,
    conclusions: str = "",
    proposals: str = "",
    purpose: str = "",
    entry: str = "",
    heard: str = "",
    review_on: dt.date | None = None,
    include_violence: bool = False,
    aim: str = "",
    sections: Sequence[str] = (),
    said: Mapping[str, str] | None = None,
    whom: UUID | None = None,
) -> Paper:
    """The paper as `issue_document` would issue it, without a number; nothing changes. Same arguments and errors."""
    asked = Asked(
        *(by, conclusions, proposals, purpose, entry, heard, review_on, include_violence),
        aim=aim,
        sections=tuple(sections),
        said=said or {},
        whom=whom,
    )
    return write(case_for_paper(by, case), kind, asked, on=timezone.localdate()).paper


def case_for_paper(by: User, case: Case) -> Case:
    """The case as it stands now, for an account that may issue its papers.

    Raises:
        NotAllowed: the account does not issue papers for the keeper of the case, or does not see the case.
    """
    by.standing.require(Capability.ISSUE_DOCUMENTS, case.keeper_id)
    found: Case | None = next(iter(_seen(by, pk=case.pk)), None)
    if found is None:
        raise NotAllowed(_("This case is worked on by others. Ask its responsible worker."))
    return found


_seen = Question(
    lambda by, pk: (
        Case.objects.visible_to(by)
        .select_related("keeper__uat__county", "household__uat__county", "person", "responsible")
        .filter(pk=pk)
    )
)


def write(case: Case, kind: str, asked: Asked, *, on: dt.date) -> Built:
    """Write a paper of a case from `case_for_paper`, in Romanian whatever language the screens speak.

    Raises:
        NotAllowed: the author may not read what was asked for.
        DomainError: a text is missing or too long; no assessment; no plan in force.
    """
    _check(kind, asked)
    with translation.override(LANGUAGE):
        return _BUILDERS[DocumentKind(kind)](case, current(kind), asked, on)


def _check(kind: str, asked: Asked) -> None:
    if kind not in DocumentKind.values:
        raise DomainError(_("There is no such kind of paper."), field="kind")
    longest = {
        "conclusions": LONGEST_TEXT,
        "proposals": LONGEST_TEXT,
        "purpose": LONGEST_TEXT,
        "heard": LONGEST_TEXT,
        "entry": LONGEST_ENTRY,
    }
    for field, most in longest.items():
        if len(getattr(asked, field)) > most:
            raise DomainError(
                _("The text is too long: at most %(count)s characters fit.") % {"count": most},
                field=field,
            )
    if any(len(words) > LONGEST_TEXT for words in asked.said.values()):
        raise DomainError(
            _("The text is too long: at most %(count)s characters fit.") % {"count": LONGEST_TEXT}
        )
