"""What one says of a device, and of a questionnaire that waits."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from punte.assessments.actions import Decisions, NewMember
from punte.www.frame.fields import DayInput, OfOrganization


class DeviceForm(OfOrganization):
    """A device of one's own."""

    field_order = ["name", "organization"]

    name = forms.CharField(
        label=_("Name of the device"), max_length=80, help_text=_("So that you know it: “blue tablet”.")
    )


class DecisionsForm(forms.Form):
    """For each new member of a questionnaire: one of the people on record, or somebody else."""

    SOMEBODY_ELSE = "new"

    def __init__(self, *args: Any, members: Sequence[NewMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = members
        for member in members:
            known = [(str(one.person.pk), _known(one.person)) for one in member.likely if one.person]
            self.fields[f"member-{member.position}"] = forms.ChoiceField(
                label=str(member),
                choices=[*known, (self.SOMEBODY_ELSE, _("Somebody else, not on record yet"))],
                widget=forms.RadioSelect,
            )

    @property
    def decisions(self) -> Decisions:
        """Who the new members are."""
        chosen = {member.position: self.cleaned_data[f"member-{member.position}"] for member in self.members}
        return {
            position: None if key == self.SOMEBODY_ELSE else UUID(key) for position, key in chosen.items()
        }


class PermitForm(forms.Form):
    """How long a sealed case may be taken along."""

    until = forms.DateField(label=_("Until, that day too"), widget=DayInput())


class UnsentForm(forms.Form):
    """The file that a tablet wrote."""

    file = forms.FileField(
        label=_("File of the tablet (.punte)"),
        widget=forms.FileInput(attrs={"accept": ".punte"}),
        allow_empty_file=True,
        help_text=_("At most 40 MB."),
    )


class SetAsideForm(forms.Form):
    """Why a questionnaire stays out of the record."""

    reason = forms.CharField(label=_("Reason"), max_length=500)


def _known(person: Any) -> str:
    born = f", {person.birth_date:%d.%m.%Y}" if person.birth_date else ""
    died = gettext("died on %(day)s") % {"day": f"{person.died_on:%d.%m.%Y}"} if person.died_on else ""
    return f"{person}{born} {died}".strip()
