"""The papers and documents of cases on the line of time."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from punte.accounts.enums import SEALED_COMPARTMENTS
from punte.accounts.guests import Guest, Lane, Mark, Whose
from punte.cases.models import Case
from punte.documents.kinds import kind_in_words
from punte.documents.models import FiledDocument, IssuedDocument
from punte.documents.queries import readable
from punte.people.compartments import compartments_of_each
from punte.people.models import Household


def lanes(whose: Whose) -> Iterable[Lane]:
    """Of a household the papers of its cases, of a person the documents about them, as the account reads them."""
    filed = FiledDocument.objects.visible_to(whose.user).filter(withdrawn_at=None)
    if whose.person is not None:
        filed = filed.filter(person=whose.person)
        issued: list[Any] = []
    else:
        filed = filed.filter(case__household=whose.household)
        cases = Case.objects.visible_to(whose.user).filter(household=whose.household)
        issued = list(IssuedDocument.objects.filter(case__in=cases).order_by("issued_on", "pk"))
    rows = list(filed.select_related("case").order_by("dated", "pk"))
    homes = {row.case.household_id for row in rows} | ({whose.household.pk} if whose.household else set())
    read = compartments_of_each(whose.user, list(Household.objects.filter(pk__in=homes).order_by("pk")))
    marks = [
        Mark(
            row.title or kind_in_words(row.kind),
            row.dated,
            reverse("case_file", args=[row.case_id, row.pk]),
            sensitive=row.compartment in SEALED_COMPARTMENTS,
        )
        for row in rows
        if row.compartment in read[row.case.household_id]
    ]
    marks += [
        Mark(str(row.get_kind_display()), row.issued_on, reverse("document", args=[row.pk]), "edge")
        for row in issued
        if readable(row, read[whose.household.pk])
    ]
    return [Lane(_("Documents"), marks=marks)]


LANES = Guest("documents", lanes=lanes)
