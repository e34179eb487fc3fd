"""Forms around the questionnaire."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from punte.assessments.actions import NewMember
from punte.people.search import Likely
from punte.people.search.likely import LikelyReason

SOMEBODY_ELSE = "new"


class PeopleForm(forms.Form):
    """For each new member: which known person it is, or that it is somebody else."""

    def __init__(self, members: Sequence[NewMember], **options: Any) -> None:
        super().__init__(**options)
        self.members = members
        for member in members:
            self.fields[f"member_{member.position}"] = forms.ChoiceField(
                label=_("Who is %(name)s?") % {"name": str(member)},
                widget=forms.RadioSelect,
                choices=[
                    *((str(one.person.pk), _named(one)) for one in member.likely if one.person),
                    _someone_else(),
                ],
            )

    def decisions(self) -> dict[int, UUID | None]:
        """The choice for each member by position; None for somebody new."""
        return {member.position: self._chosen(member) for member in self.members}

    def _chosen(self, member: NewMember) -> UUID | None:
        value = self.cleaned_data[f"member_{member.position}"]
        return None if value == SOMEBODY_ELSE else UUID(value)


def _someone_else() -> tuple[str, str]:
    return SOMEBODY_ELSE, _("Somebody else: make a new record")


def _named(likely: Likely) -> str:
    person = likely.person
    assert person is not None
    born = date_format(person.birth_date, "j F Y").lower() if person.birth_date else _("birth date not known")
    if person.died_on:
        died = date_format(person.died_on, "j F Y").lower()
        born = _("%(born)s, died on %(died)s") % {"born": born, "died": died}
    return _("%(name)s, %(born)s (%(reason)s)") % {"name": person, "born": born, "reason": _why(likely)}


def _why(likely: Likely) -> str:
    if likely.reason is LikelyReason.SAME_CNP:
        return _("same CNP")
    if likely.reason is LikelyReason.SAME_BIRTH_DATE:
        return _("same birth date, similar name")
    return _("similar name")
