"""What somebody thinks of a service, with three faces and a few words."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from punte.methodology.model import Text
from punte.satisfaction.actions.asking import LONGEST
from punte.satisfaction.forms_of_services import SCALE, OpinionForm
from punte.www.frame.fields import writing

FACES = {"good": "☺", "middling": "😐", "bad": "☹"}


class OpinionCodeForm(forms.Form):
    """The code on the paper."""

    code = forms.CharField(
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code")


class SayForm(forms.Form):
    """The questions of one service; each may be left out."""

    def __init__(self, *args: Any, asked: OpinionForm, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        face = '<b class="face" aria-hidden="true">{}</b> {}'
        choices = [(answer, format_html(face, FACES[answer], said(asked.scale[answer]))) for answer in SCALE]
        for key, question in asked.questions.items():
            self.fields[key] = forms.ChoiceField(
                label=said(question), choices=choices, widget=forms.RadioSelect, required=False
            )
        self.fields["words"] = forms.CharField(
            label=_("What should be better? What was good?"),
            help_text=_("Write no names. You may leave it empty."),
            widget=writing(3),
            max_length=LONGEST,
            required=False,
        )

    def given(self) -> tuple[dict[str, str], str]:
        """The answers by question, and the words."""
        answers = {key: self.cleaned_data[key] for key in self.asked.questions}
        return answers, self.cleaned_data["words"]


def said(text: Text) -> str:
    """A text of the content in the language of the page, or in Romanian."""
    return text.get(get_language() or "ro") or text["ro"]
