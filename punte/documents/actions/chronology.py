"""A chronology is drafted, and issued with a number."""

from collections.abc import Sequence

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.cases.models import Case
from punte.documents.actions.issue import number_paper
from punte.documents.chronology import Event, PartSaid, build_chronology
from punte.documents.content import Asked, Built
from punte.documents.enums import DocumentKind
from punte.documents.models import ChosenEvent, IssuedDocument
from punte.documents.paper import Paper
from punte.documents.templates import current
from punte.documents.writing import LONGEST_TEXT, case_for_paper
from punte.kernel.errors import DomainError
from punte.kernel.papers import LANGUAGE


@verb
def issue_chronology(
    *,
    by: User,
    case: Case,
    parts: Sequence[PartSaid],
    conclusions: str = "",
    purpose: str = "",
    entry: str = "",
    include_violence: bool = False,
) -> IssuedDocument:
    """Issue chosen events of the line of time with an analysis: numbered and frozen as any paper of a case.

    Args:
        conclusions: the analysis of the whole.
        purpose: for whom it is: a court, a conference.
        include_violence: whether it tells of violence and abuse.

    Raises:
        NotAllowed: the account does not issue papers here, or does not see the case.
        DomainError: nothing is chosen, the record has changed meanwhile, or a text is too long.
    """
    asked = Asked(by, conclusions, purpose=purpose, entry=entry, include_violence=include_violence)
    case = case_for_paper(by, case)
    made, events = _written(case, asked, parts)
    document = number_paper(case, DocumentKind.CHRONOLOGY, made, by=by, entry=entry)
    ChosenEvent.objects.bulk_create(
        ChosenEvent(document=document, number=number, key=one.key, digest=one.digest)
        for number, one in enumerate(events, start=1)
    )
    return document


def draft_chronology(
    *,
    by: User,
    case: Case,
    parts: Sequence[PartSaid],
    conclusions: str = "",
    purpose: str = "",
    entry: str = "",
    include_violence: bool = False,
) -> Paper:
    """The paper as it would be issued, without a number; nothing changes. Same arguments and errors."""
    asked = Asked(by, conclusions, purpose=purpose, entry=entry, include_violence=include_violence)
    made, _events = _written(case_for_paper(by, case), asked, parts)
    return made.paper


def _written(case: Case, asked: Asked, parts: Sequence[PartSaid]) -> tuple[Built, list[Event]]:
    for text in (asked.conclusions, asked.purpose, *(part.analysis for part in parts)):
        if len(text) > LONGEST_TEXT:
            raise DomainError(
                _("The text is too long: at most %(count)s characters fit.") % {"count": LONGEST_TEXT}
            )
    if not asked.conclusions.strip():
        raise DomainError(_("Write what you think of it as a whole."), field="conclusions")
    with translation.override(LANGUAGE):
        return build_chronology(case, current(DocumentKind.CHRONOLOGY), asked, parts, on=timezone.localdate())
