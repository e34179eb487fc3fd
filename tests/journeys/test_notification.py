"""From a teacher's word to a case that another commune takes over: each who took part saw exactly their part."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.cases.models import Case, Transfer
from punte.gatherings.models import Meeting
from punte.notifications.models import Notification
from tests.factories import HouseholdFactory, OrganizationFactory, family, worker
from tests.journeys.browser import NARROW, fits, fits_a_telephone, go_by, sign_in_as, sound
from tests.notifications.town import called

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "Ana vine fără mâncare și are vânătăi."
FOUND = "Tatăl a plecat, mama doarme în bucătărie."


class Town:
    """Two communes of a county; in the first a family, a coordinator, a manager, a nurse, a school and the police."""

    def __init__(self) -> None:
        self.house = OrganizationFactory(name="Primăria Comunei Valea Lungă")
        self.lead = worker(Role.COORDINATOR, organization=self.house, name="Ilinca Rusu")
        self.manager = worker(Role.CASE_MANAGER, organization=self.house, name="Elena Lungu")
        self.nurse = worker(Role.COMMUNITY_NURSE, organization=self.house, name="Dorina Asistenta")
        self.home = HouseholdFactory(keeper=self.house, name="Zambilă")
        mother, child = family(34, 9, household=self.home)
        called(mother, "Zambilă", "Maria")
        called(child, "Zambilă", "Ana")
        school = OrganizationFactory(name="Școala Exemplu", kind="school", brought_by=self.house)
        police = OrganizationFactory(name="Poliția Exemplu", kind="police", brought_by=self.house)
        self.teacher = worker(Role.PARTNER, organization=school)
        self.officer = worker(Role.PARTNER, organization=police)
        self.beside = OrganizationFactory(name="Primăria Comunei Dealu Mare", uat=self.house.uat)
        self.other = worker(Role.COORDINATOR, organization=self.beside)


class Hands:
    """The pages of everybody, each in a browser of their own."""

    def __init__(self, new_context: Callable[..., BrowserContext], server: object) -> None:
        self.new_context, self.server = new_context, str(server)
        self.pages: dict[Any, Page] = {}

    def of(self, user: User, path: str) -> Page:
        """Somebody's page at an address."""
        if user.pk not in self.pages:
            context = self.new_context()
            sign_in_as(context, self.server, user)
            self.pages[user.pk] = context.new_page()
        self.pages[user.pk].goto(self.server + path)
        return self.pages[user.pk]

    def answered(self, user: User, path: str) -> int:
        """With which status an address answers somebody, asked beside the page."""
        return self.pages[user.pk].context.request.get(self.server + path).status


def press(page: Page, button: str | re.Pattern[str]) -> None:
    go_by(page, page.get_by_role("main").get_by_role("button", name=button).first)


def submit(page: Page) -> None:
    """Press the button of the one form of a step."""
    go_by(page, page.get_by_role("main").locator("form button.btn:not(.quiet)").last)


def choose(page: Page, name: str, value: str) -> None:
    page.locator(f"[name={name}][value='{value}']").check()


def test_a_teacher_tells_and_another_commune_takes_over(
    new_context: Callable[..., BrowserContext], live_server: object, transactional_db: None
) -> None:
    town, hands = Town(), Hands(new_context, live_server)
    told = _told(town, hands)
    _checked(town, hands, told)
    case = _opened(town, hands, told)
    meeting = _decided(town, hands, case)
    taken = _handed_over(town, hands, case)
    _each_saw_their_part(town, hands, told, case, meeting, taken)


def _told(town: Town, hands: Hands) -> Notification:
    """From a telephone, in a minute; the teacher sees that it came."""
    page = hands.of(town.teacher, reverse("notification_send"))
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    fits(page)
    choose(page, "danger", "no")
    page.locator("[name=name_1]").fill("Zambila Ana")
    page.locator("[name=age_1]").fill("9")
    page.locator("[name=what]").fill(WORDS)
    page.locator("[name=keeper]").select_option(str(town.house.pk))
    press(page, "Trimite")
    expect(page.get_by_role("main")).to_contain_text(WORDS)
    sound(page)
    return Notification.objects.get()


def _checked(town: Town, hands: Hands, told: Notification) -> None:
    """Who leads decides how urgent it is, gives it and sends a team; the clock runs to the hour."""
    where = reverse("notification", args=[told.pk])
    page = hands.of(town.lead, reverse("notifications"))
    expect(page.get_by_role("main")).to_contain_text(str(told))
    page = hands.of(town.lead, where)
    sound(page)
    go_by(page, "Hotărâți cât de urgentă este")
    page.locator("[name=reasons]").first.check()
    submit(page)
    page.locator("[name=worker]").select_option(str(town.manager.pk))
    press(page, "Repartizează")
    go_by(page, "Trimiteți o echipă mobilă")
    for one in (town.manager, town.nurse):
        choose(page, "users", str(one.pk))
    submit(page)
    left = page.locator("aside")
    expect(left).to_contain_text("au mai rămas")
    before = left.inner_text()
    # Two days pass.
    later = Notification.objects.filter(pk=told.pk)
    later.update(**{name: F(name) - dt.timedelta(hours=20) for name in ("received_at", "due_at")})
    page.reload()
    assert left.inner_text() != before

    page = hands.of(town.manager, where)
    go_by(page, "Echipa a ajuns")
    submit(page)
    go_by(page, "Echipa s-a întors")
    page.locator("[name=found]").fill(FOUND)
    submit(page)
    go_by(page, page.get_by_role("link", name="Cineva a mers acolo").last)
    choose(page, "outcome", "visited")
    page.locator("[name=text]").fill(FOUND)
    submit(page)
    expect(page.locator("aside")).to_contain_text("Verificată pe teren")
    told.refresh_from_db()
    assert told.checked_at is not None and told.checked_at <= told.due_at  # type: ignore[operator]


def _opened(town: Town, hands: Hands, told: Notification) -> Case:
    """The family is found among those known; nobody is made twice."""
    page = hands.of(town.manager, reverse("notification_result", args=[told.pk]))
    choose(page, "result", "confirmed")
    page.locator("[name=confirmed]").first.check()
    submit(page)
    go_by(page, page.get_by_role("link", name="Deschide caz").last)
    choose(page, "household", str(town.home.pk))
    choose(page, "regime", "intensive")
    page.locator("[name=reason]").fill("Sesizarea școlii")
    submit(page)
    return Case.objects.get(household=town.home)


def _decided(town: Town, hands: Hands, case: Case) -> Meeting:
    """A conference with the school and the police; what it decides is a step of the plan."""
    page = hands.of(town.manager, reverse("case", args=[case.pk]))
    go_by(page, "Convocați o conferință")
    sound(page)
    page.get_by_label("Ziua").last.fill(timezone.localdate().isoformat())
    for name in ("Școala Exemplu", "Poliția Exemplu"):
        page.get_by_label(name, exact=True).check()
    page.get_by_label("Ce aduc instituțiile").fill("Situația școlară")
    press(page, "Convocați conferința")
    expect(page.locator("main")).to_contain_text("2 care trebuie să răspundă nu au răspuns")
    fits_a_telephone(page)

    teacher = hands.of(town.teacher, reverse("partner_meetings"))
    go_by(teacher, teacher.locator("main .rows a").first)
    expect(teacher.locator("main")).to_contain_text("Situația școlară")
    expect(teacher.locator("main")).not_to_contain_text("Zambilă")
    sound(teacher)
    teacher.get_by_label("Trimitem punctul nostru de vedere").check()
    teacher.get_by_label("Punctul dumneavoastră de vedere").fill("Lipsește lunea.")
    press(teacher, re.compile("^Trimite"))

    page.reload()
    expect(page.locator("main")).to_contain_text("Lipsește lunea.")
    go_by(page, "Procesul-verbal și prezența")
    page.get_by_label("Ce s-a discutat").fill("S-a vorbit despre absențe.")
    press(page, "Salvează")
    go_by(page, "Adăugați o hotărâre")
    page.get_by_label("Ce s-a hotărât").fill("Meditații de două ori pe săptămână")
    press(page, "Salvează")
    go_by(page, page.get_by_role("link", name="Trece în plan"))
    page.get_by_label("Sau un obiectiv nou").fill("Merge la școală")
    submit(page)
    expect(page.locator("main")).to_contain_text("Meditații de două ori pe săptămână")
    return Meeting.objects.get()


def _handed_over(town: Town, hands: Hands, case: Case) -> Case:
    """The family moves: the case is offered to the commune beside, which takes it."""
    page = hands.of(town.manager, reverse("transfer_new", args=[case.pk]))
    sound(page)
    page.locator("[name=organization]").select_option(str(town.beside.pk))
    page.locator("[name=ground]").select_option("public_task")
    submit(page)
    offer = Transfer.objects.get()
    other = hands.of(town.other, reverse("my_day"))
    expect(other.get_by_role("main")).to_contain_text("caz")
    other = hands.of(town.other, reverse("transfer_answer", args=[offer.pk]))
    sound(other)
    choose(other, "decision", "take")
    submit(other)
    offer.refresh_from_db()
    assert offer.new_case is not None
    expect(other.get_by_role("main")).to_contain_text("Zambilă")
    return offer.new_case


def _each_saw_their_part(
    town: Town, hands: Hands, told: Notification, case: Case, meeting: Meeting, taken: Case
) -> None:
    sent = hands.of(town.teacher, reverse("notification_sent", args=[told.pk]))
    expect(sent.locator("main")).to_contain_text(WORDS)
    for secret in (FOUND, town.manager.name, "Meditații"):
        expect(sent.locator("main")).not_to_contain_text(secret)
    officer = hands.of(town.officer, reverse("partner_meetings"))
    for secret in ("Lipsește lunea.", "Zambilă", WORDS):
        expect(officer.locator("body")).not_to_contain_text(secret)
    told_to, of_case, met = (
        reverse(name, args=[one.pk])
        for name, one in (("notification", told), ("case", case), ("meeting", meeting))
    )
    sent_page = reverse("notification_sent", args=[told.pk])
    for user, paths in (
        (town.teacher, (told_to, of_case, met)),
        (town.officer, (told_to, sent_page, of_case, met)),
        (town.other, (told_to, of_case, met)),
    ):
        assert {hands.answered(user, path) for path in paths} <= {403, 404}, (user, paths)
    assert hands.answered(town.other, reverse("case", args=[taken.pk])) == 200
    assert hands.answered(town.manager, reverse("case", args=[taken.pk])) == 404
