"""The plan as rows that are added and removed on the page, with or without JavaScript."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from punte.accounts.enums import Compartment
from punte.cases.enums import AgreementWay, Progress
from punte.cases.models import Objective, PlannedService
from punte.cases.plan_input import ObjectiveInput, StepInput
from punte.www.frame.fields import DayInput
from punte.www.office.cases.forms.inputs import Choices, as_id, future_message, not_in_future, offer

MOST_ROWS = 60
_OBJECTIVE_FIELDS = ("id", "person", "text", "codes", "compartment", "due_on", "progress")
_STEP_FIELDS = ("id", "text", "service", "interventions", "refer_to", "worker", "due_on", "done_on")


@dataclass(frozen=True)
class PlanChoices:
    """What the rows of a plan may choose from."""

    people: Choices
    workers: Choices
    writes_in: Choices


def _kept() -> forms.TextInput:
    """An input that nobody sees but that is kept with the draft, as hidden inputs are not."""
    return forms.TextInput(attrs={"hidden": True})


class ObjectiveForm(forms.Form):
    """What should be true, for whom and by when."""

    id = forms.UUIDField(required=False, widget=_kept())
    codes = forms.CharField(required=False, widget=_kept())
    text = forms.CharField(label=_("Objective"), max_length=300)
    person = forms.ChoiceField(label=_("For whom"), required=False)
    due_on = forms.DateField(label=_("By when"), required=False, widget=DayInput())
    progress = forms.ChoiceField(choices=Progress, initial=Progress.NOT_STARTED, widget=_kept())
    compartment = forms.ChoiceField(label=_("Who may read it"), initial=Compartment.GENERAL)

    def __init__(self, *arguments: Any, choices: PlanChoices, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "person", choices.people)
        offer(self, "compartment", choices.writes_in)


class StepForm(forms.Form):
    """A step towards an objective: who does what, by when."""

    id = forms.UUIDField(required=False, widget=_kept())
    service = forms.CharField(required=False, max_length=30, widget=_kept())
    interventions = forms.CharField(required=False, widget=_kept())
    refer_to = forms.CharField(required=False, widget=_kept())
    text = forms.CharField(label=_("Step"), max_length=300)
    worker = forms.ChoiceField(label=_("Who does it"), required=False)
    due_on = forms.DateField(label=_("By when"), required=False, widget=DayInput())
    done_on = forms.DateField(required=False, widget=_kept())

    def __init__(self, *arguments: Any, choices: PlanChoices, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "worker", choices.workers)


@dataclass
class StepRow:
    """A step as typed."""

    values: dict[str, str] = field(default_factory=dict)
    fresh: bool = False
    form: StepForm | None = None


@dataclass
class ObjectiveRow:
    """An objective as typed, with its steps."""

    values: dict[str, str] = field(default_factory=dict)
    steps: list[StepRow] = field(default_factory=list)
    fresh: bool = False
    form: ObjectiveForm | None = None


class PlanEditor:
    """All rows of a plan in one form."""

    def __init__(self, rows: list[ObjectiveRow], choices: PlanChoices, *, bound: bool) -> None:
        self.rows = rows
        for number, row in enumerate(rows):
            row.form = _form(ObjectiveForm, row.values, f"o{number}", choices, bound=bound)
            for place, step in enumerate(row.steps):
                step.form = _form(StepForm, step.values, f"o{number}-s{place}", choices, bound=bound)
        _focus(rows)

    @classmethod
    def of(cls, objectives: Iterable[Objective], choices: PlanChoices) -> "PlanEditor":
        """The rows of a saved plan."""
        rows = [
            ObjectiveRow(
                _objective_values(objective), [StepRow(_step_values(step)) for step in objective.steps.all()]
            )
            for objective in objectives
        ]
        return cls(rows, choices, bound=False)

    @property
    def forms(self) -> list[forms.Form]:
        """Every form of the page, in its order."""
        found: list[forms.Form] = []
        for row in self.rows:
            found += [form for form in (row.form, *(step.form for step in row.steps)) if form]
        return found

    def is_valid(self) -> bool:
        """Whether every row is; all of them are checked, so that all errors show at once."""
        return not [form for form in self.forms if not form.is_valid()]

    def objectives(self) -> list[ObjectiveInput]:
        """The plan as the verb takes it; only after `is_valid`."""
        return [_objective(row) for row in self.rows]


def typed_rows(data: Mapping[str, str]) -> list[ObjectiveRow]:
    """The rows that a form sent, as they were typed."""
    rows = []
    for number in range(_count(data, "objectives")):
        prefix = f"o{number}"
        steps = [
            StepRow({name: data.get(f"{prefix}-s{place}-{name}", "") for name in _STEP_FIELDS})
            for place in range(_count(data, f"{prefix}-steps"))
        ]
        rows.append(
            ObjectiveRow({name: data.get(f"{prefix}-{name}", "") for name in _OBJECTIVE_FIELDS}, steps)
        )
    return rows


def rearranged(rows: list[ObjectiveRow], operation: str) -> list[ObjectiveRow]:
    """The rows after a press on „add” or „remove”.

    Args:
        operation: `add`, `add:2` (a step to the third objective), `drop:2`, `drop:2:0`.
    """
    asked = re.fullmatch(r"(add|drop)(?::(\d{1,6}))?(?::(\d{1,6}))?", operation)
    if asked is None:
        return rows
    verb, objective, step = asked[1], _index(asked[2]), _index(asked[3])
    if objective is None:
        return [*rows, ObjectiveRow(fresh=True, steps=[StepRow()])] if verb == "add" else rows
    if objective >= len(rows):
        return rows
    steps = rows[objective].steps
    if verb == "add":
        steps.append(StepRow(fresh=True))
    elif step is None:
        del rows[objective]
    elif step < len(steps):
        del steps[step]
    return rows


class AgreementForm(forms.Form):
    """Who agreed the plan, when and how."""

    agreed_with = forms.ChoiceField(label=_("Who agreed, for the family"))
    agreed_on = forms.DateField(label=_("Day of the agreement"), widget=DayInput())
    agreed_how = forms.ChoiceField(label=_("How they agreed"), choices=AgreementWay, widget=forms.RadioSelect)

    def __init__(self, *arguments: Any, people: Choices, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "agreed_with", people)
        self.fields["agreed_on"].initial = timezone.localdate()

    def clean_agreed_on(self) -> Any:
        """An agreement is noted when it was given."""
        day = self.cleaned_data["agreed_on"]
        not_in_future(day, future_message())
        return day


def _form(kind: Any, values: dict[str, str], prefix: str, choices: PlanChoices, *, bound: bool) -> Any:
    if bound:
        data = {f"{prefix}-{name}": value for name, value in values.items()}
        return kind(data, prefix=prefix, choices=choices)
    known = {name: value for name, value in values.items() if value != ""}
    return kind(initial=known, prefix=prefix, choices=choices)


def _focus(rows: list[ObjectiveRow]) -> None:
    """Put the cursor into the row that was just added."""
    for row in rows:
        shown: list[ObjectiveRow | StepRow] = [row, *row.steps]
        for fresh in shown:
            if fresh.fresh and fresh.form:
                fresh.form.fields["text"].widget.attrs["autofocus"] = True
                return


def _objective_values(objective: Objective) -> dict[str, str]:
    return {
        "id": str(objective.pk),
        "person": str(objective.person_id or ""),
        "text": objective.text,
        "codes": _joined(objective.codes),
        "compartment": objective.compartment,
        "due_on": objective.due_on.isoformat() if objective.due_on else "",
        "progress": objective.progress,
    }


def _step_values(step: PlannedService) -> dict[str, str]:
    return {
        "id": str(step.pk),
        "text": step.text,
        "service": step.service,
        "interventions": _joined(step.interventions),
        "refer_to": _joined(step.refer_to),
        "worker": str(step.worker_id or ""),
        "due_on": step.due_on.isoformat() if step.due_on else "",
        "done_on": step.done_on.isoformat() if step.done_on else "",
    }


def _objective(row: ObjectiveRow) -> ObjectiveInput:
    assert row.form is not None
    clean = row.form.cleaned_data
    return ObjectiveInput(
        id=clean["id"],
        person_id=as_id(clean["person"]),
        text=clean["text"],
        codes=_apart(clean["codes"]),
        compartment=clean["compartment"],
        due_on=clean["due_on"],
        progress=clean["progress"],
        steps=[_step(step) for step in row.steps],
    )


def _step(row: StepRow) -> StepInput:
    assert row.form is not None
    clean = row.form.cleaned_data
    return StepInput(
        id=clean["id"],
        text=clean["text"],
        service=clean["service"],
        interventions=_apart(clean["interventions"]),
        refer_to=_apart(clean["refer_to"]),
        worker_id=as_id(clean["worker"]),
        due_on=clean["due_on"],
        done_on=clean["done_on"],
    )


def _joined(codes: list[str]) -> str:
    """Codes of the nomenclature have a space within („8891 CZ-C-II”), none has a comma."""
    return ",".join(codes)


def _apart(text: str) -> list[str]:
    return [code for code in text.split(",") if code]


def _count(data: Mapping[str, str], name: str) -> int:
    value = data.get(name, "0")
    return min(int(value[:6]), MOST_ROWS) if value.isascii() and value.isdigit() else 0


def _index(text: str | None) -> int | None:
    return int(text) if text else None
