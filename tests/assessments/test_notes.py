"""What a worker writes in words of their own stands in the form alone, and is read by who reads all that is asked."""

import pytest

from punte.accounts.enums import Compartment
from punte.assessments.actions import submit_assessment
from punte.assessments.answers import notes_in
from punte.assessments.models import Assessment
from punte.methodology.mending import mended
from punte.methodology.packs import load_pack
from tests.assessments.conftest import Fill, card
from tests.factories import HouseholdFactory, family, worker

pytestmark = pytest.mark.django_db
SAID = "Bunica vecină ține cheia"


def test_notes_are_read_by_who_reads_everything_and_are_no_fact(fill: Fill) -> None:
    by = worker()
    home = HouseholdFactory(keeper=by.appointments.get().organization)
    (adult,) = family(30, household=home)
    pack = load_pack("sci")
    written = mended(
        pack, fill(home, [card(adult)]), answers={pack.questions["notes"].path: SAID}, members={}, without=()
    )
    made = submit_assessment(by=by, household=home, instance=written)
    kept = Assessment.objects.get(pk=made.pk)
    assert [note.answer for note in notes_in(kept, readable=set(Compartment))] == [SAID]
    assert notes_in(kept, readable=set(Compartment) - {Compartment.ABUSE}) == []
    assert "notes" not in kept.facts
