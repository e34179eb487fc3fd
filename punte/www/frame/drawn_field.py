"""One field of a form with its label, hint and error, the same everywhere; drawn at once, as inputs are.

A page shows its forms before anybody opens them: a template for each field took longer than what the page is about.
"""

from django import forms
from django.template.loader import render_to_string
from django.utils.html import conditional_escape as escaped
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from punte.www.frame.sentences import sentences_of


def drawn_field(field: forms.BoundField) -> SafeString:
    """The field as a page shows it."""
    widget, errors = field.field.widget, field.errors
    described = [
        f"{field.auto_id}_{part}"
        for part, there in (("helptext", field.help_text), ("error", errors))
        if there
    ]
    if described:
        widget.attrs["aria-describedby"] = " ".join(described)
    if field.is_hidden:
        return SafeString(f"{field} ")
    hint = (
        f'<p class="hint" id="{field.auto_id}_helptext">{escaped(field.help_text)}</p>'
        if field.help_text
        else ""
    )
    wrong = (
        f'<p class="error" id="{field.auto_id}_error">{" ".join(escaped(str(one)) for one in errors)}</p>'
        if errors
        else ""
    )
    label = escaped(field.label)
    if isinstance(widget, forms.CheckboxInput):
        return SafeString(
            f'<div class="field"><label class="choice">{field} <span>{label}</span></label> {hint}{wrong}</div> '
        )
    asked = label if field.field.required else f"{label} <small>{_('(optional)')}</small>"
    if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        told = f' aria-describedby="{field.auto_id}_error"' if errors else ""
        choices = "".join(
            f" <label>{one.tag()} <span>{escaped(one.choice_label)}</span></label>" for one in field
        )
        return SafeString(
            f'<fieldset class="field choices"{told}><legend>{asked}</legend>{hint}<div>{choices}</div>{wrong}'
            "</fieldset> "
        )
    return SafeString(
        f'<div class="field"><label for="{field.id_for_label}">{asked}</label> {hint} {field} {wrong} '
        f"{_sentences(field, getattr(widget, 'ready', ''))}</div> "
    )


def _sentences(field: forms.BoundField, place: str) -> str:
    sentences = sentences_of(place) if place else ()
    return (
        render_to_string("frame/sentences.html", {"field": field, "sentences": sentences})
        if sentences
        else ""
    )
