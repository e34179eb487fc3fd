"""What a partner answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from punte.gatherings.enums import InvitationState
from punte.www.frame.fields import writing

_LONGEST = 2000


class AnswerForm(forms.Form):
    """Whether one comes, or one's view."""

    state = forms.ChoiceField(
        label=_("Your answer"),
        choices=[
            (InvitationState.ACCEPTED.value, _("We come")),
            (InvitationState.DECLINED.value, _("We cannot come")),
            (InvitationState.STATEMENT.value, _("We send our view")),
        ],
        widget=forms.RadioSelect,
    )
    statement = forms.CharField(
        label=_("Your view, or a remark"), required=False, max_length=_LONGEST, widget=writing(5)
    )


class WhyForm(forms.Form):
    """Why, or a remark."""

    why = forms.CharField(label=_("Why, or a remark"), required=False, max_length=_LONGEST, widget=writing(2))
