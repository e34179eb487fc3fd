"""What is drawn at once is what Django's templates draw."""

import datetime as dt
import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from punte.www.frame.widgets import Drawn

CHOICES = [
    ("", "–"),
    (1, '<"&'),
    ("Boli", [("a", gettext_lazy("Any")), ("b", SafeString("<b>b</b>"))]),
    (True, 7),
]
WIDGETS = [
    forms.TextInput(attrs={"maxlength": 20, "required": True, "hidden": False, "title": '"<'}),
    forms.NumberInput(attrs={"min": 0}),
    forms.EmailInput(),
    forms.DateInput(),
    forms.HiddenInput(),
    forms.PasswordInput(),
    forms.CheckboxInput(),
    forms.Textarea(attrs={"rows": 4}),
    forms.Select(choices=CHOICES),
    forms.SelectMultiple(choices=CHOICES),
    forms.RadioSelect(choices=CHOICES),
    forms.CheckboxSelectMultiple(choices=CHOICES),
    forms.ClearableFileInput(),
]


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda one: type(one).__name__)
@pytest.mark.parametrize(
    "value", [None, "", 0, 1, "1", "<\"&'>\n", ["a", ""], dt.date(2026, 1, 2), SafeString("<i>")]
)
def test_it_is_drawn_as_by_the_templates_of_django(widget: forms.Widget, value: object) -> None:
    drawn = widget.render("one", value, {"id": "id_one"}, Drawn())
    assert _tight(drawn) == _tight(widget.render("one", value, {"id": "id_one"}, DjangoTemplates()))
    assert isinstance(drawn, SafeString)


def test_a_choice_alone_is_drawn_so_too() -> None:
    for widget in (forms.RadioSelect(choices=CHOICES), forms.CheckboxSelectMultiple(choices=CHOICES)):
        for wrapped in (False, True):
            ours, theirs = (
                [
                    renderer.render(one["template_name"], {"widget": {**one, "wrap_label": wrapped}})
                    for one in widget.subwidgets("one", "a", {"id": "id_one"})
                ]
                for renderer in (Drawn(), DjangoTemplates())
            )
            assert [*map(_tight, ours)] == [*map(_tight, theirs)]


def _tight(html: str) -> str:
    """Without the line breaks between options, which nobody sees."""
    return re.sub(r">\s+<", "><", html).strip()
