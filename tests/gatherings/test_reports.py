"""What a body reports of what it held: its term, the paper, and who reads it."""

import datetime as dt
import io
from typing import Any
from unittest import mock

import pytest
from django.utils import timezone
from docx import Document

from punte.accounts.enums import Role
from punte.cases.models import RuleSwitch
from punte.documents.actions.body_report import issue_body_report
from punte.documents.body_report import paper_of
from punte.gatherings.actions import call_session, decide, make_body, take_seat, write_minutes
from punte.gatherings.models import Body
from punte.gatherings.reports import due_reports, stretches_of
from punte.kernel.errors import DomainError, NotAllowed
from punte.www.office.meetings.views.day_lines import meetings
from tests.factories import worker
from tests.gatherings.scene import Town

pytestmark = pytest.mark.django_db


def _at(day: str) -> Any:
    moment = dt.datetime.fromisoformat(f"{day}T09:00:00+00:00")
    return mock.patch("django.utils.timezone.now", lambda: moment)


def _a_body(town: Town, kind: str) -> Body:
    body = make_body(
        by=town.manager, keeper=town.house, kind=kind, title="Structura", start=dt.date(2026, 4, 20)
    )
    Body.objects.filter(pk=body.pk).update(created_at=dt.datetime(2026, 4, 21, tzinfo=dt.UTC))
    body.refresh_from_db()
    return body


def test_a_quarterly_report_waits_until_it_is_issued_and_names_nobody() -> None:
    town = Town()
    with _at("2026-05-04"):
        body = _a_body(town, "cluster")
        session = call_session(by=town.manager, body=body, day=timezone.localdate(), agenda=[("", "Iarna")])
        write_minutes(by=town.manager, meeting=session, revision=0, minutes="Lemne.", present={}, counted=7)
        decide(by=town.manager, meeting=session, words="Se cumpără lemne")
        [now, *_] = stretches_of(body, timezone.localdate())
        with pytest.raises(DomainError):
            issue_body_report(by=town.manager, body=body, stretch=now)
        assert due_reports(town.manager, timezone.localdate()) == []
    with _at("2026-07-20"):
        today = timezone.localdate()
        [due] = due_reports(town.manager, today)
        assert (due.stretch, due.due_on) == (now, dt.date(2026, 7, 15))
        lines = [line.what for line in meetings(town.manager, today).lines]
        assert "Raportul trimestrial: Structura" in lines or "Quarterly report: Structura" in lines
        assert due_reports(worker(Role.SOCIAL_WORKER), today) == []
        with pytest.raises(NotAllowed):
            issue_body_report(by=worker(Role.CASE_MANAGER), body=body, stretch=now)
        paper = issue_body_report(by=town.manager, body=body, stretch=now, remarks="Toate casele au lemne.")
        assert due_reports(town.manager, today) == [] and str(paper) == "1/2026"
        with pytest.raises(DomainError):
            issue_body_report(by=town.manager, body=body, stretch=now)
    assert paper_of(paper, "pdf").startswith(b"%PDF") and paper_of(paper, "docx") == paper_of(paper, "docx")
    read = Document(io.BytesIO(paper_of(paper, "docx")))
    said = "\n".join([one.text for one in read.paragraphs] + [c.text for t in read.tables for c in t._cells])
    assert "Toate casele au lemne." in said and "Se cumpără lemne" in said and "Sarcini" in said
    # The next quarter is asked for once it is over, of who sits there.
    with _at("2026-10-02"):
        take_seat(by=town.manager, body=body, role="social_worker", start=body.start, user=town.stranger)
        assert due_reports(town.manager, timezone.localdate()) == []
        [due] = due_reports(town.stranger, timezone.localdate())
        assert due.stretch.first == dt.date(2026, 7, 1)


def test_the_half_yearly_one_is_asked_for_where_it_was_switched_on() -> None:
    town = Town()
    body = _a_body(town, "council")
    with _at("2026-07-02"):
        assert due_reports(town.manager, timezone.localdate()) == []
        RuleSwitch.objects.create(
            organization=town.house, rule="half_yearly_report", start=dt.date(2026, 5, 1), by=town.manager
        )
        [due] = due_reports(town.manager, timezone.localdate())
        assert due.due_on == dt.date(2026, 7, 31) and due.body == body
