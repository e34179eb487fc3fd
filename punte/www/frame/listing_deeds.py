"""What everybody may do with a list: look at it, keep a view of it, put rows on a list of their own, take it along."""

import secrets
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from punte.accounts.actions.kept_views import drop_view, keep_rows, keep_view, take_off
from punte.accounts.models import TrailEntry
from punte.accounts.verbs import record, record_all
from punte.kernel.errors import DomainError
from punte.kernel.tables.locking import lock, new_password
from punte.kernel.tables.writing import write_csv, write_xlsx
from punte.www.frame.access import SignedIn
from punte.www.frame.download import file_response
from punte.www.frame.form_page import FormPage, Press, show
from punte.www.frame.listing import FILTERS, UNFOLD, Deed, Listing
from punte.www.frame.listing_forms import CSV, XLSX, KeepRowsForm, keep_form

CONTENT_TYPES = {
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    CSV: "text/csv; charset=utf-8",
}
MOST_ROWS = 5_000
_SECONDS_TO_FETCH = 15 * 60


def list_page(listing: Listing) -> HttpResponse:
    """The page of a list: shown, or what its buttons do."""
    if listing.request.method != "POST":
        part = listing.request.GET.get(UNFOLD, "")
        within = part and "HX-Request" in listing.request.headers
        return _unfolded(listing, part) if within else listing.show(unfolded=part)
    asked = listing.request.POST.get("do", "")
    own = {"keep_view": _keep, "drop_view": _drop, "file": _file, "take_off": _take_off}
    if asked in own:
        return own[asked](listing)
    deed = next((one for one in listing.deeds() if one.key == asked), None)
    return listing.do(deed) if deed else listing.show()


def _unfolded(listing: Listing, part: str) -> HttpResponse:
    """What a folded part of the list has within, for the page on which it is opened."""
    if part == FILTERS:
        within = {"listing": listing, "narrows": True, **listing.filters(whole=True)}
        return show(listing.request, "frame/list_filters.html", **within)
    deed = next((one for one in listing.deeds() if one.key == part), None)
    if deed is None:
        raise Http404
    return show(listing.request, "frame/list_deed.html", offered=listing.offered(deed, None, part))


def putting_on_a_list(listing: Listing) -> Deed:
    """The deed that puts the chosen rows on a list of one's own."""
    known = [view.name for view in listing.kept_views if not view.asked]

    def act(rows: list[Any], given: dict[str, Any]) -> str:
        keep_rows(by=listing.user, listing=listing.name, rows=[row.pk for row in rows], **given)
        said = ngettext("%(n)s is on the list “%(name)s”.", "%(n)s are on the list “%(name)s”.", len(rows))
        return said % {"n": len(rows), "name": given["name"]}

    form = partial(FormPage, listing.request, KeepRowsForm, known=known)
    return Deed("keep_rows", gettext_lazy("Put on a list of mine"), form, act)


def _keep(listing: Listing) -> HttpResponse:
    form = keep_form(listing.request, sent=True)
    if form.attempt(
        lambda given: keep_view(by=listing.user, listing=listing.name, asked=listing.clear_query(), **given)
    ):
        return form.done(_("The view is kept."), f"{listing.url()}?kept={form.made.pk}")
    return listing.show(came_back={"keep_view": form})


def _drop(listing: Listing) -> HttpResponse:
    if listing.kept is not None:
        drop_view(view=listing.kept)
    return Press(listing.request).done(_("It is no longer kept."), listing.url())


def _take_off(listing: Listing) -> HttpResponse:
    press = Press(listing.request)
    kept = listing.kept
    if kept is None:
        return press.done("", listing.url())
    return press.tell(
        lambda: take_off(view=kept, rows=[row.pk for row in listing.chosen_rows()]),
        _("Taken off the list."),
        listing.address(),
    )


def _file(listing: Listing) -> HttpResponse:
    form = listing.file_form(sent=True)
    if not form.attempt(lambda given: _made(listing, **given)):
        return listing.show(came_back={"file": form})
    content, password = form.made
    if not password:
        kind = form.form.cleaned_data.get("kind", XLSX)
        return file_response(content, CONTENT_TYPES[kind], _file_name(listing, kind))
    token = secrets.token_urlsafe(24)
    cache.set(_place(listing.user.pk, token), (content, _file_name(listing, XLSX)), _SECONDS_TO_FETCH)
    return show(listing.request, "frame/list_file.html", listing=listing, password=password, token=token)


def _made(listing: Listing, *, names: bool = False, why: str = "", kind: str = XLSX) -> tuple[bytes, str]:
    """The file of what is shown, and the password that opens it; the trail has that it was made."""
    found = list(listing.found[: MOST_ROWS + 1])
    if len(found) > MOST_ROWS:
        raise DomainError(
            _("A file holds %(n)s rows at most, and here are more. Narrow the list first.") % {"n": MOST_ROWS}
        )
    rows = listing.prepared(found)
    columns = [column for column in listing.columns if column.value and (names or not column.names)]
    lines: list[list[object]] = [[str(column.title) for column in columns]]
    lines += [[column.value(row) for column in columns if column.value] for row in rows]
    about = {"list": listing.name, "rows": len(rows), "names": names}
    record(by=listing.user, verb="list_file", keeper=None, reason=why.strip(), changes=about)
    if names:
        record_all(
            TrailEntry(actor=listing.user, verb="in_list_file", reading=True, **one)
            for one in listing.read(rows)
        )
    if kind == CSV:
        return write_csv(lines[0], lines[1:]), ""
    workbook = write_xlsx({str(listing.title): lines})
    if not names:
        return workbook, ""
    password = new_password()
    return lock(workbook, password), password


def _file_name(listing: Listing, kind: str) -> str:
    return f"{listing.name}-{timezone.localdate().isoformat()}.{kind}"


def _place(user: object, token: str) -> str:
    return f"list-file:{user}:{token}"


@require_safe
def list_file(request: SignedIn, token: str) -> HttpResponse:
    """A locked file that was made a moment ago, for who made it."""
    found: tuple[bytes, str] | None = cache.get(_place(request.user.pk, token))
    if found is None:
        raise Http404
    content, name = found
    return file_response(content, CONTENT_TYPES[XLSX], name)


def of_each(rows: Sequence[Any], act: Callable[[Any], object], said: Callable[[int], str]) -> str:
    """Do something with each row, whatever becomes of the one before; what is to be said of it.

    Raises:
        DomainError: not one of them was done; why, of the first.
    """
    refused: list[tuple[Any, DomainError]] = []
    for row in rows:
        try:
            act(row)
        except DomainError as refusal:
            refused.append((row, refusal))
    if len(refused) == len(rows):
        raise refused[0][1]
    return " ".join([said(len(rows) - len(refused)), *(f"{row}: {why.message}" for row, why in refused)])
