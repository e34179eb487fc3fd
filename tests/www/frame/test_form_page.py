"""A form that is sent: done, or back with everything typed; and a button that is pressed."""

from typing import Any

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory, override_settings
from django.urls import path

from punte.accounts.actions import kept_draft, save_form_draft
from punte.accounts.enums import Role
from punte.kernel.errors import DomainError, EditedMeanwhile
from punte.www import urls
from punte.www.frame.form_page import FormPage, Press, show
from tests.factories import worker

pytestmark = pytest.mark.django_db


class NameForm(forms.Form):
    """A form of one field."""

    name = forms.CharField(max_length=10)
    paper = forms.FileField(required=False)


class Addresses:
    """The real ones, among which a page to go on to."""

    urlpatterns = [path("gata/<str:what>/", lambda request, what: None, name="finished"), *urls.urlpatterns]


def _request(data: dict[str, Any] | None = None, *, method: str = "post") -> Any:
    request = getattr(RequestFactory(), method)("/", data or {})
    request.user = worker(Role.CASE_MANAGER)
    request._messages = CookieStorage(request)
    return request


def _refuse(error: DomainError) -> Any:
    raise error


def test_a_form_that_is_only_looked_at_calls_nothing():
    form = FormPage(_request(method="get"), NameForm)
    assert not form.attempt(lambda given: pytest.fail("called"))
    assert (form.status, form.came_back) == (200, False)


def test_an_empty_post_comes_back_with_what_is_missing():
    form = FormPage(_request(), NameForm)
    assert not form.attempt(lambda given: pytest.fail("called"))
    assert form.status == 422 and form.form.errors["name"]


def test_a_verb_that_gives_nothing_is_done():
    given: dict[str, Any] = {}
    assert FormPage(_request({"name": "Ana"}), NameForm).attempt(given.update)
    assert given["name"] == "Ana"


def test_files_are_read_with_the_form():
    form = FormPage(_request({"name": "Ana", "paper": SimpleUploadedFile("a.txt", b"abc")}), NameForm)
    assert form.attempt(lambda given: given["paper"].read()) and form.made == b"abc"


@pytest.mark.parametrize(("field", "where"), [("name", "name"), ("elsewhere", "__all__"), (None, "__all__")])
def test_a_refusal_stands_beside_its_field_and_all_that_was_typed_stays(field, where):
    form = FormPage(_request({"name": "Ana"}), NameForm)
    assert not form.attempt(lambda given: _refuse(DomainError("Nu acum.", field=field)))
    assert form.status == 422
    assert form.form.errors == {where: ["Nu acum."]}
    assert form.form["name"].value() == "Ana"


def test_who_comes_second_is_told_so():
    form = FormPage(_request({"name": "Ana"}), NameForm)
    assert not form.attempt(lambda given: _refuse(EditedMeanwhile("Altcineva a scris.")))
    assert form.status == 409


def test_of_several_forms_only_the_one_that_was_sent_comes_back(monkeypatch):
    shown: dict[str, Any] = {}
    monkeypatch.setattr(
        "punte.www.frame.form_page.render",
        lambda request, template, context, status: shown.update(context, status=status),
    )
    request = _request()
    sent, beside = FormPage(request, NameForm, draft="a-1"), FormPage(request, NameForm, sent=False)
    show(request, "any.html", sent=sent, beside=beside, other=1)
    assert shown["failed"] is shown["sent"] is sent.form
    assert not shown["beside"].is_bound
    assert (shown["status"], shown["draft_key"], shown["other"]) == (422, "a-1", 1)


@override_settings(ROOT_URLCONF=Addresses)
def test_what_is_done_is_said_and_its_draft_is_dropped():
    request = _request({"name": "Ana"})
    save_form_draft(by=request.user, key="name-1", fields={"name": ["An"]})
    form = FormPage(request, NameForm, draft="name-1")
    assert form.attempt(lambda given: given)
    answer = form.done("Gata.", "finished", "asta")
    assert (answer.status_code, answer["Location"]) == (302, "/gata/asta/")
    assert [str(one) for one in get_messages(request)] == ["Gata."]
    assert kept_draft(by=request.user, key="name-1") is None


@override_settings(ROOT_URLCONF=Addresses)
@pytest.mark.parametrize(
    ("act", "said"), [(lambda: None, "Gata."), (lambda: _refuse(DomainError("Nu acum.")), "Nu acum.")]
)
def test_what_came_of_a_button_is_said_on_the_next_page(act, said):
    request = _request()
    assert Press(request).tell(act, "Gata.", "finished", "asta").status_code == 302
    assert [str(one) for one in get_messages(request)] == [said]


def test_a_button_that_was_refused_shows_why():
    press = Press(_request())
    assert (press.status, press.shown) == (200, None)
    assert not press.attempt(lambda: _refuse(DomainError("Nu acum.")))
    assert (press.status, press.shown) == (422, press.refused)
