"""What one says of a device, and of a questionnaire that waits."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from punte.assessments.actions import Decisions, NewMember
from punte.fieldwork.mending import Answer, Answers, Mending, member_title
from punte.www.frame.fields import DayInput, OfOrganization

_POSITION = re.compile(r"[0-9]{1,4}")


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
        left_out = [
            int(name[8:]) for name, out in self.cleaned_data.items() if name.startswith("without-") and out
        ]
        chosen = {
            member.position - sum(out < member.position for out in left_out): self.cleaned_data[
                f"member-{member.position}"
            ]
            for member in self.members
            if member.position not in left_out
        }
        return {
            position: None if key == self.SOMEBODY_ELSE else UUID(key) for position, key in chosen.items()
        }


class MendForm(DecisionsForm):
    """The same, with the answers that may be corrected, and the members that may be left out.

    `seen` is the edition of the answers that stood on the page, `edition` that of now.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        answers: Sequence[Answers],
        refused: str,
        reason: str,
        edition: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, initial={"seen": edition}, **kwargs)
        self.groups, self.edition = answers, edition
        for group in answers:
            for row in group.rows:
                if row.may_be_mended:
                    self.fields[row.key] = _field_of(row, help_text=reason if row.key == refused else "")
            if group.member is not None and len(answers) > 2:
                self.fields[f"without-{group.member}"] = forms.BooleanField(
                    label=gettext("Leave this member out"), required=False
                )

    @property
    def rows(self) -> list[tuple[Answers, list[Answer], list[forms.BoundField]]]:
        """For each group, what is only shown and the fields."""
        return [
            (
                group,
                [row for row in group.rows if not row.may_be_mended],
                [self[name] for name in self._names_of(group)],
            )
            for group in self.groups
        ]

    def _names_of(self, group: Answers) -> list[str]:
        own = [row.key for row in group.rows if row.may_be_mended]
        return [*own, *(name for name in (f"without-{group.member}",) if name in self.fields)]

    @property
    def asked(self) -> list[forms.BoundField]:
        """Who the new members are."""
        return [self[f"member-{member.position}"] for member in self.members]

    @property
    def mending(self) -> Mending:
        """What was changed on the page."""
        stands = {row.key: row.text for group in self.groups for row in group.rows if row.may_be_mended}
        said = {name: str(self.cleaned_data.get(name) or "") for name in stands if name in self.data}
        without = {
            int(name[8:]) for name, out in self.cleaned_data.items() if name.startswith("without-") and out
        }
        changed = {name: text for name, text in said.items() if text != stands[name]}
        return Mending(changed, frozenset(without))

    @property
    def is_stale(self) -> bool:
        """Whether it was sent from a page on which other answers stood."""
        return self.is_bound and self.data.get("seen") != self.edition

    @property
    def typed(self) -> list[str]:
        """In words what was sent and differs from the answers of now, for who has to write it again."""
        rows = {row.key: row for group in self.groups for row in group.rows}
        asked = {row.key.partition("-")[2]: row for row in rows.values() if "-" in row.key}
        found = []
        for key, said in self.data.items():
            before, _dash, name = key.partition("-")
            row = rows.get(key) or (asked.get(name) if _POSITION.fullmatch(before) else None)
            text = str(said).strip()
            if row and text and text != (row.text if row.key == key else ""):
                title = member_title(int(before)) if _POSITION.fullmatch(before) else ""
                found.append(f"{title}, {row.label}: {row.choices.get(text, text)}".removeprefix(", "))
            elif before == "without" and _POSITION.fullmatch(name):
                found.append(f"{member_title(int(name))}: {gettext('Leave this member out')}")
        return found


def _field_of(row: Answer, *, help_text: str) -> forms.Field:
    if row.choices:
        choices = [("", "—"), *row.choices.items()]
        if row.text not in row.choices and row.text:
            choices.append((row.text, row.text))
        return forms.ChoiceField(
            label=row.label, choices=choices, initial=row.text, required=False, help_text=help_text
        )
    return forms.CharField(
        label=row.label, initial=row.text, required=False, max_length=2_000, help_text=help_text
    )


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
