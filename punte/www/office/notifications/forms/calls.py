"""A call to a hot line, counted."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from punte.notifications.actions.adding import LONGEST_CALL
from punte.notifications.content import content
from punte.www.frame.fields import OfOrganization
from punte.www.office.notifications.forms.steps import hour


class CallForm(OfOrganization):
    """Which line, what about, how long, and what came of it; nobody's name."""

    line = forms.ChoiceField(label=_("Line"))
    kind = forms.ChoiceField(label=_("What about"))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=0, max_value=LONGEST_CALL)
    outcome = forms.ChoiceField(label=_("What came of it"))
    at = hour(_("When"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        for name, section in (("line", "lines"), ("kind", "call_kinds"), ("outcome", "call_outcomes")):
            chosen[name].choices = content().choices(section)
