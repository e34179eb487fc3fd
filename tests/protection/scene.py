"""A search for a family, a family that fits, a centre with a child, and a page of a life book; all invented."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from punte.cases.models import Case
from punte.directory.models import NomenclatureCode
from punte.people.models import Person
from punte.protection.actions import begin_search
from punte.protection.roster import code_of
from punte.registers.actions import add_entry
from tests.factories import HouseholdFactory, ServiceFactory, family


def protected(case: Case, child: Person, *, by: Any) -> dict[str, Any]:
    """Rows by name; `family_code` is the code of the family, as its key."""
    today = timezone.localdate()
    long_ago = today - dt.timedelta(days=90)
    [carer] = family(45, household=HouseholdFactory(keeper=case.keeper, name="Asistenta"))
    said = {"places": 2, "age_from": 0, "age_to": 17, "sex": "any", "siblings": True}
    attested = add_entry(by=by, register="foster_attestation", subject=carer, start=long_ago, given=said)
    search = begin_search(by=by, case=case, children=[child])
    code, _new = NomenclatureCode.objects.get_or_create(
        code="8790 CR-C-I", defaults={"name": "Centre rezidențiale"}
    )
    centre = ServiceFactory(name="Casa Exemplu", code=code)
    given = {"kind": "placement_residential", "decided_by": "court", "place": centre}
    about: dict[str, Any] = {"subject": child, "start": long_ago, "confirmed": True}
    add_entry(by=by, register="protection_measure", given=given, **about)
    page = {"kind": "school", "heading": "Școala", "words": "Îmi place pauza."}
    add_entry(by=by, register="life_page", state="kept", given=page, **about)
    return {
        "family_search": search,
        "family_code": SimpleNamespace(pk=code_of(search, attested.pk)),
        "centre": centre,
    }
