"""Meetings on screen: a conference from its call to its paper, what each reads of it, a session, tasks."""

import datetime as dt
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.cases.actions import seal_case
from punte.cases.calendar_file import calendar_of
from punte.cases.models import Case, PlannedService
from punte.gatherings.actions import (
    bring_case,
    call_session,
    decide,
    drop_task,
    give_task,
    make_body,
    put_in_plan,
    take_seat,
    write_minutes,
)
from punte.gatherings.calendar_file import meetings_of
from punte.gatherings.keeps import KEEPS
from punte.gatherings.models import Invitation, IssuedMinutes, Meeting, Task
from punte.www.frame.reminders import reminders
from tests.access.test_behind_a_seal import answered
from tests.factories import worker
from tests.gatherings.scene import Town, again, fresh

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def town() -> Town:
    return Town()


def by(user: User) -> Client:
    client = Client()
    client.force_login(again(user), backend="punte.accounts.backend.OpenAccounts")
    client.get("/")
    return client


def said(client: Client, name: str, *keys: Any, query: str = "") -> str:
    page = client.get(reverse(name, args=keys) + query)
    assert page.status_code == 200, page.status_code
    return page.content.decode()


def send(client: Client, page: str, /, *keys: Any, **form: Any) -> Any:
    return client.post(reverse(page, args=keys), form)


def test_from_the_call_to_the_paper(town: Town) -> None:
    client = by(town.manager)
    assert reverse("conference_new", args=[town.case.pk]) in said(client, "case", town.case.pk)
    form = client.get(reverse("conference_new", args=[town.case.pk])).context["form"]
    assert [str(town.child.pk)] == form.fields["family"].initial
    call = {
        "reason": "review",
        "day": TODAY().isoformat(),
        "hour": "10:00",
        "mode": "room",
        "place": "Sala mică",
        "compartment": "general",
        "colleagues": [str(town.nurse.pk)],
        "partners": [str(town.school.pk), str(town.police.pk)],
        "must": "on",
        "brings": "Situația școlară",
        "agenda": "Absențele\nTransportul",
    }
    left_out = send(client, "conference_new", town.case.pk, **call)
    assert left_out.status_code == 422 and "poate fi ascultat" in left_out.content.decode()
    called = send(client, "conference_new", town.case.pk, **call, family=[str(town.child.pk)])
    meeting = Meeting.objects.get()
    assert called.status_code == 302 and called.url == reverse("meeting", args=[meeting.pk])
    page = said(client, "meeting", meeting.pk)
    assert "Absențele" in page and "Școala Exemplu" in page and "lipsesc" not in page
    assert "2 care trebuie să răspundă nu au răspuns" in page
    day = said(client, "my_day")
    assert "nu au răspuns" in day and "Exemplescu" in day
    assert "Conferință, cazul" in said(by(town.nurse), "my_day")

    there = {f"there_{number}": "present" for number in range(4)}
    wrote = {"revision": 0, "minutes": "S-a vorbit despre școală.", "counted": 0, **there}
    assert send(client, "meeting_minutes", meeting.pk, **wrote).status_code == 302
    assert send(client, "meeting_minutes", meeting.pk, **wrote).status_code == 409
    assert send(client, "decision_new", meeting.pk, words="Meditații", dissent="Poliția").status_code == 302
    decision = meeting.decisions.get()
    into = send(
        client,
        "decision_plan",
        decision.pk,
        words="Meditații",
        aim="Merge la școală",
        worker=str(town.nurse.pk),
    )
    assert into.status_code == 302 and PlannedService.objects.get().worker == town.nurse
    assert "în plan" in said(client, "meeting", meeting.pk)
    given = send(client, "meeting_task", meeting.pk, words="Adeverință", organization=str(town.school.pk))
    assert given.status_code == 302 and Task.objects.get().organization == town.school

    draft = send(client, "minutes_issue", meeting.pk, preview="1")
    assert draft.content.startswith(b"%PDF")
    assert send(client, "minutes_issue", meeting.pk).status_code == 302
    paper = IssuedMinutes.objects.get()
    one, two = (client.get(reverse("minutes_file", args=[meeting.pk])).content for _time in range(2))
    assert one == two and one.startswith(b"%PDF") and "Meditații" in paper.content
    assert send(client, "decision_new", meeting.pk, words="Încă una").status_code == 422
    assert "Proces-verbal nr. 1/" in said(client, "meeting", meeting.pk)
    assert "Proces-verbal de conferință, nr. 1/" in said(client, "case_documents", town.case.pk)
    regime = client.get(reverse("case_regime", args=[town.case.pk]) + f"?conferinta={TODAY().isoformat()}")
    assert regime.context["form"].initial["reason"] == f"Conferința de caz din {TODAY():%d.%m.%Y}"


def test_each_reads_their_own_words(town: Town) -> None:
    meeting = town.conference(compartment="violence", place="Sala mică")
    of = {one.invited_as: one for one in meeting.invitations.exclude(organization=town.police)}
    case = str(town.case)
    client = by(town.manager)
    for kind, secret in (
        ("family", (case, "Revizuirea", "revizuirea", "violen")),
        ("child", (case, "violen")),
    ):
        row = of[kind]
        page = said(client, "invitation_note", meeting.pk, row.pk)
        words = page.split('id="said"')[1].split("</section>")[0]
        assert not [one for one in secret if one in words] and "Sala mică" in words
        letter = client.get(reverse("invitation_letter", args=[meeting.pk, row.pk]))
        assert letter.content.startswith(b"%PDF")
    home = town.case.household
    home.safe_contact = "numai la școală"
    home.save()
    assert "niciun fel de scrisoare" in said(client, "invitation_note", meeting.pk, row.pk)
    assert client.get(reverse("invitation_letter", args=[meeting.pk, row.pk])).status_code == 404
    partner = said(by(town.teacher), "partner_invitation", of["partner"].pk)
    assert case in partner and "Situația școlară" in partner
    for secret in ("Exemplescu", str(town.mother), "revizuirea", "violen", "Absențele", "Poliția Exemplu"):
        assert secret not in partner
    assert by(town.officer).get(reverse("partner_invitation", args=[of["partner"].pk])).status_code == 404
    nurse = said(by(town.nurse), "invitation", of["colleague"].pk)
    assert case in nurse and "Exemplescu" not in nurse
    # The nurse reads no violence: the meeting is not there for her, her invitation is.
    assert by(town.nurse).get(reverse("meeting", args=[meeting.pk])).status_code == 404


def test_a_partner_answers_and_does_its_tasks(town: Town) -> None:
    meeting = town.conference()
    task = give_task(
        by=town.manager, meeting=meeting, words="Adeverință de la școală", organization=town.school
    )
    client = by(town.teacher)
    row = meeting.invitations.get(organization=town.school)
    day = said(client, "my_day")
    assert reverse("partner_invitation", args=[row.pk]) in day and "Adeverință de la școală" in day
    assert "Invitații" in said(client, "partner_meetings")
    assert send(client, "partner_invitation", row.pk, state="statement", statement=" ").status_code == 422
    assert (
        send(client, "partner_invitation", row.pk, state="statement", statement="Lipsește.").status_code
        == 302
    )
    assert "Lipsește." in said(by(town.manager), "meeting", meeting.pk)
    assert send(client, "partner_task", task.pk, act="refuse", why="").status_code == 422
    assert send(client, "partner_task", task.pk, act="drop").status_code == 404
    assert send(client, "partner_task", task.pk, act="done", why="Trimisă").status_code == 302
    assert Task.objects.get().state == "done"
    assert "Trimisă" in said(client, "partner_task", task.pk)
    dropped = give_task(by=town.manager, meeting=meeting, words="Listă", organization=town.school)
    drop_task(by=town.manager, task=dropped, why="Mama a plecat la sora ei.")
    assert "sora ei" not in said(client, "partner_task", dropped.pk), "the office's words tell of the family"
    assert by(town.officer).get(reverse("partner_task", args=[task.pk])).status_code == 404


def test_a_task_on_its_page_and_in_the_list(town: Town) -> None:
    task = give_task(
        by=town.manager, case=town.case, words="Cântărește copilul", user=town.nurse, due_on=TODAY()
    )
    client = by(town.nurse)
    assert "Cântărește copilul" in said(client, "tasks") and "Cântărește copilul" in said(client, "my_day")
    assert "Cântărește" not in said(by(town.stranger), "tasks", query="?whose=all")
    later = (TODAY() + dt.timedelta(days=4)).isoformat()
    assert send(client, "task", task.pk, act="move", due_on=later, why="").status_code == 422
    assert send(client, "task", task.pk, act="move", due_on=later, why="Vacanță").status_code == 302
    assert "la început" in said(client, "task", task.pk)
    # The nurse works on the case, so she may also hand it on.
    assert send(client, "task", task.pk, act="hand", user=str(town.manager.pk)).status_code == 302
    assert send(by(town.manager), "task", task.pk, act="done").status_code == 302
    assert "făcută" in said(client, "tasks", query="?whose=all&state=settled")
    made = send(by(town.manager), "task_new", words="Sala", user=str(town.manager.pk))
    assert made.status_code == 302
    [mail] = [one for one in reminders(TODAY()) if one.user == town.manager] or [None]
    assert mail is None
    give_task(by=town.manager, case=town.case, words="Secret", user=town.nurse, due_on=TODAY())
    [mail] = [one for one in reminders(TODAY()) if one.user == town.nurse]
    assert "1 sarcină" in mail.text and "Secret" not in mail.text and str(town.case) not in mail.text


def test_a_council_hears_of_a_case_without_a_name(town: Town) -> None:
    client = by(town.manager)
    made = send(
        client,
        "body_new",
        organization=str(town.house.pk),
        kind="council",
        title="Consiliul consultativ",
        start=(TODAY() - dt.timedelta(days=30)).isoformat(),
        uat=str(town.house.uat_id),
        act="HCL 4",
        quorum=2,
    )
    key = made.url.rstrip("/").split("/")[-1]
    assert (
        send(
            client, "seat_new", key, role="doctor", user=str(town.nurse.pk), start=TODAY().isoformat()
        ).status_code
        == 302
    )
    assert (
        send(
            client, "seat_new", key, role="police", name="Agent Exemplu", start=TODAY().isoformat()
        ).status_code
        == 302
    )
    assert "medic de familie" in said(client, "body", key)
    called = send(client, "session_new", key, day=TODAY().isoformat(), mode="room", agenda="Iarna")
    session = Meeting.objects.get()
    assert called.status_code == 302 and session.invitations.count() == 2
    assert "Iarna" in said(by(town.nurse), "invitation", session.invitations.get(user=town.nurse).pk)
    named = send(
        client, "meeting_case", session.pk, case=str(town.case.pk), words=f"Copilul {town.child.given_name}"
    )
    assert named.status_code == 422
    brought = send(client, "meeting_case", session.pk, case=str(town.case.pk), words="Un copil lipsește")
    assert brought.status_code == 302
    other = said(by(town.stranger), "meeting", session.pk)
    assert "Cazul 1 al ordinii de zi" in other and str(town.case) not in other and "Exemplescu" not in other
    wrote = {
        "revision": 0,
        "minutes": f"S-a vorbit de {town.mother.family_name}.",
        "counted": 3,
        "there_0": "present",
    }
    assert send(client, "meeting_minutes", session.pk, **wrote).status_code == 302
    assert town.mother.family_name in said(client, "minutes_issue", session.pk).split('id="named"')[1]
    refused = send(client, "minutes_issue", session.pk)
    assert refused.status_code == 422 and not IssuedMinutes.objects.exists()
    again_said = {**wrote, "revision": 1, "minutes": "S-a vorbit despre o familie."}
    assert send(client, "meeting_minutes", session.pk, **again_said).status_code == 302
    assert send(client, "minutes_issue", session.pk).status_code == 302
    report = said(client, "body_report", key)
    assert "4,0" in report and "da" in report
    table = client.get(reverse("body_report", args=[key]) + "?f=xlsx").content
    rows = list(load_workbook(io.BytesIO(table)).active.iter_rows(values_only=True))
    assert ("Ședințe ținute", 1) in [row[:2] for row in rows]
    missing = client.get(reverse("bodies_missing")).context
    assert missing["having"] == 1 and town.house.uat not in [
        uat for _title, uats in missing["without"] for uat in uats
    ]


def test_the_calendar_has_hours_and_numbers(town: Town) -> None:
    town.conference(subject="Secretul familiei")
    give_task(by=town.manager, case=town.case, words="Secretul", user=town.nurse, due_on=TODAY())
    text = calendar_of(again(town.nurse), beside=meetings_of(again(town.nurse))).decode()
    assert text.count("BEGIN:VEVENT") == 2 and str(town.case) in text
    assert "Secret" not in text and "Exemplescu" not in text


def test_the_family_is_told_of_the_meetings_it_was_asked_to(town: Town) -> None:
    town.conference(subject="Secretul")
    officer = worker(Role.DATA_PROTECTION_OFFICER, organization=town.house)
    [meetings] = [one for one in KEEPS if one.told_to and "gatherings.Meeting" in one.models]
    assert meetings.told_to is not None
    told = meetings.told_to(again(officer), town.mother, ["general"])
    assert [set(row.values()) >= {f"{TODAY():%d.%m.%Y}", "fără răspuns"} for row in told] == [True]
    assert "Secretul" not in str(told)
    seal_case(by=town.manager, case=town.case, reason="Pericol")
    assert list(meetings.told_to(again(officer), town.mother, ["general"])) == []


class TestBehindASeal:
    """Who is not of the circle reads a sealed case nowhere: the same status, words and questions as without it."""

    @pytest.fixture
    def sealed(self, town: Town) -> Case:
        seal_case(by=town.manager, case=town.case, reason="Pericol")
        return fresh(town.case)

    def _filled(self, town: Town) -> None:
        meeting = town.conference(invite=[], child_why_not="Nu e acasă")
        held = write_minutes(by=town.manager, meeting=meeting, revision=0, minutes="Secret")
        decision = decide(by=town.manager, meeting=held, words="Secret")
        put_in_plan(by=town.manager, decision=decision, words="Secret")
        give_task(by=town.manager, meeting=held, words="Secret", user=town.nurse, due_on=TODAY())
        give_task(by=town.manager, case=town.case, words="Secret", organization=town.school)
        town.conference(invite=[], child_why_not="Nu e acasă")
        Invitation.objects.create(
            meeting=meeting, organization=town.school, invited_as="partner", by=town.manager
        )

    @pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.COORDINATOR])
    def test_lists_days_and_counts_are_as_without_it(self, town: Town, role: Role) -> None:
        self._filled(town)
        seal_case(by=town.manager, case=town.case, reason="Pericol")
        client = by(worker(role, organization=town.house))
        partner = by(town.teacher)
        pages = [
            (client, "meetings", {"state": "all"}),
            (client, "meetings", {"state": "held"}),
            (client, "tasks", {"whose": "all"}),
            (client, "tasks", {"whose": "nobody"}),
            (client, "my_day", {}),
            (client, "visits_month", {}),
            (partner, "partner_meetings", {}),
            (partner, "my_day", {}),
        ]
        with_it = [answered(who, reverse(name), **sent) for who, name, sent in pages]
        mails = [one.text for one in reminders(TODAY())]
        Task.objects.all().delete()
        Invitation.objects.all().delete()
        for model in (Meeting.agenda.rel.related_model, Meeting.decisions.rel.related_model):
            model._default_manager.all().delete()
        Meeting.objects.all().delete()
        for (who, name, sent), before in zip(pages, with_it, strict=True):
            assert answered(who, reverse(name), **sent) == before, name
        assert [one.text for one in reminders(TODAY())] == mails

    def test_an_address_of_it_is_like_none(self, town: Town) -> None:
        self._filled(town)
        seal_case(by=town.manager, case=town.case, reason="Pericol")
        client, partner = by(worker(Role.COORDINATOR, organization=town.house)), by(town.teacher)
        nothing = town.case.pk
        for who, name, key in (
            (client, "meeting", Meeting.objects.first().pk),  # type: ignore[union-attr]
            (client, "meeting_minutes", Meeting.objects.first().pk),  # type: ignore[union-attr]
            (client, "task", Task.objects.first().pk),  # type: ignore[union-attr]
            (partner, "partner_invitation", Invitation.objects.get(organization=town.school).pk),
            (partner, "partner_task", Task.objects.get(organization=town.school).pk),
        ):
            assert answered(who, reverse(name, args=[key])) == answered(who, reverse(name, args=[nothing])), (
                name
            )

    def test_a_day_and_a_list_of_the_circle_say_its_number_alone(self, town: Town, sealed: Case) -> None:
        town.conference(invite=[])
        give_task(by=town.manager, case=sealed, words="Secret", user=town.manager, due_on=TODAY())
        client = by(town.manager)
        for name in ("my_day", "tasks", "meetings"):
            page = said(client, name)
            assert (
                str(sealed) in page and "Exemplescu" not in page.split("<main")[1] and "Secret" not in page
            ), name
        assert not list(meetings_of(again(town.manager)))


def test_a_session_counts_no_sealed_case(town: Town) -> None:
    body = make_body(by=town.manager, keeper=town.house, kind="cluster", title="Cluster", start=TODAY())
    take_seat(by=town.manager, body=body, role="doctor", start=TODAY(), name="Medicul")
    session = call_session(by=town.manager, body=body, day=TODAY())
    bring_case(by=town.manager, meeting=session, case=town.case, words="Un copil")
    write_minutes(by=town.manager, meeting=session, revision=0, minutes="S-a vorbit.")
    client = by(town.stranger)
    assert client.get(reverse("body_report", args=[body.pk])).context["report"].brought == 1
    seal_case(by=town.manager, case=town.case, reason="Pericol")
    assert client.get(reverse("body_report", args=[body.pk])).context["report"].brought == 0
