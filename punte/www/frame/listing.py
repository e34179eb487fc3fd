"""One list for everything that is listed: narrowed and sorted in the address, looked at in ways that are kept, with
deeds for the rows that are chosen and a file of what is shown.

What narrows stands in the address in clear, so that it can be kept and sent; what was searched for by name is veiled.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django import forms
from django.db.models import OrderBy, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from punte.accounts.models import KeptView, User
from punte.kernel.errors import DomainError
from punte.kernel.prepared import Prepared
from punte.www.frame.access import SignedIn
from punte.www.frame.asked import identifier_in, number_in
from punte.www.frame.counting import count_of
from punte.www.frame.fields import leave_for_later
from punte.www.frame.form_page import FormPage, show
from punte.www.frame.listing_forms import file_form, keep_form
from punte.www.frame.listing_shown import Chip, Heading, Offered, Tab, Words, parts_of
from punte.www.frame.listing_ways import Way, way_of
from punte.www.frame.ordering import in_order
from punte.www.frame.veiled import PARAMETER, asker, veil

_MOST_PAGES, _FEW = 400, 8
CHOSEN = "chosen"
UNFOLD, FILTERS = "unfold", "filters"


@dataclass(frozen=True)
class Column:
    """What a list shows of each row.

    Attributes:
        value: what stands in the file; None for what only the page shows.
        order: the fields that it is sorted by, ascending; empty where it is not.
        names: whether it tells who somebody is.
        style: the class of its cells, by which the page lays them out.
        shown: whether the page has it as a column; else the file alone.
    """

    key: str
    title: Words
    value: Callable[[Any], object] | None = None
    order: tuple[str, ...] = ()
    names: bool = False
    style: str = ""
    shown: bool = True


@dataclass(frozen=True)
class View:
    """A way of looking at the list that is there for everybody: what it asks of the filters."""

    title: Words
    asked: Mapping[str, str] = field(default_factory=dict)
    counted: bool = True


@dataclass(frozen=True)
class Deed:
    """What can be done with the chosen rows.

    Attributes:
        form: what it asks; called with whether it was sent, and options of the form.
        act: does it with the rows, by what the form says; gives what is to be said.
    """

    key: str
    title: Words
    form: Callable[..., FormPage]
    act: Callable[[list[Any], dict[str, Any]], str]


class Listing:
    """A list before one account. What a list is of, its subclass says."""

    name: ClassVar[str]
    title: ClassVar[Words]
    template: ClassVar[str]
    form_class: ClassVar[type[forms.Form]]
    columns: ClassVar[tuple[Column, ...]]
    views: ClassVar[tuple[View, ...]] = ()
    usual_sort: ClassVar[str]
    searched: ClassVar[str] = "text"
    page_size: ClassVar[int] = 50
    none_yet: ClassVar[Words] = ""
    row_template: ClassVar[str]
    csv: ClassVar[bool] = False

    def __init__(self, request: SignedIn) -> None:
        self.request = request
        self.user = request.user

    # What a subclass says.

    def all(self) -> QuerySet[Any]:
        """Every row that the account may see."""
        raise NotImplementedError

    def reachable(self) -> QuerySet[Any]:
        """Every row that may be chosen: those of the list, and what is only found by a search."""
        return self.all()

    def narrowed(self, rows: QuerySet[Any], asked: Mapping[str, Any]) -> QuerySet[Any]:
        """Those of the rows that were asked for."""
        raise NotImplementedError

    def usual(self) -> Mapping[str, str]:
        """What is asked for where nothing is said."""
        return {}

    def form_options(self) -> Mapping[str, Any]:
        """What the form of filters is made with."""
        return {}

    def prepared(self, rows: list[Any]) -> list[Any]:
        """The rows of a page or a file, with what their cells show; a number of queries that does not grow."""
        return rows

    def part(self, row: Any) -> str:
        """The heading under which a row stands in the usual order; empty for none."""
        return ""

    def deeds(self) -> Sequence[Deed]:
        """What the account may do with chosen rows."""
        return ()

    def chips(self) -> Sequence[Chip]:
        """What the list is narrowed by that its form of filters does not show as chosen."""
        return ()

    def first_rows(self, many: int) -> QuerySet[Any]:
        """The first of the rows that were found, to be sliced."""
        return self.found[:many]

    def first_of(self, way: Way) -> list[Any]:
        """The rows of the first page and one more."""
        return way.ask(self, "first", lambda one: one.first_rows(one.page_size + 1))

    def counted(self) -> str:
        """How many rows were found; of very many, only that they are more than can be read."""
        return self.way.count(self) if self.way else count_of(self.found)

    def alike(self) -> Hashable:
        """What its question depends on besides account, filters and day: of content, what may change meanwhile.

        None where it is put together each time. Else nothing of a row may be read on the way to a question but what is
        `known`.
        """
        return None

    def known(self) -> Mapping[str, Collection[UUID]]:
        """What was read on the way all the same: identifiers, by the attribute of the list that holds them."""
        return {}

    def anew(self) -> Callable[[User], "Listing"]:
        """What makes the list before an account, of which nothing is known yet, and keeps nothing of this one."""
        kind = type(self)
        return lambda _user: kind.__new__(kind)

    def read(self, rows: Sequence[Any]) -> Iterable[Mapping[str, Any]]:
        """Of what a file with names tells, as the trail names each record."""
        return ()

    # What was asked.

    @cached_property
    def kept(self) -> KeptView | None:
        """The kept view that is looked at."""
        key = identifier_in(self.request.GET.get("kept"))
        return next((view for view in self.kept_views if view.pk == key), None) if key else None

    @cached_property
    def kept_views(self) -> list[KeptView]:
        """The views that the account keeps of this list."""
        return _kept_views(user=self.user.pk, listing=self.name)

    @cached_property
    def given(self) -> dict[str, str]:
        """What the address says, or the kept view."""
        known = {*self.form_class.base_fields, "sort", "kept"}
        kept = dict(parse_qsl(self.kept.asked)) if self.kept else {}
        said = {name: str(value).strip() for name, value in self.request.GET.items()}
        return {name: value for name, value in {**kept, **said}.items() if name in known and value}

    @cached_property
    def form(self) -> Any:
        """The filters, as they are set."""
        return self.form_class({**self.usual(), **self.given}, **self.form_options())

    @cached_property
    def asked(self) -> Mapping[str, Any]:
        """What the filters say; where one makes no sense, as if nothing was said."""
        return self.form.cleaned_data if self.form.is_valid() else self.usual()

    @cached_property
    def way(self) -> Way | None:
        """The way of looking that was asked for, where it is there for everybody and put together once."""
        usual = self.usual()
        said = {**usual, **{name: value for name, value in self.given.items() if name != "sort"}}
        known = said == usual or any({**usual, **view.asked} == said for view in self.views)
        return way_of(self, said) if known else None

    @cached_property
    def sort(self) -> str:
        """By which column, with a minus before it where it is turned round."""
        given = self.given.get("sort", "")
        known = {column.key for column in self.columns if column.order}
        return given if given.removeprefix("-") in known else self.usual_sort

    @property
    def names_somebody(self) -> bool:
        """Whether a file of the list can tell who somebody is."""
        return any(column.names for column in self.columns)

    @property
    def filtered(self) -> bool:
        """Whether the list is other than it usually is."""
        return any(name != "sort" for name in self.given)

    def address(self, **changed: str) -> str:
        """The address of the list as it is asked for, but for what `changed` says."""
        said = {name: value for name, value in {**self.given, **changed}.items() if value}
        sought = said.pop(self.searched, "")
        question = f"{PARAMETER}={self.question}" if sought else ""
        query = "&".join(part for part in (question, urlencode(said)) if part)
        return f"{self.request.path}?{query}" if query else self.request.path

    @cached_property
    def question(self) -> str:
        """What was searched for, so that filters set afterwards keep it."""
        sought = self.given.get(self.searched, "")
        asked = veil(urlencode({self.searched: sought}), by=asker(self.request)) if sought else ""
        return asked.removeprefix(f"{PARAMETER}=")

    def clear_query(self) -> str:
        """How the list is narrowed and sorted, without what was searched for by name."""
        left_out = (self.searched, "kept")
        return urlencode({key: said for key, said in self.given.items() if key not in left_out})

    # What is shown.

    @cached_property
    def found(self) -> QuerySet[Any]:
        """All the rows that were asked for, in order."""
        rows = self.narrowed(self.reachable() if self.is_chosen else self.all(), self.asked)
        if self.kept and self.is_chosen:
            rows = rows.filter(pk__in=self.kept.rows.values("row"))
        return rows.order_by(*self.ordering(rows))

    def ordering(self, rows: QuerySet[Any]) -> list[OrderBy]:
        """How rows are sorted."""
        column = next(one for one in self.columns if one.key == self.sort.removeprefix("-"))
        return in_order(rows.model, [*column.order, "pk"], turned=self.sort.startswith("-"))

    @cached_property
    def is_chosen(self) -> bool:
        """Whether the rows are those that were put on the kept view by hand."""
        return self.kept is not None and self.kept.rows.exists()

    @cached_property
    def page(self) -> int:
        """Which page, from 1."""
        return min(max(number_in(self.request.GET.get("p")), 1), _MOST_PAGES)

    def show(self, *, came_back: Mapping[str, FormPage] | None = None, unfolded: str = "") -> HttpResponse:
        """The list, with what was asked of it and came back, by its key; one of its folded parts may be open."""
        back = came_back or {}
        start = (self.page - 1) * self.page_size
        if self.way and not start:
            rows = self.first_of(self.way)
        else:
            rows = list(self.first_rows(start + self.page_size + 1)[start:])
        more, rows = len(rows) > self.page_size, self.prepared(rows[: self.page_size])
        self._mark(rows)
        tabs, chips = self._tabs(), self.chips()
        viewed = any(tab.current for tab in tabs)
        return show(
            self.request,
            self.template,
            status=next((one.status for one in back.values()), 200),
            listing=self,
            rows=rows,
            parts=parts_of(rows, self.part if self.sort == self.usual_sort else lambda _row: ""),
            headings=[self._heading(column) for column in self.columns if column.shown],
            tabs=tabs,
            chips=chips,
            filters_open=unfolded == FILTERS or (self.filtered and not chips and not viewed),
            narrows=bool(rows or self.filtered or self.usual()),
            **self.filters(whole=unfolded == FILTERS),
            total=self.counted() if more else start + len(rows),
            first=start + 1 if rows else 0,
            last=start + len(rows),
            previous=self.address(p=str(self.page - 1)) if self.page > 1 else "",
            next=self.address(p=str(self.page + 1)) if more else "",
            deeds=[self.offered(deed, back.get(deed.key), unfolded) for deed in self.deeds()],
            keep=(back.get("keep_view") or keep_form(self.request, sent=False)).form,
            file=(back.get("file") or self.file_form(sent=False)).form,
            wrong=next((one.form for one in back.values()), None),
        )

    def file_form(self, *, sent: bool) -> FormPage:
        """The form by which a file of the list is made."""
        return file_form(self.request, sent=sent, names=self.names_somebody, csv=self.csv)

    def filters(self, *, whole: bool) -> dict[str, Any]:
        """The form of filters, with all that there is to choose from or without what is dear to read."""
        filters = [one for one in self.form if one.name != self.searched]
        return {
            "filters_later": [] if whole else leave_for_later(self.form, f"{self.folded()}{FILTERS}"),
            "filters": filters,
            "many": len(filters) > _FEW,
            "search": self.form[self.searched] if self.searched else None,
            "hidden": [(name, value) for name, value in self.given.items() if name != self.searched],
        }

    def folded(self) -> str:
        """The address of the list as it is asked for, at whose end a folded part is named."""
        return self.address(**{UNFOLD: "-"}).removesuffix("-")

    def offered(self, deed: Deed, back: FormPage | None, unfolded: str) -> Offered:
        """A deed with its form, open where it came back or was asked for."""
        form = back or deed.form(sent=False, prefix=deed.key, use_required_attribute=False)
        return Offered(deed, form.form, is_open=back is not None or deed.key == unfolded)

    def _mark(self, rows: list[Any]) -> None:
        """What the account itself says of the rows: ticked, and with which remark on a kept list."""
        remarks = dict(self.kept.rows.values_list("row", "remark")) if self.kept and self.is_chosen else {}
        ticked = set(self.request.POST.getlist(CHOSEN))
        choose = _("Choose %(row)s")
        for row in rows:
            row.remark, row.ticked = remarks.get(row.pk, ""), str(row.pk) in ticked
            row.choose = choose % {"row": row}

    def _heading(self, column: Column) -> Heading:
        if not column.order:
            return Heading(column.title, column.style)
        direction = {column.key: "ascending", f"-{column.key}": "descending"}.get(self.sort, "")
        turned = f"-{column.key}" if direction == "ascending" else column.key
        return Heading(column.title, column.style, self.address(sort=turned, p=""), direction)

    def _tabs(self) -> list[Tab]:
        plain = {name: value for name, value in self.given.items() if name not in ("sort", self.searched)}
        tabs = [self._tab(view, plain) for view in self.views]
        for kept in self.kept_views:
            url = f"{self.request.path}?{urlencode({'kept': kept.pk})}"
            tabs.append(Tab(kept.name, url, current=kept == self.kept, kept=kept))
        return tabs

    def _tab(self, view: View, plain: Mapping[str, str]) -> Tab:
        url = f"{self.request.path}?{urlencode(view.asked)}" if view.asked else self.request.path
        usual = self.usual()
        asked = {**usual, **view.asked}
        count = self._count(asked) if view.counted else ""
        return Tab(view.title, url, current=asked == {**usual, **plain}, count=count)

    def _count(self, said: Mapping[str, str]) -> str:
        if way := way_of(self, said):
            return way.count(self)
        form = self.form_class(said, **self.form_options())
        return count_of(self.narrowed(self.all(), form.cleaned_data)) if form.is_valid() else ""

    # What is done.

    def chosen_rows(self) -> list[Any]:
        """The rows that were ticked, of those that the account sees.

        Raises:
            DomainError: none is.
        """
        keys = {identifier_in(key) for key in self.request.POST.getlist(CHOSEN)} - {None}
        chosen = self.reachable().filter(pk__in=keys)
        rows = list(chosen.order_by(*self.ordering(chosen)))
        if not rows:
            raise DomainError(_("Choose at least one row."))
        return rows

    def do(self, deed: Deed) -> HttpResponse:
        """Do a deed with the chosen rows, and say what came of it."""
        form = deed.form(sent=True, prefix=deed.key, use_required_attribute=False)
        if form.attempt(lambda given: deed.act(self.chosen_rows(), given)):
            return form.done(form.made, self.address())
        return self.show(came_back={deed.key: form})

    def url(self) -> str:
        """Where the list is."""
        return reverse(self.name)


_kept_views = Prepared(lambda user, listing: KeptView.objects.filter(user=user, listing=listing))
