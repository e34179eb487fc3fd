"""People and households from a register in a table: sent, understood, answered about, taken in."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability
from punte.kernel.errors import DomainError
from punte.kernel.tables import Column, DamagedTable, write_model, write_xlsx
from punte.people.actions import (
    answer_lines,
    forget_register,
    join_sure_lines,
    name_columns,
    send_register,
    take_in_register,
)
from punte.people.models import RegisterImport
from punte.people.registers import columns as known_columns
from punte.people.registers.register import Register
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.asked import number_in
from punte.www.frame.imports import model_file
from punte.www.office.people.forms.people import keepers_of
from punte.www.office.people.forms.registers import RegisterForm, decisions_in, mended_in
from punte.www.office.people.views.register_lines import (
    STATES,
    counts_shown,
    left_rows,
    shown_columns,
    shown_lines,
)


@dataclass(frozen=True)
class _Described:
    """What the page that asks for a file says of it."""

    title: str
    explained: str
    columns: tuple[Column, ...]
    model_url: str
    model_label: str


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.EDIT_PEOPLE)
def register_new(request: SignedIn) -> HttpResponse:
    """Send a register; those that are still on their way are named beside."""
    keepers = keepers_of(request.user, Capability.EDIT_PEOPLE)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = RegisterForm(*posted, keepers=keepers)
    damaged, filename = None, ""
    if request.method == "POST" and form.is_valid():
        keeper = form.cleaned_data.get("keeper") or keepers[0]
        file = form.cleaned_data["table"]
        filename = file.name
        try:
            kept = send_register(by=request.user, keeper=keeper, content=file.read(), filename=filename)
            return redirect("register_columns", kept.pk)
        except DamagedTable as wrong:
            damaged = wrong
    described = _Described(
        title=_("Import people and households"),
        explained=_(
            "A register of yours in Excel, as it is. You see what was understood of its columns, then what becomes of"
            " each line: a new person, somebody who is on record already, or a question for you."
        ),
        columns=known_columns.register_columns(keepers[0]),
        model_url=reverse("register_model"),
        model_label=_("Download an empty table"),
    )
    context = {
        "import": described,
        "form": form,
        "damaged": damaged,
        "filename": filename[-80:],
        "waiting": RegisterImport.objects.open_to(request.user)
        .defer("content")
        .order_by("-created_at", "pk"),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "office_people/register_new.html", context, status=status)


@require_safe
@needs(Capability.EDIT_PEOPLE)
def register_model(request: SignedIn) -> HttpResponse:
    """An empty table with the columns that are known."""
    keepers = keepers_of(request.user, Capability.EDIT_PEOPLE)
    return model_file(
        write_model(known_columns.register_columns(keepers[0]), title=_("Register")), "registru"
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.EDIT_PEOPLE)
def register_columns(request: SignedIn, pk: UUID) -> HttpResponse:
    """What each column was understood to mean, to be agreed with or changed."""
    kept = _open(request, pk)
    register = Register.of(kept)
    columns = known_columns.register_columns(kept.keeper)
    shown = shown_columns(register)
    wrong = ""
    if request.method == "POST":
        known = {column.name for column in columns}
        said = {one.title: request.POST.get(one.field, "") for one in shown}
        try:
            name_columns(
                by=request.user,
                kept=kept,
                meanings={title: name for title, name in said.items() if name in known},
            )
            return redirect("register", pk)
        except DomainError as refused:
            wrong = str(refused.message)
            shown = [one.meaning(said[one.title]) for one in shown]
    context = {
        "kept": kept,
        "columns": columns,
        "shown": shown,
        "guesses": register.guesses,
        "wrong": wrong,
        "lines": sum(len(sheet.lines) for sheet in register.sheets),
        "passed_over": register.passed_over,
    }
    return render(request, "office_people/register_columns.html", context, status=422 if wrong else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.EDIT_PEOPLE)
def register(request: SignedIn, pk: UUID) -> HttpResponse:
    """What becomes of each line: what is asked about first, with its answers; and the taking in."""
    kept = _open(request, pk)
    if request.method == "POST":
        return _answered(request, kept)
    read = Register.of(kept)
    if not read.named:
        return redirect("register_columns", pk)
    counts = counts_shown(read)
    state = request.GET.get("stare", "")
    state = state if state in STATES else next((one for one in STATES if counts[one]), STATES[0])
    page = number_in(request.GET.get("pagina")) or 1
    context = {
        "kept": kept,
        "counts": counts,
        "state": state,
        "sure": len(read.sure()),
        "guesses": read.read_guesses,
        **shown_lines(request.user, read, state=state, page=page),
    }
    return render(request, "office_people/register.html", context)


@require_safe
@needs(Capability.EDIT_PEOPLE)
def register_left(request: SignedIn, pk: UUID) -> HttpResponse:
    """The lines that were not taken in, as they are written, each with the reason."""
    read = Register.of(_open(request, pk))
    return model_file(write_xlsx(left_rows(read)), "nepreluate")


def _open(request: SignedIn, pk: UUID) -> RegisterImport:
    visible = RegisterImport.objects.open_to(request.user).select_related("keeper__uat", "by")
    return get_object_or_404(visible, pk=pk)


def _answered(request: SignedIn, kept: RegisterImport) -> HttpResponse:
    do = request.POST.get("do", "answer")
    if do == "forget":
        forget_register(by=request.user, kept=kept)
        messages.success(request, _("The register was given up. Who was taken in stays."))
        return redirect("register_new")
    try:
        if do == "take":
            counts = take_in_register(by=request.user, kept=kept)
            taken = counts["taken_new"] + counts["taken_joined"]
            messages.success(
                request,
                _("%(taken)s of %(lines)s lines are in.") % {"taken": taken, "lines": counts["lines"]},
            )
        elif do == "sure":
            join_sure_lines(by=request.user, kept=kept)
            messages.success(request, _("Saved."))
        else:
            said = request.POST.dict()
            answer_lines(by=request.user, kept=kept, decisions=decisions_in(said), mended=mended_in(said))
            messages.success(request, _("Saved."))
    except DomainError as refused:
        messages.error(request, str(refused.message))
    return HttpResponseRedirect(reverse("register", args=[kept.pk]))
