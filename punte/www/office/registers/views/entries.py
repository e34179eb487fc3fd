"""One entry: written down, read with its history, carried on, corrected, taken back."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import SEALED_COMPARTMENTS
from punte.cases.models import Approval
from punte.registers.actions import add_entry, correct_entry, move_entry, withdraw_entry
from punte.registers.actions.writing import in_words
from punte.registers.asking import waiting_about
from punte.registers.catalogue import definition_at, definitions
from punte.registers.checks import may_be_printed
from punte.registers.definition import Definition
from punte.registers.models import Entry, EntryRevision
from punte.registers.naming import told_of
from punte.registers.papers import paper_named
from punte.registers.places import without_place
from punte.registers.showing import ShownEntry, in_words_of, named_in_words, shown
from punte.registers.sight import as_seen, column_of, history, whole
from punte.registers.values import renamed, said_by, with_rows
from punte.www.frame.access import SignedIn
from punte.www.frame.form_page import FormPage
from punte.www.office.registers.forms.entries import EntryForm, MoveForm, WithdrawForm
from punte.www.office.registers.views.subjects import KINDS, SubjectPage

NO_STORE = {"Cache-Control": "no-store"}


@dataclass
class EntryPage(SubjectPage):
    """One entry, open before one account."""

    entry: Entry

    @classmethod
    def of(cls, request: SignedIn, pk: UUID, *, to_write: bool = False) -> Self:
        """The entry that the address names, as the account reads it, or 404; 403 for who may not change it."""
        rows = list(whole(Entry.objects.filter(pk=pk)))
        if not rows:
            # Of one that is not there as much is asked as of one that is hidden.
            list(EntryRevision.objects.select_related("version").filter(entry__in=[pk]))
        found = next(iter(as_seen(request.user, rows)), None)
        if found is None:
            raise Http404
        kind = next(word for word, column in KINDS.items() if column == column_of(found.subject))
        about = SubjectPage.open(request, kind, found.subject.pk)
        page = cls(request, about.subject, found)
        if not Entry.objects.filter(page.sight.about, pk=pk).exists():
            raise Http404
        if to_write:
            page.register(found.register)
        return page

    @cached_property
    def written_by(self) -> Definition:
        """The register as it was when the entry was written."""
        return definition_at(self.entry.version)

    @property
    def is_sensitive(self) -> bool:
        """Whether it is about violence or abuse."""
        return self.entry.compartment in SEALED_COMPARTMENTS

    @property
    def may_change(self) -> bool:
        """Whether the account writes here, and the register is still in use."""
        now = definitions().get(self.entry.register)
        return now is not None and self.sight.writes(now)

    @cached_property
    def words(self) -> ShownEntry:
        """The entry in words."""
        return shown(self.user, [self.entry], {self.entry.register: self.sight.fields(self.written_by)})[0]

    @cached_property
    def without_place(self) -> str:
        """That it holds no place where it should, in words; from outside a seal nothing is told of it."""
        definition = self.written_by
        if self.sight.outside or definition.place not in self.sight.fields(definition):
            return ""
        return without_place(self.entry, definition, with_rows(definition, said_by(definition, self.entry)))

    @cached_property
    def papers(self) -> dict[str, str]:
        """What it prints: the key of each paper with its title; nothing of what was withdrawn."""
        now = definitions().get(self.entry.register)
        if now is None or self.words.withdrawn or self.entry.erased_on:
            return {}
        return {key: paper_named(key).title for key in now.papers}

    @cached_property
    def not_printed(self) -> str:
        """Why its papers stay in the record, in words; empty where they may leave it."""
        now, one = definitions().get(self.entry.register), self.entry
        if now is None or now.on_paper is None or not self.papers:
            return ""
        # Papers are those of today, and so is their door.
        said = renamed(said_by(self.written_by, one), now=now)
        if may_be_printed(now, said, state=one.state, start=one.start, end=one.end):
            return ""
        return in_words(now.on_paper.say)

    @cached_property
    def waiting(self) -> Approval | None:
        """What waits for a second person about it; from outside a seal nothing is told of it."""
        if self.sight.outside or not any(one.second_person for one in self.written_by.moves.values()):
            return None
        return waiting_about(self.entry).select_related("asked_by", "case").first()

    def before(self, now: Definition) -> dict[str, Any]:
        """What it says, by the fields of today, for a form."""
        told = told_of(self.user, self.entry, self.written_by, said_by(self.written_by, self.entry))
        said = with_rows(self.written_by, told)
        values = renamed(said, now=now)
        yes_or_no = {True: "yes", False: "no"}
        return {
            name: yes_or_no[value] if isinstance(value, bool) else value for name, value in values.items()
        }

    def versions(self) -> list[tuple[Any, ShownEntry]]:
        """Its changes that the account sees, each with what the entry said then."""
        rows = history(self.user, self.entry)
        found = []
        for row in rows:
            definition = definition_at(row.version)
            said = told_of(self.user, row, definition, said_by(definition, row))
            readable = self.sight.fields(definition)
            named = named_in_words(self.user, [(definition, said)])
            found.append((row, in_words_of(row, definition, said, named, readable)))
        return found


@require_safe
def entry(request: SignedIn, pk: UUID) -> HttpResponse:
    """What an entry says, what may follow, and what it said before."""
    page = EntryPage.of(request, pk)
    return page.show(
        "entry", "register_entry", shown=page.words, versions=page.versions(), waiting=page.waiting
    )


def _saved(waits: bool) -> str:
    return _("Asked: it takes effect when a second person agrees.") if waits else _("Saved.")


@require_http_methods(["GET", "HEAD", "POST"])
def entry_new(request: SignedIn, kind: str, pk: UUID, register: str) -> HttpResponse:
    """Write an entry down."""
    page = SubjectPage.open(request, kind, pk)
    definition = page.register(register)
    form = FormPage(
        request,
        EntryForm,
        draft=f"entry-{register}-{pk}",
        definition=definition,
        readable=page.sight.fields(definition),
        offered=page.offered(definition),
        states=definition.begins,
    )
    if form.attempt(
        lambda given: add_entry(by=request.user, register=register, subject=page.subject, **given)
    ):
        alone = all(one.second_person is None for one in definition.moves.values())
        return form.done(_saved(not alone and waiting_about(form.made).exists()), page.here)
    return _ask(page, form, definition, in_words(definition.title))


@require_http_methods(["GET", "HEAD", "POST"])
def entry_move(request: SignedIn, pk: UUID, move: str) -> HttpResponse:
    """Carry an entry on to its next state."""
    page = EntryPage.of(request, pk, to_write=True)
    definition = definitions()[page.entry.register]
    step = definition.moves.get(move)
    if step is None:
        raise Http404
    before = page.before(definition)
    asked = {name: before.get(name) for name in step.asks}
    form = FormPage(
        request,
        MoveForm,
        definition=definition,
        move=step,
        offered=page.offered(definition),
        initial={**asked, "revision": page.entry.revision},
    )
    if form.attempt(lambda given: move_entry(by=request.user, entry=page.entry, move=move, **given)):
        return form.done(_saved(bool(step.second_person) and waiting_about(page.entry).exists()), page.here)
    return _ask(page, form, definition, in_words(step.label))


@require_http_methods(["GET", "HEAD", "POST"])
def entry_correct(request: SignedIn, pk: UUID) -> HttpResponse:
    """Let an entry say what is right; what it said before stays."""
    page = EntryPage.of(request, pk, to_write=True)
    definition = definitions()[page.entry.register]
    said = page.before(definition)
    initial = {
        **said,
        "state": page.entry.state,
        "start": page.entry.start,
        "last": page.words.last,
        "revision": page.entry.revision,
    }
    form = FormPage(
        request,
        EntryForm,
        definition=definition,
        readable=page.sight.fields(definition),
        offered=page.offered(definition, said),
        states=definition.states,
        said=said,
        correcting=True,
        initial=initial,
    )
    if form.attempt(lambda given: correct_entry(by=request.user, entry=page.entry, **given)):
        return form.done(_("Saved."), page.here)
    return _ask(page, form, definition, _("Correct the entry"))


@require_http_methods(["GET", "HEAD", "POST"])
def entry_withdraw(request: SignedIn, pk: UUID) -> HttpResponse:
    """Take an entry back that was a mistake."""
    page = EntryPage.of(request, pk, to_write=True)
    definition = definitions()[page.entry.register]
    form = FormPage(request, WithdrawForm, initial={"revision": page.entry.revision})
    if form.attempt(lambda given: withdraw_entry(by=request.user, entry=page.entry, **given)):
        return form.done(_("The entry was withdrawn."), page.here)
    return _ask(page, form, definition, _("Withdraw an entry that was a mistake"), button=_("Withdraw"))


def _ask(
    page: SubjectPage, form: FormPage, definition: Definition, title: str, *, button: str = ""
) -> HttpResponse:
    page.read("register_form")
    return form.ask(
        title,
        back=page.here,
        back_to=_("Registers"),
        page=page,
        button=button or _("Save"),
        template="office_registers/entry_form.html",
        definition=definition,
        words_of_definition=in_words(definition.title),
    )
