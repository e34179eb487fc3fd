"""A form that is sent twice makes one thing: a double click, a line that broke, the back button."""

import re
from html import unescape
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from punte.accounts.enums import Role
from punte.accounts.models import SentForm, Team, User
from punte.kernel.errors import DomainError
from punte.people.models import Household
from punte.www.frame import once
from tests.factories import HouseholdFactory, family, worker

NEW = reverse("household_new")
_MARK = re.compile(r'name="once" value="([^"]+)"')


@pytest.fixture
def by() -> User:
    return worker()


@pytest.fixture
def browser(by: User) -> Client:
    client = Client()
    client.force_login(by)
    return client


def _mark_on(client: Client, page: str) -> str:
    found = _MARK.findall(client.get(page).content.decode())
    assert found
    return unescape(found[-1])


def _home(by: User, mark: str, **fields: Any) -> dict[str, Any]:
    uat = by.appointments.get().organization.uat_id
    return {
        "name": "Dinu",
        "uat": uat,
        "address": "Str. Gării nr. 3",
        "safe_contact": "",
        "once": mark,
        **fields,
    }


@pytest.mark.django_db
class TestInARow:
    def test_the_second_is_led_to_what_the_first_made(self, browser: Client, by: User) -> None:
        sent = _home(by, _mark_on(browser, NEW))
        first, second = browser.post(NEW, sent), browser.post(NEW, sent)
        assert Household.objects.count() == 1
        assert first.url == second.url == reverse("member_new", args=[Household.objects.get().pk])

    def test_what_was_changed_before_going_back_and_sending_again_is_not_lost_silently(
        self, browser: Client, by: User
    ) -> None:
        mark = _mark_on(browser, NEW)
        browser.post(NEW, _home(by, mark))
        page = browser.post(NEW, _home(by, mark, name="Pop"), follow=True)
        assert Household.objects.get().name == "Dinu"
        assert "trimis deja" in page.content.decode()

    def test_each_page_brings_a_form_of_its_own(self, browser: Client, by: User) -> None:
        for _time in range(2):
            browser.post(NEW, _home(by, _mark_on(browser, NEW)))
        assert Household.objects.count() == 2

    def test_what_failed_may_be_sent_again(self, browser: Client, by: User) -> None:
        mark = _mark_on(browser, NEW)
        assert browser.post(NEW, _home(by, mark, name="")).status_code == 422
        assert browser.post(NEW, _home(by, mark)).status_code == 302
        assert Household.objects.count() == 1

    def test_what_a_verb_refused_may_be_sent_again(self, by: User) -> None:
        organization = by.appointments.get().organization
        client = Client()
        client.force_login(worker(Role.ADMINISTRATOR, organization=organization))
        page = reverse("teams")
        mark = _mark_on(client, page)
        sent = {"organization": organization.pk, "name": "Nord", "once": mark}
        taken = Team.objects.create(organization=organization, name="Nord")
        assert client.post(page, sent).status_code == 422
        assert not SentForm.objects.exists()
        taken.delete()
        assert client.post(page, sent).status_code == 302
        assert client.post(page, sent).status_code == 302
        assert Team.objects.count() == 1

    def test_a_mark_is_of_one_account_alone(self, browser: Client, by: User) -> None:
        mark = _mark_on(browser, NEW)
        browser.post(NEW, _home(by, mark))
        colleague = worker(organization=by.appointments.get().organization)
        other = Client()
        other.force_login(colleague)
        other.post(NEW, _home(by, mark))
        assert Household.objects.count() == 2

    def test_a_refusal_keeps_what_was_written_before_it(self, by: User, rf: Any) -> None:
        """As the count of wrong codes, or the line of the trail about an attempt."""
        request = rf.post("/x/")
        request.user, request.sending = by, once.Sending("key", "content")
        with pytest.raises(DomainError), once.once(request):
            Team.objects.create(organization=by.appointments.get().organization, name="Nord")
            raise DomainError("nu")
        assert Team.objects.exists() and not SentForm.objects.exists()

    def test_a_page_that_broke_after_it_was_done_does_not_do_it_again(
        self, browser: Client, by: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from punte.www.frame.form_page import Attempt

        def breaks(*_given: Any, **_named: Any) -> None:
            raise RuntimeError

        mark = _mark_on(browser, NEW)
        browser.raise_request_exception = False
        from_form = {"Referer": f"http://testserver{NEW}"}
        with monkeypatch.context() as broken:
            broken.setattr(Attempt, "done", breaks)
            assert browser.post(NEW, _home(by, mark), headers=from_form).status_code == 500
        assert browser.post(NEW, _home(by, mark), headers=from_form).url == NEW
        assert Household.objects.count() == 1

    def test_the_second_press_of_a_button_leads_to_the_page_it_stands_on(
        self, by: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The address of a button answers no other request than its press."""
        organization = by.appointments.get().organization
        client = Client(headers={"Referer": f"http://testserver{reverse('user', args=[by.pk])}"})
        client.force_login(worker(Role.ADMINISTRATOR, organization=organization))
        page, button = reverse("user", args=[by.pk]), reverse("user_password", args=[by.pk])
        sent = {"once": _mark_on(client, page)}
        monkeypatch.setattr(once, "_SECONDS_EACH", 0)
        assert client.post(button, sent).status_code == 302
        SentForm.objects.update(location="")
        assert client.post(button, sent).url == page

    def test_what_is_kept_of_it_is_told_by_nobody_without_the_key(
        self, browser: Client, by: User, settings: Any
    ) -> None:
        mark = _mark_on(browser, NEW)
        browser.post(NEW, _home(by, mark))
        before = SentForm.objects.get()
        settings.BLIND_INDEX_KEY = b"c" * 32
        browser.post(NEW, _home(by, mark))
        after = SentForm.objects.exclude(pk=before.pk).get()
        assert after.content != before.content

    def test_a_search_carries_no_mark_into_its_address(self, browser: Client, by: User) -> None:
        family(40, household=HouseholdFactory(keeper=by.appointments.get().organization))
        answer = browser.post(reverse("search"), {"q": "dinu", "once": "x"})
        assert not SentForm.objects.exists() and "once" not in answer.get("Location", "")


@pytest.mark.django_db(transaction=True)
@pytest.mark.both
def test_two_at_the_same_time_make_one(by: User) -> None:
    clients = []
    for _one in range(2):
        client = Client()
        client.force_login(by)
        clients.append(client)
    sent = _home(by, _mark_on(clients[0], NEW))
    together, answers = Barrier(2), []

    def send(client: Client) -> None:
        together.wait()
        try:
            answers.append(client.post(NEW, sent))
        finally:
            connection.close()

    threads = [Thread(target=send, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    made = Household.objects.get()
    assert [answer.url for answer in answers] == [reverse("member_new", args=[made.pk])] * 2
