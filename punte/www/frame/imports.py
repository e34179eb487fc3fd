"""A table sent by a form: its problems by place, or what it would do; carried out only when that was looked at.

Nothing is kept between the two steps: the page of what it would do carries the lines along, signed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from punte.kernel.errors import DomainError, EditedMeanwhile
from punte.kernel.tables import Column, DamagedTable, Guesses, TableRow, read_table
from punte.kernel.tables.kept import from_json, to_json
from punte.kernel.tables.preview import CHANGED, NEW, SAME, Outcome, mark_of
from punte.www.frame.access import SignedIn
from punte.www.frame.download import file_response
from punte.www.frame.once import once

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SALT = "punte.import"
_SECONDS = 2 * 60 * 60
_FILE, _LINES = "table", "lines"


@dataclass(frozen=True)
class Import:
    """One kind of table that may be sent.

    Attributes:
        key: what it is about, so that the lines of one are not taken for another's.
        title, explained: the heading of its page, and what it does.
        columns: of the table.
        judge: what would come of every line; raises DamagedTable.
        carry_out: the verb, given the lines and the mark of what was seen.
        model_url, done_url: where its model file is, and where one goes when it is done.
    """

    key: str
    title: str | Promise
    explained: str | Promise
    columns: Sequence[Column]
    judge: Callable[[list[TableRow]], list[Outcome]]
    carry_out: Callable[[list[TableRow], str], Any]
    model_url: str
    done_url: str
    model_label: str | Promise = gettext_lazy("Download the model file")


class FileForm(forms.Form):
    """The table to send."""

    table = forms.FileField(
        label=gettext_lazy("Table (.xlsx or .csv)"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        allow_empty_file=True,
    )


def answer(request: SignedIn, import_: Import) -> HttpResponse:
    """The page of an import: choosing a file, its problems, what it would do, doing it."""
    if request.method != "POST":
        return _page(request, import_, FileForm())
    if _LINES in request.POST:
        return _confirmed(request, import_)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, import_, form, status=422)
    file = form.cleaned_data[_FILE]
    try:
        guesses = Guesses()
        rows = read_table(file.read(), filename=file.name, columns=import_.columns, guesses=guesses)
        return _preview(request, import_, rows, guesses.groups())
    except DamagedTable as damaged:
        return _page(request, import_, FileForm(), status=422, damaged=damaged, filename=file.name)


def _confirmed(request: SignedIn, import_: Import) -> HttpResponse:
    try:
        sent = signing.loads(
            request.POST[_LINES], salt=_salt(request, import_), serializer=_Lines, max_age=_SECONDS
        )
    except signing.BadSignature:
        messages.error(request, _("The list waited too long. Nothing was taken over; send the table again."))
        return _page(request, import_, FileForm(), status=422)
    try:
        with once(request):
            import_.carry_out(sent["rows"], sent["seen"])
    except DamagedTable as damaged:
        return _page(request, import_, FileForm(), status=422, damaged=damaged)
    except EditedMeanwhile as changed:
        messages.warning(request, str(changed.message))
        return _again(request, import_, sent)
    except DomainError as refused:
        messages.error(request, str(refused.message))
        return _page(request, import_, FileForm(), status=422)
    messages.success(request, _("The table was taken over."))
    return HttpResponseRedirect(import_.done_url)


def _again(request: SignedIn, import_: Import, sent: dict[str, Any]) -> HttpResponse:
    try:
        return _preview(request, import_, sent["rows"], sent["guesses"], status=409)
    except DamagedTable as damaged:
        return _page(request, import_, FileForm(), status=422, damaged=damaged)


def _preview(
    request: SignedIn,
    import_: Import,
    rows: list[TableRow],
    guesses: list[dict[str, Any]],
    *,
    status: int = 200,
) -> HttpResponse:
    outcomes = import_.judge(rows)
    sent = {"rows": rows, "seen": mark_of(outcomes), "guesses": guesses}
    groups = [
        (kind, found)
        for kind in (NEW, CHANGED, SAME)
        if (found := [one for one in outcomes if one.kind == kind])
    ]
    context = {
        "import": import_,
        "groups": groups,
        "guesses": guesses,
        "counts": {NEW: 0, CHANGED: 0, SAME: 0} | {kind: len(found) for kind, found in groups},
        "lines": signing.dumps(sent, salt=_salt(request, import_), serializer=_Lines, compress=True),
    }
    return render(request, "imports/preview.html", context, status=status)


def _page(
    request: SignedIn,
    import_: Import,
    form: FileForm,
    *,
    status: int = 200,
    damaged: DamagedTable | None = None,
    filename: str = "",
) -> HttpResponse:
    context = {"import": import_, "form": form, "damaged": damaged, "filename": filename[-80:]}
    return render(request, "imports/choose.html", context, status=status)


def model_file(content: bytes, name: str) -> HttpResponse:
    """A workbook to download under a name."""
    return file_response(content, XLSX_TYPE, f"{name}.xlsx")


def _salt(request: SignedIn, import_: Import) -> str:
    """Lines are taken back only from the account that sent the table, for what it was sent to."""
    return f"{_SALT}:{import_.key}:{request.user.pk}"


class _Lines:
    """Rows of a table and back, with amounts and days as they were."""

    def dumps(self, sent: Any) -> bytes:
        rows = [[row.line, row.values] for row in sent["rows"]]
        return to_json({**sent, "rows": rows}).encode()

    def loads(self, raw: bytes) -> Any:
        sent = from_json(raw)
        return {**sent, "rows": [TableRow(line, values) for line, values in sent["rows"]]}
