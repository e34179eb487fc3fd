"""A referral from the plan to the partner and back."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry
from punte.cases.actions import adopt_plan, draft_plan, refer
from punte.cases.models import Case, Objective, PlannedService, Referral
from punte.directory.models import NomenclatureCode
from tests.cases.conftest import DayCentre, Town
from tests.factories import ConsentFactory, OrganizationFactory, worker
from tests.www.office.cases.conftest import SignIn, text_of


@pytest.fixture
def case(town: Town) -> Case:
    return town.case()


def referral(town: Town, day_centre: DayCentre, case: Case, **fields: Any) -> Referral:
    given = {"need": "Ajutor la teme.", "service": day_centre.service, "person": town.child, **fields}
    return refer(by=town.worker, case=case, consent_on=timezone.localdate(), **given)


def sent(town: Town, where: str, **more: str) -> dict[str, str]:
    return {
        "place": where,
        "person": str(town.child.pk),
        "need": "Ajutor la teme și o masă caldă.",
        "consent_on": timezone.localdate().isoformat(),
        **more,
    }


def test_a_service_is_found_by_name_with_its_free_places_and_the_referral_sent(
    town: Town, day_centre: DayCentre, case: Case, sign_in: SignIn
) -> None:
    browser, url = sign_in(town.worker), reverse("case_refer", args=[case.pk])
    found = text_of(browser.get(url, {"text": "centrul exemplu"}))
    assert "Centrul de zi „Exemplu”" in found
    assert "4 locuri libere" in found
    went = browser.post(f"{url}?text=centrul", sent(town, f"service:{day_centre.service.pk}"))
    assert went.url == reverse("case_referrals", args=[case.pk])
    made = Referral.objects.get()
    assert (made.person, made.service, made.organization) == (
        town.child,
        day_centre.service,
        day_centre.organization,
    )


def test_a_step_of_the_plan_finds_the_services_of_its_codes(
    town: Town, day_centre: DayCentre, case: Case, sign_in: SignIn
) -> None:
    code = NomenclatureCode.objects.create(code="8891TEST", name="x", beneficiaries="copii", mode="day")
    day_centre.service.code = code
    day_centre.service.save()
    plan = draft_plan(by=town.worker, case=case)
    objective = Objective.objects.create(plan=plan, text="Merge la școală", person=town.child)
    step = PlannedService.objects.create(
        objective=objective, text="Referire la un centru de zi", refer_to=[code.code]
    )
    adopt_plan(
        by=town.worker,
        plan=plan,
        agreed_with=town.mother,
        agreed_on=timezone.localdate(),
        agreed_how="signed",
    )
    browser = sign_in(town.worker)
    url = f"{reverse('case_refer', args=[case.pk])}?step={step.pk}"
    page = browser.get(url)
    assert "Centrul de zi „Exemplu”" in text_of(page)
    assert page.context["form"]["person"].value() == town.child.pk
    browser.post(url, sent(town, f"service:{day_centre.service.pk}"))
    assert Referral.objects.get().step == step


def test_an_institution_without_a_service_can_be_asked(town: Town, case: Case, sign_in: SignIn) -> None:
    school = OrganizationFactory(
        name="Școala Gimnazială Exemplu", folded_name="scoala gimnaziala exemplu", kind="school"
    )
    url = f"{reverse('case_refer', args=[case.pk])}?text=gimnaziala"
    browser = sign_in(town.worker)
    assert "Școala Gimnazială Exemplu" in text_of(browser.get(url))
    browser.post(url, sent(town, f"institution:{school.pk}"))
    assert Referral.objects.get().organization == school


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ({"place": "service:nimic"}, "place"),
        ({"person": ""}, "person"),
        ({"consent_on": "2999-01-01"}, "consent_on"),
        ({"need": " "}, "need"),
    ],
)
def test_a_referral_without_what_it_needs_comes_back(
    town: Town, day_centre: DayCentre, case: Case, sign_in: SignIn, bad: dict[str, str], field: str
) -> None:
    url = f"{reverse('case_refer', args=[case.pk])}?text=centrul"
    page = sign_in(town.worker).post(url, sent(town, f"service:{day_centre.service.pk}", **bad))
    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert not Referral.objects.exists()


def test_the_partner_sees_what_was_asked_and_nothing_else(
    town: Town, day_centre: DayCentre, case: Case, sign_in: SignIn
) -> None:
    town.child.phone = "0740 123 456"
    town.child.save()
    made = referral(town, day_centre, case)
    browser = sign_in(day_centre.partner)
    assert "Ajutor la teme." not in text_of(browser.get(reverse("referrals_received")))
    said = text_of(browser.get(reverse("referral_received", args=[made.pk])))
    for part in (
        "Ajutor la teme.",
        str(town.child),
        "9 ani",
        "0740 123 456",
        town.worker.name,
        "4 locuri libere",
    ):
        assert part in said
    for other in (str(town.mother), town.household.address, str(case), str(case.pk), "o situație grea"):
        assert other not in said
    line = TrailEntry.objects.get(actor=day_centre.partner, verb="referral_received")
    assert (line.reading, line.person, line.household) == (True, town.child.pk, town.household.pk)


def test_a_safe_way_of_contact_keeps_the_number_from_the_partner(
    town: Town, day_centre: DayCentre, case: Case, sign_in: SignIn
) -> None:
    town.child.phone, town.household.safe_contact = "0740 123 456", "numai dimineața, prin vecină"
    town.child.save()
    town.household.save()
    made = referral(town, day_centre, case)
    said = text_of(sign_in(day_centre.partner).get(reverse("referral_received", args=[made.pk])))
    assert "0740 123 456" not in said
    assert "vecină" not in said
    assert "prin cine a trimis" in said


def test_the_partner_accepts_ends_and_the_worker_reads_it(
    town: Town, day_centre: DayCentre, case: Case, sign_in: SignIn
) -> None:
    made = referral(town, day_centre, case)
    partner, url = sign_in(day_centre.partner), reverse("referral_received", args=[made.pk])
    partner.post(url, {"act": "accept", "answer": "Începe de luni."})
    assert day_centre.taken() == 7
    of_worker = sign_in(town.worker)
    day = text_of(of_worker.get(reverse("my_day")))
    assert "Începe de luni." in day
    seen = of_worker.post(reverse("case_referral_seen", args=[case.pk, made.pk]), {"back": "my_day"})
    assert seen.url == reverse("my_day")
    assert "Începe de luni." not in text_of(of_worker.get(reverse("my_day")))
    partner.post(url, {"act": "finish", "note": "A terminat anul."})
    made.refresh_from_db()
    assert made.status == "done"
    assert day_centre.taken() == 6


def test_the_partner_refuses_with_a_reason(
    town: Town, day_centre: DayCentre, case: Case, sign_in: SignIn
) -> None:
    made = referral(town, day_centre, case)
    partner, url = sign_in(day_centre.partner), reverse("referral_received", args=[made.pk])
    assert partner.post(url, {"act": "refuse", "reason": ""}).status_code == 422
    assert partner.post(url, {"act": "burn"}).status_code == 404
    partner.post(url, {"act": "refuse", "reason": "Nu avem loc."})
    again = partner.post(url, {"act": "accept", "answer": "Totuși da."})
    assert again.status_code == 422
    assert "Totuși da." in text_of(again) or again.context["failed"].data["answer"] == "Totuși da."
    made.refresh_from_db()
    assert (made.status, made.answer) == ("refused", "Nu avem loc.")
    assert "Nu avem loc." in text_of(sign_in(town.worker).get(reverse("case_referrals", args=[case.pk])))


def test_the_partner_says_how_many_places_are_taken(
    town: Town, day_centre: DayCentre, case: Case, sign_in: SignIn
) -> None:
    made = referral(town, day_centre, case)
    partner, url = sign_in(day_centre.partner), reverse("referral_places", args=[made.pk])
    assert partner.post(url, {"taken": "-1"}).status_code == 422
    assert partner.post(url, {"taken": "9"}).status_code == 302
    assert day_centre.taken() == 9


def test_other_partners_and_workers_do_not_find_it(
    town: Town, day_centre: DayCentre, case: Case, sign_in: SignIn
) -> None:
    made = referral(town, day_centre, case)
    url = reverse("referral_received", args=[made.pk])
    other = sign_in(worker(Role.PARTNER))
    assert other.get(url).status_code == 404
    assert other.post(url, {"act": "accept"}).status_code == 404
    assert other.post(reverse("referral_places", args=[made.pk]), {"taken": "1"}).status_code == 404
    assert str(town.child) not in text_of(other.get(reverse("referrals_received")))
    assert sign_in(town.worker).get(url).status_code == 403


def test_a_referral_is_withdrawn_with_a_reason(
    town: Town, day_centre: DayCentre, case: Case, sign_in: SignIn
) -> None:
    made = referral(town, day_centre, case)
    browser, url = sign_in(town.worker), reverse("case_referral_withdraw", args=[case.pk, made.pk])
    assert browser.get(url).status_code == 200
    assert browser.post(url, {"reason": " "}).status_code == 422
    browser.post(url, {"reason": "S-au mutat."})
    made.refresh_from_db()
    assert made.status == "withdrawn"


def test_the_inbox_begins_with_what_waits_and_asks_few_questions(
    town: Town, day_centre: DayCentre, case: Case, sign_in: SignIn, pinned: Any
) -> None:
    statuses = ["done", "refused", "accepted", "sent"]
    agreed = ConsentFactory(person=town.child, by=town.worker)
    Referral.objects.bulk_create(
        Referral(
            case=case,
            person=town.child,
            service=day_centre.service,
            organization=day_centre.organization,
            consent=agreed,
            by=town.worker,
            status=statuses[number % 4],
        )
        for number in range(40)
    )
    browser = sign_in(day_centre.partner)
    page = pinned(browser.get, reverse("referrals_received"))
    assert [row.status for row in page.context["rows"]] == ["sent"] * 10 + ["accepted"] * 10 + [
        "refused",
        "done",
    ] * 2 + ["refused"]
    assert len(browser.get(reverse("referrals_received"), {"p": "2"}).context["rows"]) == 15
