"""The report of what a body held in a half-year or a quarter, on paper; it names nobody of a case (R119)."""

import datetime as dt
import json
from dataclasses import asdict
from typing import Any

from django.utils import timezone, translation

from punte.accounts.models import User
from punte.cases.models import Case
from punte.documents.invitation_letter import head_of
from punte.documents.paper import Line, Signature
from punte.documents.register_paper import docx_of
from punte.documents.romanian import clean, long_date, paragraphs, short_date
from punte.gatherings.content import bodies, kind_in_words
from punte.gatherings.models import AgendaItem, Body, Decision, IssuedReport
from punte.gatherings.naming import Named, named_in, people_of
from punte.gatherings.reports import Report, Stretch, report_of
from punte.kernel.papers import FOLDER, LANGUAGE, pdf

# The wording of an official paper is Romanian whatever language the screens speak, as that of its template.
_EACH = {"half_yearly": "semestrial", "quarterly": "trimestrial"}
_QUORUM = {None: "", True: "da", False: "nu"}
_NOTICE = "Raportul nu cuprinde numele persoanelor din cazurile aduse înaintea structurii."
_FOLDER = FOLDER / "register_paper"


def paper_of(issued: IssuedReport, file_format: str) -> bytes:
    """The report as it was issued, as "pdf" (PDF/UA-1 and PDF/A-2a) or "docx": the same bytes each time."""
    moment = dt.datetime.combine(issued.issued_on, dt.time(12), tzinfo=dt.UTC)
    content = json.loads(issued.content)
    return docx_of(content, moment) if file_format == "docx" else pdf(_FOLDER, content, moment)


def draft_of(by: User, body: Body, stretch: Stretch, remarks: str) -> bytes:
    """The report as it would be issued, without a number."""
    return pdf(_FOLDER, content_of(body, stretch, by, remarks), timezone.now())


def named_in_report(body: Body, stretch: Stretch, remarks: str) -> list[Named]:
    """Where the report would tell who a case is about that was ever brought before the body."""
    brought = AgendaItem.objects.filter(meeting__body=body, case__isnull=False).values("case")
    decided = "\n".join(one.words for one in _decisions(report_of(body, stretch, timezone.localdate())))
    parts = {"text": remarks, "hotărâri": decided}
    return named_in(parts, people_of(Case.objects.filter(pk__in=brought)))


def content_of(body: Body, stretch: Stretch, by: User, remarks: str, number: str = "") -> dict[str, Any]:
    """What the paper says, in Romanian."""
    with translation.override(LANGUAGE):
        return _content(body, report_of(body, stretch, timezone.localdate()), by, remarks, number)


def _content(body: Body, report: Report, by: User, remarks: str, number: str) -> dict[str, Any]:
    kind, today = bodies().kinds.get(body.kind), timezone.localdate()
    each = _EACH.get(kind.reports if kind else "", "")
    span = f"{long_date(report.stretch.first)} – {long_date(report.stretch.last)}"
    return {
        "title": f"Raport {each}".strip(),
        "head": asdict(head_of(body.keeper)),
        "register": number,
        "entry": "",
        "date": short_date(today),
        "legal_basis": [kind.source] if kind and not kind.is_proposal else [],
        "subject": [
            asdict(Line(label, clean(value)))
            for label, value in (
                ("Structura", body.title),
                ("Felul", kind_in_words(body.kind)),
                ("Localitatea", str(body.uat or "")),
                ("Hotărârea de înființare", body.act),
                ("Perioada", span),
            )
            if value
        ],
        "text": [],
        "facts": [asdict(one) for one in _totals(report) if one.value],
        "tables": [
            {
                "title": "Ședințele",
                "columns": ["Data", "Prezenți", "Cvorum", "Hotărâri", "Cazuri aduse"],
                "rows": [
                    [
                        short_date(one.meeting.day),
                        str(one.there),
                        _QUORUM[one.quorate],
                        str(one.decided),
                        str(one.cases),
                    ]
                    for one in report.sessions
                ],
            },
            {
                "title": "Hotărârile",
                "columns": ["Data", "S-a hotărât"],
                "rows": [[short_date(one.meeting.day), clean(one.words)] for one in _decisions(report)],
            },
        ],
        "closing": paragraphs(remarks),
        "signatures": [asdict(Signature("Întocmit", clean(by.name), ""))],
        "for_the_file": "",
        "notice": _NOTICE,
    }


def _totals(report: Report) -> list[Line]:
    return [
        Line("Ședințe ținute", str(len(report.sessions))),
        Line("Ședințe la care s-a renunțat", str(report.cancelled)),
        Line("Prezenți în medie", report.mean),
        Line("Hotărâri", str(report.decisions)),
        Line("Cazuri aduse", str(report.brought)),
        Line("Sarcini date", str(report.tasks)),
        Line("Sarcini făcute", str(report.done)),
        Line("Sarcini întârziate", str(report.late)),
    ]


def _decisions(report: Report) -> list[Decision]:
    held = [one.meeting.pk for one in report.sessions]
    rows = Decision.objects.filter(meeting__in=held).select_related("meeting")
    return list(rows.order_by("meeting__day", "order", "created_at", "pk"))
