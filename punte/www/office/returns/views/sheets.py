"""Quarterly sheets: one's own, what was sent to the directorate, and one sheet open."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability as Can
from punte.kernel.tables.writing import write_xlsx
from punte.returns.actions import (
    answer_rule,
    correct_cell,
    freeze_sheet,
    return_sheet,
    send_sheet,
    sign_sheet,
)
from punte.returns.actions.filling import form_of
from punte.returns.definition import Rule, SheetForm
from punte.returns.enums import SheetState
from punte.returns.grids import spoken
from punte.returns.models import Sheet
from punte.returns.papers import sheet_paper
from punte.returns.periods import before, period_of
from punte.returns.queries import SENT, directorates, is_small, reads_whole, senders, without_institution
from punte.returns.reading import rules, sheet_forms
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.download import file_response
from punte.www.frame.form_page import FormPage, Press, show
from punte.www.frame.listing_deeds import CONTENT_TYPES
from punte.www.frame.record_page import RecordPage
from punte.www.office.returns.forms.sheets import CellForm, ReasonForm

READERS = (Can.PLAN, Can.SEE_ALL_CASES)
_LISTED = 60


@dataclass
class SheetPage(RecordPage):
    """A sheet, open before one account."""

    folder = "office_returns"

    sheet: Sheet

    @classmethod
    def open(cls, request: SignedIn, pk: UUID) -> Self:
        """A sheet that the account reads; 404 for any other."""
        rows = Sheet.objects.visible_to(request.user)
        return cls(request, fetch(rows.select_related("organization", "receiver", "signed_by"), pk=pk))

    @property
    def about(self) -> dict[str, Any]:
        """Whose sheet it is."""
        return {"keeper": self.sheet.organization_id, "subject": self.sheet.pk}

    @cached_property
    def form(self) -> SheetForm:
        """What it is filled in by."""
        return form_of(self.sheet)

    @cached_property
    def whole(self) -> bool:
        """Whether the account sees small numbers too."""
        return reads_whole(self.user, self.sheet)

    @property
    def corrects(self) -> bool:
        """Whether the account may change what it says now."""
        return self.sheet.is_open and self.whole and self.allows(Can.PLAN)

    @property
    def receives(self) -> bool:
        """Whether it waits for the account to receive it."""
        receiver = self.sheet.receiver_id
        return (
            self.sheet.state == SheetState.SENT
            and bool(receiver)
            and self.user.standing.may(Can.PLAN, receiver)
        )

    def said(self, row: str, column: str) -> Mapping[str, Any]:
        """A cell as the account may see it: its number, whether it was corrected, and from what."""
        value, counted = self.sheet.value(row, column), (self.sheet.counted.get(row) or {}).get(column)
        if is_small(value) and not self.whole:
            return {"held_back": True, "value": None, "corrected": False, "counted": None}
        corrected = counted is not None and counted != value
        return {"held_back": False, "value": value, "corrected": corrected, "counted": counted}

    def shared(self, what: str) -> dict[str, Any]:
        """What every page of the sheet shows."""
        return {
            "sheet": self.sheet,
            "form": self.form,
            "title": spoken(self.form.title),
            "to": spoken(self.form.to_name),
        }

    @property
    def faults(self) -> list[tuple[Rule, str, Mapping[str, Any], bool]]:
        """What the rules find: what is said, how much, and whether it is about entries of the record."""
        known = rules()
        found = [
            (known[key], said | {"why": self.sheet.reason(key)})
            for key, said in self.sheet.faults.items()
            if key in known
        ]
        return [(one, spoken(one.say), said, bool(one.of_register)) for one, said in found]

    def rows(
        self,
    ) -> list[tuple[str, list[str], list[tuple[str, str, list[tuple[str, Mapping[str, Any], bool]]]]]]:
        """The parts with their columns, and their rows with each cell and whether it is filled in by hand."""
        return [
            (
                spoken(part.title),
                [spoken(column.label) for column in part.columns],
                [
                    (
                        row.key,
                        spoken(row.label),
                        [
                            (column.key, self.said(row.key, column.key), not column.sums)
                            for column in part.columns
                        ],
                    )
                    for row in part.rows
                ],
            )
            for part in self.form.parts
        ]


@require_safe
@needs(*READERS)
def sheets(request: SignedIn) -> HttpResponse:
    """The account's own sheets, the newest first; of a directorate, who has sent and who is late."""
    today, forms = timezone.localdate(), sheet_forms()
    own = request.user.standing
    keepers = own.organizations(Can.PLAN) | own.organizations(Can.SEE_ALL_CASES)
    rows = Sheet.objects.filter(organization__in=keepers, form__in=forms).select_related("organization")
    mine = [
        (one, spoken(forms[one.form].title), one.is_open and one.due_on is not None and one.due_on < today)
        for one in rows.defer("counted", "values", "before_values")[:_LISTED]
    ]
    return show(
        request, "office_returns/sheets.html", mine=mine, received=_received(request, today), sent_states=SENT,
        several=len({one.organization_id for one, _title, _late in mine}) > 1,
    )  # fmt: skip


def _received(request: SignedIn, today: dt.date) -> list[dict[str, Any]]:
    """By directorate and form the senders of the quarter that is asked for, or of the one that is over."""
    over = before("quarter", period_of("quarter", today))
    found = []
    for directorate in directorates(request.user):
        for form in sheet_forms().values():
            rows = Sheet.objects.filter(receiver=directorate, form=form.key)
            periods = list(rows.order_by("-start").values_list("period", flat=True).distinct())
            if not periods:
                continue
            asked = request.GET.get("trimestru", "")
            chosen = asked if asked in periods else over.name if over.name in periods else periods[0]
            lines = senders(directorate, form.key, chosen, today)
            found.append(
                {
                    "directorate": directorate, "title": spoken(form.title), "period": chosen, "periods": periods,
                    "lines": lines, "sent": sum(one.sheet.state in SENT for one in lines),
                    "late": sum(one.late > 0 for one in lines), "elsewhere": without_institution(directorate, lines),
                    "due_on": next((one.sheet.due_on for one in lines if one.sheet.due_on), None),
                }
            )  # fmt: skip
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*READERS)
def sheet(request: SignedIn, pk: UUID) -> HttpResponse:
    """One sheet: its numbers, what the rules find, what was corrected; signed, sent and received here."""
    page = SheetPage.open(request, pk)
    file_format = request.GET.get("format")
    if file_format in ("xlsx", "pdf"):
        return _file(page, file_format)
    press = Press(request)
    if request.method == "POST":
        acts = {"sign": sign_sheet, "send": send_sheet, "freeze": freeze_sheet}
        act = acts.get(request.POST.get("do", ""))
        if act is None or not (page.allows(Can.PLAN) or page.receives):
            raise PermissionDenied
        words = {
            "sign": _("The sheet is signed."),
            "send": _("The sheet is sent."),
            "freeze": _("The sheet is received."),
        }
        if press.attempt(lambda: act(by=request.user, sheet=page.sheet)):
            return press.done(words[request.POST["do"]], "sheet", pk)
    corrections = page.sheet.corrections.select_related("by") if page.whole else []
    return page.show(
        "sheet",
        "sheet",
        press=press,
        parts=page.rows(),
        faults=page.faults,
        corrections=[(one, _called(page.form, one.row)) for one in corrections],
        note=spoken(page.form.note),
        sees_people=page.user.standing.may(Can.SEE_PEOPLE),
        over=timezone.localdate() >= page.sheet.end,
        may_send=page.sheet.state == SheetState.SIGNED and page.allows(Can.PLAN),
    )


def _called(form: SheetForm, row: str) -> str:
    """A row, or a rule, in words."""
    found = form.row(row)
    if found:
        return spoken(found.label)
    said = rules().get(row)
    return spoken(said.say) if said else row


def _file(page: SheetPage, file_format: str) -> HttpResponse:
    if not page.whole:
        raise PermissionDenied
    page.read("sheet")
    name = f"{page.sheet.form}-{page.sheet.period}"
    if file_format == "pdf":
        return file_response(sheet_paper(page.sheet, page.form), "application/pdf", f"{name}.pdf")
    rows: dict[str, list[list[object]]] = {}
    for title, columns, lines in page.rows():
        rows[title] = [["", *columns]]
        rows[title] += [
            [label, *(said.get("value") for _key, said, _hand in cells)] for _row, label, cells in lines
        ]
    return file_response(write_xlsx(rows), CONTENT_TYPES["xlsx"], f"{name}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*READERS)
def cell(request: SignedIn, pk: UUID, row: str, column: str) -> HttpResponse:
    """Write another number into a cell, with the reason."""
    page = SheetPage.open(request, pk).only(to=Can.PLAN)
    found = next((one for one in page.form.cells() if (one[1].key, one[2].key) == (row, column)), None)
    if found is None:
        raise Http404
    if not page.corrects:
        raise PermissionDenied
    said = page.said(row, column)
    form = FormPage(request, CellForm, initial={"value": said.get("value")})
    if form.attempt(
        lambda given: correct_cell(by=request.user, sheet=page.sheet, row=row, column=column, **given)
    ):
        return form.done(_("Written. What it was counted as stays beside it."), "sheet", pk)
    _part, line, of = found
    counted = said.get("counted")
    words = (
        _("Counted from the record: %(n)s.") % {"n": counted}
        if counted is not None
        else _("This is not counted: write it.")
    )
    return _ask(page, form, f"{spoken(line.label)}: {spoken(of.label)}", words)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*READERS)
def rule(request: SignedIn, pk: UUID, rule: str) -> HttpResponse:
    """Say why something that a rule found is right all the same."""
    page = SheetPage.open(request, pk).only(to=Can.PLAN)
    found = next((one for one in page.faults if one[0].key == rule), None)
    if found is None:
        raise Http404
    if not page.corrects:
        raise PermissionDenied
    form = FormPage(request, ReasonForm, initial={"reason": found[2]["why"]})
    if form.attempt(lambda given: answer_rule(by=request.user, sheet=page.sheet, rule=rule, **given)):
        return form.done(_("The reason stands with the sheet."), "sheet", pk)
    return _ask(page, form, _("Why it is so"), found[1])


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*READERS)
def sent_back(request: SignedIn, pk: UUID) -> HttpResponse:
    """Send a sheet back to be put right."""
    page = SheetPage.open(request, pk)
    if not page.receives:
        raise PermissionDenied
    form = FormPage(request, ReasonForm)
    if form.attempt(lambda given: return_sheet(by=request.user, sheet=page.sheet, **given)):
        return form.done(_("The sheet is sent back."), "sheets")
    return _ask(page, form, _("Send the sheet back"), str(page.sheet.organization))


def _ask(page: SheetPage, form: FormPage, title: str, intro: str) -> HttpResponse:
    back = reverse("sheet", args=[page.sheet.pk])
    return form.ask(title, back=back, back_to=f"{spoken(page.form.title)}, {page.sheet.period}", intro=intro)
