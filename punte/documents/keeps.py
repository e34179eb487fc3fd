"""What the file of a case keeps of somebody, and what a file for their own request tells of it."""

from collections.abc import Collection, Sequence

from django.utils.translation import pgettext, pgettext_lazy

from punte.accounts.enums import SEALED_COMPARTMENTS
from punte.accounts.guests import Told
from punte.accounts.models import User
from punte.documents.kinds import kind_in_words
from punte.documents.models import FiledDocument, IssuedDocument
from punte.people.keeps import REPEATS, TELLS_OF_OTHERS, day, kept_with_file
from punte.people.models import Person
from punte.people.sight import hidden_from


def _filed(user: User, person: Person, compartments: Collection[str]) -> Sequence[Told]:
    """Kind and day of what was put in a case's file about the person; nothing restricted, sealed or of violence."""
    shown = hidden_from(user).people.get(person.pk)
    rows = FiledDocument.objects.filter(
        person=person,
        case__sealed=False,
        restricted=False,
        withdrawn_at=None,
        compartment__in=set(compartments) - SEALED_COMPARTMENTS,
    )
    return [
        {pgettext("own file", "Kind"): kind_in_words(one.kind), pgettext("own file", "Day"): day(one.dated)}
        for one in rows.order_by("dated", "pk")
        if shown is None or one.created_at < shown.sealed_at
    ]


def _issued(user: User, person: Person, compartments: Collection[str]) -> Sequence[Told]:
    """The papers of the person's own cases: those of a household tell of all who live there."""
    shown = hidden_from(user).people.get(person.pk)
    rows = IssuedDocument.objects.filter(case__person=person, case__sealed=False).defer("content")
    return [
        {pgettext("own file", "Paper"): str(one), pgettext("own file", "Issued on"): day(one.issued_on)}
        for one in rows.order_by("issued_on", "pk")
        if set(one.compartments) <= set(compartments) and (shown is None or one.created_at < shown.sealed_at)
    ]


KEEPS = (
    kept_with_file(
        pgettext_lazy("own file", "Documents of cases"),
        "documents.FiledDocument",
        told_to=_filed,
        plain=True,
    ),
    kept_with_file(
        pgettext_lazy("own file", "Papers that were issued"),
        "documents.IssuedDocument",
        "documents.ChosenEvent",
        told_to=_issued,
        plain=True,
    ),
    kept_with_file(
        pgettext_lazy("own file", "Pages of documents"), "documents.FiledPage", why_not=TELLS_OF_OTHERS
    ),
    kept_with_file(
        pgettext_lazy("own file", "What was written of documents before"),
        "documents.FiledDocumentBefore",
        why_not=REPEATS,
    ),
    kept_with_file(
        pgettext_lazy("own file", "Signed copies of papers"), "documents.SignedCopy", why_not=TELLS_OF_OTHERS
    ),
)
