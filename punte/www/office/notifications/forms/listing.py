"""What notifications are narrowed by."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from punte.notifications.content import content
from punte.notifications.enums import Level
from punte.www.frame.fields import ManyChoices, Pairs

Choices = list[tuple[str, str]]


class NotificationFilter(forms.Form):
    """Which notifications to show; everything is optional."""

    number = forms.CharField(label=_("Number"), required=False, max_length=20)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("waiting", _("To be decided")),
            ("late", _("Late")),
            ("decided", _("Decided")),
            ("sent_on", _("Sent on")),
            ("all", _("All")),
        ],
    )
    whose = forms.ChoiceField(label=_("Whose"), required=False, widget=ManyChoices)
    urgency = forms.ChoiceField(label=_("How soon"), required=False, choices=[("", _("Any")), *Level.choices])
    kind = forms.ChoiceField(label=_("What it is about"), required=False)
    channel = forms.ChoiceField(label=_("How it came"), required=False)

    def __init__(self, *arguments: Any, workers: Callable[[], Choices], **named: Any) -> None:
        super().__init__(*arguments, **named)
        chosen: Any = self.fields
        offered = [("all", _("Everybody's")), ("mine", _("Mine")), ("nobody", _("Nobody's yet"))]
        chosen["whose"].choices = Pairs(offered, workers)
        for name, section in (("kind", "kinds"), ("channel", "channels")):
            chosen[name].choices = [("", _("Any")), *content().choices(section)]


class GiveForm(forms.Form):
    """Who checks the chosen notifications."""

    worker = forms.ChoiceField(label=_("Who checks them"), widget=ManyChoices)

    def __init__(self, *arguments: Any, workers: Callable[[], Choices], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["worker"].choices = Pairs((), workers)  # type: ignore[attr-defined]


class JoinManyForm(forms.Form):
    """To which notification the chosen ones are joined."""

    into = forms.CharField(
        label=_("Joined to number"),
        help_text=_("For example 12/2026. Empty: the earliest of the chosen ones."),
        required=False,
        max_length=20,
    )
