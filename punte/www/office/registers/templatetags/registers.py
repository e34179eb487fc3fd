"""Words of registers on pages."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from punte.registers.actions.add import ADDED
from punte.registers.actions.change import CORRECTED
from punte.registers.actions.writing import ALIVE, DIED, in_words
from punte.registers.definition import WITHDRAWN, Definition
from punte.registers.models import EntryRevision

register = template.Library()


@register.filter
def said(text: Mapping[str, str]) -> str:
    """A text of a register in the language of the page."""
    return in_words(text)


@register.filter
def cell(value: object) -> str:
    """What a cell of a list says."""
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    return number_format(value) if isinstance(value, (int, Decimal)) else str(value)


@register.filter
def deed_of(revision: EntryRevision, definition: Definition) -> str:
    """What was done to an entry."""
    own = {
        ADDED: _("Written down"),
        CORRECTED: _("Corrected"),
        WITHDRAWN: _("Withdrawn"),
        DIED: _("Ended by the death of the person"),
        ALIVE: _("The death was noted by mistake"),
    }
    if revision.move in own:
        return own[revision.move]
    move = definition.moves.get(revision.move)
    return in_words(move.label) if move else revision.move
