"""Opening, regime, responsibility, team, seal and closing of a case."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from punte.assessments.models import Assessment
from punte.cases.enums import Outcome, Regime
from punte.cases.rules import MAX_NOTE
from punte.www.frame.fields import writing
from punte.www.office.cases.forms.inputs import Choices, as_id, offer, reason_field
from punte.www.templatetags.dates import day_in_words


def assessment_choices(assessments: list[Assessment], empty: Any = None) -> Choices:
    """Assessments by the day of the visit."""
    choices = [] if empty is None else [("", str(empty))]
    return choices + [(str(made.pk), day_in_words(made.visited_on)) for made in assessments]


class OpenCaseForm(forms.Form):
    """A case of a household or of one member; the regime is judged, never preselected (R1-R3)."""

    person = forms.ChoiceField(label=_("Whose case"), required=False)
    assessment = forms.ChoiceField(label=_("Assessment that shows the need"), required=False)
    regime = forms.ChoiceField(
        label=_("Regime"),
        help_text=_(
            "You decide, by professional judgement. Regimes are not stages: any of them may come first."
        ),
        choices=Regime,
        widget=forms.RadioSelect,
    )
    reason = reason_field(
        _("Why the case is opened"),
        _("What you saw and what the family asks for, in a few sentences."),
        ready="opening_reason",
    )
    responsible = forms.ChoiceField(label=_("Responsible worker"), required=False)
    team = forms.ChoiceField(label=_("Team"), required=False)

    def __init__(
        self,
        *arguments: Any,
        people: Choices,
        assessments: list[Assessment],
        staff: Choices,
        teams: Choices,
        **named: Any,
    ) -> None:
        super().__init__(*arguments, **named)
        offer(self, "person", people)
        offer(self, "assessment", assessment_choices(assessments, _("None yet")))
        offer(self, "responsible", staff)
        offer(self, "team", teams)
        for name, choices in (("responsible", staff), ("team", teams)):
            if len(choices) < 2:  # noqa: PLR2004  nothing to choose from
                del self.fields[name]


class RegimeForm(forms.Form):
    """A change of regime, in any direction, with the assessment and the reason that set it (R1-R3)."""

    regime = forms.ChoiceField(label=_("New regime"), choices=Regime, widget=forms.RadioSelect)
    assessment = forms.ChoiceField(label=_("Assessment that shows the change"))
    reason = reason_field(_("Why it changes"), ready="regime_reason")

    def __init__(self, *arguments: Any, current: str, assessments: list[Assessment], **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "regime", [(value, label) for value, label in Regime.choices if value != current])
        offer(self, "assessment", assessment_choices(assessments))
        if assessments:
            self.fields["assessment"].initial = str(assessments[0].pk)


class AssignForm(forms.Form):
    """Who answers for the case from today."""

    responsible = forms.ChoiceField(label=_("Responsible worker"))
    team = forms.ChoiceField(label=_("Team"), required=False)

    def __init__(self, *arguments: Any, staff: Choices, teams: Choices, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "responsible", staff)
        offer(self, "team", teams)
        if len(teams) < 2:  # noqa: PLR2004  nothing to choose from
            del self.fields["team"]


class SuccessorForm(forms.Form):
    """Who takes over a sealed case on which nobody works any more, and why."""

    responsible = forms.ChoiceField(label=_("Responsible worker"))
    reason = reason_field(_("Reason"))

    def __init__(self, *arguments: Any, staff: Choices, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "responsible", staff)


class TeamMemberForm(forms.Form):
    """A professional who joins the work on the case."""

    user = forms.ChoiceField(label=_("Colleague"), required=False)
    email = forms.EmailField(
        label=_("Or, from another institution, the e-mail of the account"), required=False
    )
    part = forms.CharField(
        label=_("Part in the case"),
        max_length=120,
        required=False,
        help_text=_("For example: health, school, safety plan."),
    )

    def __init__(self, *arguments: Any, staff: Choices, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "user", staff)

    def clean(self) -> dict[str, Any]:
        """One of the two ways of naming the colleague."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("user") and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("user", _("Choose a colleague or write an e-mail."))
        return cleaned


class ReasonForm(forms.Form):
    """A reason alone: for sealing, unsealing, withdrawing."""

    reason = reason_field(_("Reason"))


class CloseForm(forms.Form):
    """How the case ended, and why it is closed."""

    outcome = forms.ChoiceField(label=_("How it ended"), choices=Outcome, widget=forms.RadioSelect)
    reason = reason_field(
        _("Why the case is closed"),
        _("What changed for the family and how it can reach you again."),
        ready="closing_reason",
    )


class AnswerForm(forms.Form):
    """What a second person says beside yes or no; what is given back needs a reason, which the verb asks for."""

    answer = forms.CharField(
        label=_("A sentence for who asked"),
        help_text=_("Needed if you give it back: say what should be otherwise."),
        max_length=MAX_NOTE,
        required=False,
        widget=writing(2, ready="approval_answer"),
    )


class ReopenForm(forms.Form):
    """A closed case is worked on again."""

    regime = forms.ChoiceField(label=_("Regime"), choices=Regime, widget=forms.RadioSelect)
    assessment = forms.ChoiceField(label=_("Assessment that shows the need"), required=False)
    reason = reason_field(_("Why the case is reopened"), ready="opening_reason")

    def __init__(self, *arguments: Any, assessments: list[Assessment], **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "assessment", assessment_choices(assessments, _("None yet")))


def chosen(cleaned: dict[str, Any], name: str) -> Any:
    """The identifier chosen in a field that may be absent."""
    return as_id(cleaned.get(name) or "")
