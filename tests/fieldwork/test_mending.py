"""A form that was taken can be mended: its answers are seen, the refused one is named beside its field."""

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from punte.accounts.models import TrailEntry, User
from punte.fieldwork.actions import mend_form, settle_form
from punte.fieldwork.enums import FormState
from punte.fieldwork.mending import Mending
from punte.fieldwork.models import ReceivedForm
from punte.kernel.errors import EditedMeanwhile
from punte.people.models import Household, Membership, Person
from tests.factories import PersonFactory
from tests.fieldwork.collect import Phone

pytestmark = pytest.mark.django_db

_MEMBER = (
    "<member><member_id>{key}</member_id><person><known_member/><new_member>{key}</new_member>"
    "<family_name>{family}</family_name><given_name>{given}</given_name><cnp>{cnp}</cnp>"
    "<birth_date>{born}</birth_date><sex>{sex}</sex><kinship>{kinship}</kinship></person></member>"
)
ANA = {"family": "Probescu", "given": "Ana", "born": "1980-01-01", "sex": "f", "kinship": "reference"}
ION = {"family": "Probescu", "given": "Ion", "born": "1979-01-01", "sex": "m", "kinship": "reference"}


@pytest.fixture
def client(client: Client, by: User) -> Client:
    client.force_login(by)
    return client


def sent(
    phone: Phone, by: User, *members: dict[str, str], name: str = "Probescu", rooms: str = "2"
) -> ReceivedForm:
    """What a phone sends with the former form, which allowed all of it."""
    home = uuid4()
    cards = "".join(_MEMBER.format(**{"cnp": "", **one, "key": uuid4()}) for one in members)
    uat = by.appointments.get().organization.uat_id
    xml = (
        f'<?xml version="1.0"?><data id="sci" version="2026.1"><visited><known_household/>'
        f"<new_household>{home}</new_household><household_name>{name}</household_name>"
        f"<household_uat>{uat}</household_uat><household_address>fără număr</household_address></visited>"
        f"<household_id>{home}</household_id><uat_siruta>{uat}</uat_siruta>"
        f"<visit><visit_date>2026-11-20</visit_date></visit>"
        f"<home><dwelling>house</dwelling><rooms>{rooms}</rooms></home>{cards}"
        f'<meta><entity xmlns="http://www.opendatakit.org/xforms/entities" dataset="households" create="1"'
        f' update="" baseVersion="" id="{home}"><label>{name}</label></entity>'
        f"<instanceID>uuid:{uuid4()}</instanceID></meta></data>"
    )
    assert phone.send(xml.encode()).status_code == 201
    return ReceivedForm.objects.get()


def mend(client: Client, form: ReceivedForm, **said: str) -> Any:
    page = client.get(reverse("received_form", args=[form.pk])).context["decide"]
    stands = {name: page[name].value() or "" for name in page.fields if not name.startswith("without")}
    answer = client.post(reverse("received_form", args=[form.pk]), {**stands, **said, "act": "settle"})
    form.refresh_from_db()
    return answer


@pytest.mark.parametrize(
    ("members", "details", "refused", "words", "right"),
    [
        ([{**ANA, "family": "P" * 200}], {}, "0-family_name", "Nume de familie", "Probescu"),
        ([ANA, ION], {}, "1-kinship", "Ion", "spouse"),
        ([ANA], {"name": " "}, "household_name", "Numele gospodăriei", "Probescu"),
        ([ANA], {"name": "P" * 121}, "household_name", "Numele gospodăriei", "Probescu"),
        ([ANA, {**ION, "kinship": "child", "cnp": "123"}], {}, "1-cnp", "CNP", ""),
        ([{**ANA, "born": "2026-11-21"}], {}, "0-birth_date", "Data nașterii", "1980-01-01"),
        ([ANA], {"rooms": "două"}, "rooms", "camere", "2"),
    ],
)
def test_the_answer_that_is_refused_is_named_and_corrected(
    client: Client,
    by: User,
    phone: Phone,
    members: list[dict[str, str]],
    details: dict[str, str],
    refused: str,
    words: str,
    right: str,
) -> None:
    with translation.override("ro"):
        form = sent(phone, by, *members, **details)
    assert (form.state, form.refused) == (FormState.WAITING, refused)
    page = client.get(reverse("received_form", args=[form.pk]))
    assert form.reason in page.context["decide"].fields[refused].help_text
    assert words.lower() in form.reason.lower()
    assert "fără număr" in page.text
    came = form.instance
    assert mend(client, form, **{refused: right}).status_code == 302
    assert (form.state, form.instance) == (FormState.TAKEN, came)
    assert Membership.objects.count() == len(members)
    assert TrailEntry.objects.filter(verb="mend_form", subject=form.pk).exists()


def test_who_cannot_be_taken_in_is_left_out_and_the_rest_comes_in(
    client: Client, by: User, phone: Phone
) -> None:
    form = sent(phone, by, ANA, ION)
    mend(client, form, **{"without-1": "on"})
    assert form.state == FormState.TAKEN
    assert [str(one.person) for one in Membership.objects.all()] == ["Probescu Ana"]


def test_a_correction_from_an_old_page_writes_over_nobody(client: Client, by: User, phone: Phone) -> None:
    """Answers are named by the position of their member, and that of Ion is Maria's once Ana was left out."""
    maria = {**ANA, "family": "P" * 200, "given": "Maria", "kinship": "child"}
    form = sent(phone, by, ANA, {**ION, "kinship": "spouse"}, maria)
    old = client.get(reverse("received_form", args=[form.pk])).context["decide"]
    mend(client, form, **{"without-0": "on"})
    stands = form.edition
    said = {name: old[name].value() or "" for name in old.fields if not name.startswith("without")}
    sent_late = {
        **said,
        "1-given_name": "Ionel",
        "2-family_name": "Probescu",
        "without-0": "on",
        f"{'9' * 5_000}-given_name": "of nobody",
        "act": "settle",
    }
    answer = client.post(
        reverse("received_form", args=[form.pk]), urlencode(sent_late), "application/x-www-form-urlencoded"
    )
    form.refresh_from_db()
    assert (answer.status_code, form.edition) == (409, stands)
    assert "l-a corectat după ce l-ați deschis" in answer.text
    for typed in (
        "Membrul 2, Prenume: Ionel",
        "Membrul 3, Nume de familie: Probescu",
        "Membrul 1: Lasă deoparte",
    ):
        assert typed in answer.text
    fresh = answer.context["decide"]
    assert [fresh[f"{place}-given_name"].value() for place in (0, 1)] == ["Ion", "Maria"]


def test_a_correction_that_comes_in_between_is_refused_under_lock(by: User, phone: Phone) -> None:
    form = sent(phone, by, {**ANA, "family": "P" * 200})
    seen = form.edition
    mend_form(by=by, form=form, mending=Mending({"0-family_name": "Q" * 200}), seen=seen)
    for late in (
        lambda: mend_form(by=by, form=form, mending=Mending({"0-family_name": "Probescu"}), seen=seen),
        lambda: settle_form(by=by, form=form, decisions={}, seen=seen),
    ):
        with pytest.raises(EditedMeanwhile):
            late()
    assert "Q" * 200 in ReceivedForm.objects.get().mended


def test_a_wrong_correction_is_kept_and_named_again(client: Client, by: User, phone: Phone) -> None:
    form = sent(phone, by, {**ANA, "family": "P" * 200})
    mend(client, form, **{"0-family_name": "Q" * 81})
    assert (form.state, form.refused) == (FormState.WAITING, "0-family_name")
    page = client.get(reverse("received_form", args=[form.pk])).context["decide"]
    assert page["0-family_name"].value() == "Q" * 81
    assert not Household.objects.exists()


def test_a_correction_may_ask_who_somebody_is(client: Client, by: User, phone: Phone) -> None:
    known = PersonFactory(
        keeper=by.appointments.get().organization,
        family_name="Probescu",
        given_name="Ana",
        birth_date="1980-01-01",
    )
    form = sent(phone, by, {**ANA, "family": "P" * 200})
    mend(client, form, **{"0-family_name": "Probescu"})
    page = client.get(reverse("received_form", args=[form.pk]))
    assert "Altcineva, care nu este încă în evidență" in page.text
    assert "Somebody" not in page.text
    mend(client, form, **{"member-0": str(known.pk)})
    assert form.state == FormState.TAKEN
    assert Person.objects.get() == known


@pytest.mark.parametrize(
    "wrong",
    [
        {"member[2]/person/kinship": "reference"},
        {"member/person/family_name": "P" * 81},
        {"visited/household_name": " "},
        {"visited/household_address": "A" * 251},
    ],
)
def test_the_form_itself_stops_what_it_can(by: User, phone: Phone, wrong: dict[str, str]) -> None:
    from tests.api.openrosa.test_collect import new_household

    phone.download()
    with pytest.raises(AssertionError, match="refused"):
        phone.fill({**new_household(by), **wrong})
