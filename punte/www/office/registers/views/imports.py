"""Entries of a register brought in from a table."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.kernel.tables import write_model
from punte.registers.actions.import_entries import import_entries
from punte.registers.importing import columns_of, judge_entries
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.imports import Import, answer, model_file
from punte.www.office.registers.views.listing import READERS, EntryList


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*READERS)
def register_import(request: SignedIn, register: str) -> HttpResponse:
    """Bring a table of entries in."""
    listing = _written(request, register)
    definition, readable = listing.definition, listing.readable
    return answer(
        request,
        Import(
            key=f"entries:{register}",
            title=_("Import entries: %(register)s") % {"register": listing.title},
            explained=_(
                "One line for each entry, as in the file that the list gives you. Lines that are new are added; those"
                " that are on record already change nothing. A line that names its entry, as that file does, corrects"
                " it; an empty cell leaves what is on record."
            ),
            columns=columns_of(definition, readable),
            judge=partial(judge_entries, by=request.user, definition=definition, readable=readable),
            carry_out=lambda rows, seen: import_entries(
                by=request.user, register=register, readable=readable, rows=rows, seen=seen
            ),
            model_url=reverse("register_import_model", args=[register]),
            done_url=listing.url(),
        ),
    )


@require_safe
@needs(*READERS)
def register_import_model(request: SignedIn, register: str) -> HttpResponse:
    """The table to fill in."""
    listing = _written(request, register)
    columns = columns_of(listing.definition, listing.readable)
    return model_file(write_model(columns, title=str(listing.title)), register)


def _written(request: SignedIn, register: str) -> EntryList:
    """The list of a register in which the account writes; 404 for who does not read it, 403 for who only reads."""
    listing = EntryList.open(request, register)
    if not listing.may_write:
        raise PermissionDenied
    return listing
