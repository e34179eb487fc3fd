"""What is written of a meeting: its agenda, answers, minutes, decisions; and tasks."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from punte.accounts.models import User
from punte.cases.models import Case, Objective
from punte.gatherings.enums import InvitationState, PresenceState
from punte.gatherings.models import Invitation
from punte.gatherings.queries import Known
from punte.organizations.models import Organization
from punte.www.frame.fields import DayInput, ManyChoices, within_calendar, writing
from punte.www.office.meetings.forms.known import KnownChoice

_LONGEST = 2000


class AgendaForm(forms.Form):
    """What a meeting speaks of."""

    items = forms.CharField(
        label=_("Agenda"),
        help_text=_("One item a line."),
        required=False,
        max_length=8000,
        widget=writing(10),
    )


class BringCaseForm(forms.Form):
    """A case that is brought before a body."""

    case = forms.ChoiceField(label=_("Case"), widget=ManyChoices)
    words = forms.CharField(
        label=_("What it is about, without a name"),
        help_text=_("Others see the number of the case on the agenda and these words."),
        max_length=_LONGEST,
        widget=writing(3),
    )

    def __init__(self, *arguments: Any, cases: list[Case], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.cases = {str(one.pk): one for one in cases}
        choices = [
            ("", _("Choose")),
            *((key, f"{one}, {one.household.name}") for key, one in self.cases.items()),
        ]
        self.fields["case"].choices = choices  # type: ignore[attr-defined]

    def clean_case(self) -> Case:
        """The case."""
        return self.cases[self.cleaned_data["case"]]


class AnswerForm(forms.Form):
    """What is answered to an invitation."""

    state = forms.ChoiceField(
        label=_("Their answer"),
        choices=[
            (InvitationState.ACCEPTED.value, _("Comes")),
            (InvitationState.DECLINED.value, _("Does not come")),
            (InvitationState.STATEMENT.value, _("Sends their view")),
        ],
        widget=forms.RadioSelect,
    )
    statement = forms.CharField(
        label=_("View, or a remark"), required=False, max_length=_LONGEST, widget=writing(4)
    )


class NoteAnswerForm(AnswerForm):
    """What somebody answered who has no account, and whether they were heard by themselves."""

    heard = forms.ChoiceField(
        label=_("Heard by themselves"),
        choices=[("", _("not said")), ("yes", _("yes")), ("no", _("no"))],
        required=False,
        widget=ManyChoices,
    )
    why_not = forms.CharField(
        label=_("Why not heard by themselves"), required=False, max_length=_LONGEST, widget=writing(2)
    )

    def __init__(self, *arguments: Any, heard: bool, **named: Any) -> None:
        super().__init__(*arguments, **named)
        choices: Any = self.fields["state"]
        choices.choices = [
            *choices.choices,
            (InvitationState.WITHDRAWN.value, _("The invitation is taken back")),
        ]
        if not heard:
            del self.fields["heard"], self.fields["why_not"]


class MinutesForm(forms.Form):
    """What was said, who was there, and when it goes on."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    minutes = forms.CharField(label=_("What was said"), required=False, max_length=20_000, widget=writing(12))
    counted = forms.IntegerField(label=_("Others who were there, by number"), min_value=0, initial=0)
    next_on = forms.DateField(
        label=_("Next meeting"), required=False, widget=DayInput, validators=[within_calendar]
    )

    def __init__(self, *arguments: Any, invited: list[tuple[Invitation, str, str]], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.invited = {f"there_{number}": one[0] for number, one in enumerate(invited)}
        choices = [("", _("not noted")), *PresenceState.choices]
        for number, (_row, called, state) in enumerate(invited):
            self.fields[f"there_{number}"] = forms.ChoiceField(
                label=called, choices=choices, required=False, initial=state, widget=ManyChoices
            )

    def present(self) -> dict[Any, str]:
        """Whether each who was invited was there, where it is noted."""
        return {
            row.pk: self.cleaned_data[name]
            for name, row in self.invited.items()
            if self.cleaned_data.get(name)
        }


class DecisionForm(forms.Form):
    """What was decided."""

    words = forms.CharField(label=_("What was decided"), max_length=_LONGEST, widget=writing(3))
    measure = forms.CharField(
        label=_("How one will tell that it succeeded"), required=False, max_length=_LONGEST, widget=writing(2)
    )
    dissent = forms.CharField(
        label=_("Who did not agree, and why"), required=False, max_length=_LONGEST, widget=writing(2)
    )


class IntoPlanForm(forms.Form):
    """A decision as a step of the plan."""

    words = forms.CharField(label=_("Step"), max_length=300, widget=writing(2))
    objective = forms.ChoiceField(label=_("Towards which objective"), required=False, widget=ManyChoices)
    aim = forms.CharField(label=_("Or a new objective"), required=False, max_length=300)
    worker = forms.ChoiceField(label=_("Who does it"), required=False, widget=ManyChoices)
    due_on = forms.DateField(label=_("Until"), required=False, widget=DayInput, validators=[within_calendar])

    def __init__(
        self, *arguments: Any, objectives: list[Objective], workers: list[User], **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        fields: Any = self.fields
        self.workers = {str(one.pk): one for one in workers}
        self.objectives = {str(one.pk): one.pk for one in objectives}
        aims = [(str(one.pk), f"{one.text} · {one.person}" if one.person else one.text) for one in objectives]
        fields["objective"].choices = [("", _("A new one")), *aims]
        fields["worker"].choices = [
            ("", _("Nobody yet")),
            *((key, one.name) for key, one in self.workers.items()),
        ]

    def said(self) -> dict[str, Any]:
        """What the verb takes."""
        given = dict(self.cleaned_data)
        given["objective"] = self.objectives.get(given["objective"])
        given["worker"] = self.workers.get(given["worker"])
        return given


class TaskForm(forms.Form):
    """Something that somebody is to do."""

    words = forms.CharField(label=_("What is to be done"), max_length=_LONGEST, widget=writing(3))
    user = forms.ChoiceField(label=_("Colleague"), required=False, widget=ManyChoices)
    organization = forms.ModelChoiceField(
        label=_("Or an institution"), queryset=Organization.objects.none(), required=False
    )
    known = KnownChoice()
    name = forms.CharField(label=_("Or somebody else, by name"), required=False, max_length=120)
    due_on = forms.DateField(label=_("Until"), required=False, widget=DayInput, validators=[within_calendar])

    def __init__(
        self,
        *arguments: Any,
        colleagues: list[User],
        partners: QuerySet[Organization],
        known: list[Known],
        **named: Any,
    ) -> None:
        super().__init__(*arguments, **named)
        fields: Any = self.fields
        # Of who answers by account the institution sees what it is asked to do, not one alone.
        contacts = [one for one in known if one.contact is not None]
        fields["known"].offer(contacts)
        if not contacts:
            del self.fields["known"]
        self.users = {str(one.pk): one for one in colleagues}
        fields["user"].choices = [("", _("Choose")), *((key, one.name) for key, one in self.users.items())]
        fields["organization"].queryset = partners

    def said(self) -> dict[str, Any]:
        """What the verb takes."""
        given = dict(self.cleaned_data)
        given["user"] = self.users.get(given["user"])
        known = given.pop("known", None)
        return given | {"contact": known.contact, "organization": known.organization} if known else given


class SettleForm(forms.Form):
    """Why, or a remark."""

    why = forms.CharField(label=_("Why, or a remark"), required=False, max_length=_LONGEST, widget=writing(2))


class PutOffForm(forms.Form):
    """Another day, and why."""

    due_on = forms.DateField(label=_("Until"), widget=DayInput, validators=[within_calendar])
    why = forms.CharField(label=_("Why"), max_length=_LONGEST, widget=writing(2))

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["due_on"].widget.attrs |= {"min": timezone.localdate().isoformat()}


class HandForm(forms.Form):
    """To whom a task is given."""

    user = forms.ChoiceField(label=_("Who does the task"), widget=ManyChoices)

    def __init__(self, *arguments: Any, colleagues: list[User], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.users = {str(one.pk): one for one in colleagues}
        self.fields["user"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            *((key, one.name) for key, one in self.users.items()),
        ]

    def clean_user(self) -> User:
        """The colleague."""
        return self.users[self.cleaned_data["user"]]
