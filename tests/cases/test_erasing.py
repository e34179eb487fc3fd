"""What was written in a closed case is erased by the institution's years, read one by one; it still counts."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry
from punte.accounts.retention import due, erase_due, erase_over, keep_longer, keepings
from punte.assessments.models import Assessment, PackVersion
from punte.cases.actions import log_intervention, open_case, seal_case
from punte.cases.enums import Regime
from punte.cases.models import Case, CaseEpisode
from punte.documents.models import IssuedDocument, SignedCopy
from punte.gatherings.content import CONFERENCE
from punte.gatherings.models import Decision, Meeting
from punte.kernel.errors import DomainError, NotAllowed
from punte.kernel.file_store import store
from punte.people.actions import take_in_request
from punte.protection.models import FamilySearch
from tests.factories import HouseholdFactory, OrganizationFactory, family, worker
from tests.www.frame.test_veiled import signed_in

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
RULE = """\
rules:
  - {{key: closed_cases, years: 5, by: {by}, source: "Nomenclator, poz. 12", evidence: {evidence}}}
"""


@pytest.fixture
def house():
    return OrganizationFactory()


@pytest.fixture
def officer(house):
    return worker(Role.DATA_PROTECTION_OFFICER, organization=house)


@pytest.fixture
def rule(tmp_path, settings, officer):
    settings.OWN_CONTENT = tmp_path

    def write(evidence: str = "seed") -> Any:
        said = RULE.format(by=officer.email, evidence=evidence)
        (tmp_path / "retention.yaml").write_text(said, encoding="utf-8")
        return next(one for one in keepings() if one.key == "closed_cases")

    return write


def closed(house, name: str = "Dinu") -> Case:
    """A case that ended in 2010, with a note in it."""
    manager = worker(Role.CASE_MANAGER, organization=house)
    home = HouseholdFactory(keeper=house, name=name)
    home.people = family(34, household=home)
    case = open_case(by=manager, household=home, regime=Regime.STANDARD, reason="Fuga de acasă")
    log_intervention(by=manager, case=case, mode="phone", note="Mama a plâns", at=timezone.now())
    CaseEpisode.objects.filter(case=case).update(start=dt.date(2009, 1, 1), end=dt.date(2010, 6, 1))
    case.deadlines.all().delete()
    Case.objects.filter(pk=case.pk).update(open=False, due_on=None)
    case.refresh_from_db()
    return case


def listed(keeping, house) -> list[str]:
    return [one.called for one in due(keeping, house.pk, TODAY())]


def test_until_the_institution_sets_the_years_nothing_is_erased(rule, officer, house) -> None:
    case = closed(house)
    proposed = rule(evidence="memory")
    assert listed(proposed, house) == [str(case)]
    with pytest.raises(DomainError):
        erase_due(
            by=officer,
            keeping=proposed,
            keeper=house.pk,
            subjects=[case.pk],
            reason="Decizia 1",
            today=TODAY(),
        )


def test_what_was_written_goes_and_the_case_still_counts(rule, officer, house) -> None:
    case, other = closed(house), closed(house, "Ene")
    keeping = rule()
    said = {"by": officer, "keeping": keeping, "keeper": house.pk, "today": TODAY()}
    assert erase_due(**said, subjects=[case.pk], reason="Decizia 7/2026") == 1
    case.refresh_from_db()
    assert case.erased_on == TODAY() and case.regime == Regime.STANDARD
    episode = case.episodes.get()
    assert (episode.opening_reason, episode.end) == ("", dt.date(2010, 6, 1))
    assert [one.note for one in case.interventions.all()] == [""]
    assert other.interventions.get().note == "Mama a plâns"
    assert Case.objects.filter(keeper=house).count() == 2
    assert listed(keeping, house) == [str(other)]
    assert TrailEntry.objects.get(verb="erase_kept").reason == "Decizia 7/2026"
    with pytest.raises(DomainError):
        erase_due(**said, subjects=[case.pk], reason="Din nou")
    assert erase_over(TODAY()) == 0 and listed(keeping, house) == [str(other)]


def test_what_is_kept_longer_comes_back_on_its_day(rule, officer, house) -> None:
    case = closed(house)
    keeping = rule()
    said = {"by": officer, "keeping": keeping, "keeper": house.pk, "subjects": [case.pk], "today": TODAY()}
    with pytest.raises(DomainError):
        keep_longer(**said, reason="Proces", until=TODAY())
    keep_longer(**said, reason="Proces pe rol", until=TODAY() + dt.timedelta(days=90))
    assert listed(keeping, house) == []
    with pytest.raises(NotAllowed):
        keep_longer(
            **{**said, "by": worker(Role.COORDINATOR)}, reason="x", until=TODAY() + dt.timedelta(days=9)
        )


def test_never_what_is_sealed_worked_on_or_asked_about(rule, officer, house) -> None:
    sealed, open_again, asked = (closed(house, name) for name in ("Ene", "Pop", "Iov"))
    keeping = rule()
    assert len(listed(keeping, house)) == 3
    manager = worker(Role.COORDINATOR, organization=house)
    seal_case(by=sealed.responsible or manager, case=sealed, reason="Semnal")
    open_case(by=manager, household=open_again.household, regime=Regime.STANDARD, reason="Cerere nouă")
    person = asked.household.memberships.get().person
    take_in_request(
        by=officer,
        person=person,
        kind="objection",
        asked_on=TODAY(),
        asked_by="themselves",
        identity="Buletin",
    )
    assert listed(keeping, house) == []


def test_the_officer_reads_the_list_and_decides(rule, officer, house) -> None:
    case = closed(house, "Vasilache")
    rule()
    browser = signed_in(officer)
    assert "Nomenclator, poz. 12" in browser.get(reverse("retention")).content.decode()
    url = reverse("retention_decide", args=["closed_cases", house.pk])
    page = browser.get(url).content.decode()
    assert str(case) in page and "Vasilache" not in page
    said = {"subjects": [str(case.pk)], "decision": "keep", "reason": "Proces pe rol"}
    assert browser.post(url, said).status_code == 422
    assert browser.post(url, {**said, "decision": "erase"}).status_code == 302
    case.refresh_from_db()
    assert case.erased_on


def test_papers_answers_and_meetings_go_with_their_case(rule, officer, house) -> None:
    case = closed(house)
    by = worker(Role.CASE_MANAGER, organization=house)
    paper = IssuedDocument.objects.create(
        case=case,
        organization=house,
        kind="service_plan",
        year=2010,
        number=7,
        issued_on=TODAY(),
        by=by,
        content="{}",
    )
    path = store(b"%PDF-1.7", under="a-signed-copy")
    SignedCopy.objects.create(
        document=paper, number=1, signed_on=TODAY(), by=by, content_type="application/pdf", size=8, path=path
    )
    meeting = Meeting.objects.create(
        keeper=house,
        kind=CONFERENCE,
        case=case,
        called_by=by,
        day=TODAY(),
        subject="Fuga",
        minutes="Mama a plâns",
    )
    Decision.objects.create(meeting=meeting, words="Mama merge la medic", by=by)
    search = FamilySearch.objects.create(case=case, by=by, needs=["autism"], reason="Frații împreună")
    assessment = Assessment.objects.create(
        household=case.household,
        pack=PackVersion.objects.create(name="fișa", version="1", digest="0" * 64, files={}),
        by=by,
        instance_id="uuid:1",
        instance="<data/>",
        digest="0" * 64,
        visited_on=TODAY(),
        facts={"income": 300},
    )
    with TestCase.captureOnCommitCallbacks(execute=True):
        erase_due(
            by=officer, keeping=rule(), keeper=house.pk, today=TODAY(), subjects=[case.pk], reason="Decizia 7"
        )
    for row in (paper, meeting, search, assessment):
        row.refresh_from_db()
    assert (paper.number, paper.content, paper.signed_copies.count()) == (7, "", 0)
    assert not default_storage.exists(path)
    assert (meeting.minutes, meeting.subject, meeting.day) == ("", "", TODAY())
    assert meeting.decisions.get().words == "" and (search.needs, search.reason) == ([], "")
    assert (assessment.instance, assessment.facts) == ("", {})
