"""The plan as rows that are added and removed on the page, with or without JavaScript."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from punte.accounts.enums import Compartment
from punte.cases.enums import Progress
from punte.cases.models import Objective
from punte.cases.plan_input import ObjectiveInput, StepInput
from punte.cases.professions import FAMILY
from punte.www.frame.fields import DayInput, ManyChoices
from punte.www.office.cases.forms.inputs import (
    Choices,
    as_id,
    offer,
)
from punte.www.office.cases.forms.plan_values import (
    BY_ROLE,
    apart,
    called,
    objective_values,
    step_values,
)

MOST_ROWS = 60
_OBJECTIVE_FIELDS = ("id", "person", "text", "codes", "compartment", "due_on", "progress", "later")
_STEP_FIELDS = (
    *("id", "text", "service", "interventions", "refer_to", "findings", "role"),
    *("worker", "due_on", "done_on"),
)


@dataclass(frozen=True)
class PlanChoices:
    """What the rows of a plan may choose from; `roles` are the professions, and the family, without a name."""

    people: Choices
    workers: Choices
    roles: Choices
    writes_in: Choices

    @property
    def who(self) -> list[Any]:
        """Who may do a step: nobody yet, a colleague, a profession."""
        roles = [(f"{BY_ROLE}{role}", label) for role, label in self.roles]
        return [("", _("Not set")), (_("By name"), self.workers), (_("By profession"), roles)]


def _kept() -> forms.TextInput:
    """An input that nobody sees but that is kept with the draft, as hidden inputs are not."""
    return forms.TextInput(attrs={"hidden": True})


def _sentence(label: Any) -> forms.CharField:
    """One sentence in a box that is as high as it needs to be."""
    return forms.CharField(
        label=label, max_length=300, widget=forms.Textarea(attrs={"rows": 1, "class": "sentence"})
    )


class ObjectiveForm(forms.Form):
    """What should be true, for whom and by when."""

    id = forms.UUIDField(required=False, widget=_kept())
    codes = forms.CharField(required=False, widget=_kept())
    later = forms.BooleanField(required=False, widget=_kept())
    text = _sentence(_("Objective"))
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
    findings = forms.CharField(required=False, widget=_kept())
    role = forms.CharField(required=False, max_length=30, widget=_kept())
    text = _sentence(_("Step"))
    worker = forms.ChoiceField(label=_("Who does it"), required=False, widget=ManyChoices())
    due_on = forms.DateField(label=_("By when"), required=False, widget=DayInput())
    done_on = forms.DateField(required=False, widget=_kept())

    def __init__(self, *arguments: Any, choices: PlanChoices, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "worker", choices.who)


class BulkForm(forms.Form):
    """Who does the ticked steps, and by when; what is left empty stays as it is."""

    worker = forms.ChoiceField(label=_("Who does it"), required=False, widget=ManyChoices())
    due_on = forms.DateField(label=_("By when"), required=False, widget=DayInput())

    prefix = "bulk"

    def __init__(self, data: Mapping[str, Any] | None = None, *, choices: PlanChoices) -> None:
        super().__init__(data)
        offer(self, "worker", [("", _("As it is")), *choices.who[1:]])


@dataclass
class StepRow:
    """A step as typed."""

    values: dict[str, str] = field(default_factory=dict)
    fresh: bool = False
    ticked: bool = False
    form: StepForm | None = None
    names: str = ""

    @property
    def text(self) -> str:
        """Its sentence, as typed."""
        return self.values.get("text", "")

    @property
    def findings(self) -> list[list[str | None]]:
        """The findings that call for it, as they came with the page."""
        return called(self.values.get("findings", ""))

    @property
    def people(self) -> list[UUID]:
        """Of whom they are."""
        return [UUID(person) for person, _code in self.findings if person]


@dataclass
class ObjectiveRow:
    """An objective as typed, with its steps."""

    values: dict[str, str] = field(default_factory=dict)
    steps: list[StepRow] = field(default_factory=list)
    fresh: bool = False
    form: ObjectiveForm | None = None
    about: Any = None

    @property
    def text(self) -> str:
        """Its sentence, as typed."""
        return self.values.get("text", "")

    @property
    def codes(self) -> list[str]:
        """The findings that it answers."""
        return apart(self.values.get("codes", ""))

    @property
    def later(self) -> bool:
        """Whether it waits behind the priorities."""
        return self.values.get("later") == "on"

    @property
    def whole(self) -> bool:
        """Whether it is of the whole household, so that a step says for whom it is."""
        return not self.values.get("person")


class PlanEditor:
    """All rows of a plan in one form."""

    def __init__(self, rows: list[ObjectiveRow], choices: PlanChoices, *, bound: bool) -> None:
        self.rows = rows
        self.bulk = BulkForm(choices=choices)
        for number, row in enumerate(rows):
            row.form = _form(ObjectiveForm, row.values, f"o{number}", choices, bound=bound)
            for place, step in enumerate(row.steps):
                step.form = _form(StepForm, step.values, f"o{number}-s{place}", choices, bound=bound)
            if row.later:
                _keep_unseen(row)
        _focus(rows)

    @classmethod
    def of(cls, objectives: Iterable[Objective], choices: PlanChoices) -> "PlanEditor":
        """The rows of a saved plan."""
        rows = [
            ObjectiveRow(
                objective_values(objective), [StepRow(step_values(step)) for step in objective.steps.all()]
            )
            for objective in objectives
        ]
        return cls(rows, choices, bound=False)

    @property
    def first(self) -> list[tuple[int, ObjectiveRow]]:
        """The priorities, each with its number in the form."""
        return [(number, row) for number, row in enumerate(self.rows) if not row.later]

    @property
    def waiting(self) -> list[tuple[int, ObjectiveRow]]:
        """Those for later."""
        return [(number, row) for number, row in enumerate(self.rows) if row.later]

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
            StepRow(
                {name: data.get(f"{prefix}-s{place}-{name}", "") for name in _STEP_FIELDS},
                ticked=bool({f"{prefix}-s{place}-tick", f"{prefix}-tick", "all-tick"} & data.keys()),
            )
            for place in range(_count(data, f"{prefix}-steps"))
        ]
        rows.append(
            ObjectiveRow({name: data.get(f"{prefix}-{name}", "") for name in _OBJECTIVE_FIELDS}, steps)
        )
    return rows


def rearranged(rows: list[ObjectiveRow], operation: str, bulk: BulkForm | None = None) -> list[ObjectiveRow]:
    """The rows after a press that changes them and saves nothing.

    Args:
        operation: `add`, `add:2` (a step to the third objective), `drop:2`, `drop:2:0`, `later:2`, `up:2`, `assign`
            (what `bulk` says to the ticked steps).
    """
    asked = re.fullmatch(r"(add|drop|later|up|assign)(?::(\d{1,6}))?(?::(\d{1,6}))?", operation)
    if asked is None:
        return rows
    verb, objective, step = asked[1], _index(asked[2]), _index(asked[3])
    if verb == "assign":
        return _assigned(rows, bulk)
    if objective is None:
        return [*rows, ObjectiveRow(fresh=True, steps=[StepRow()])] if verb == "add" else rows
    if objective >= len(rows):
        return rows
    if verb in ("later", "up"):
        return _moved(rows, objective, later=verb == "later")
    steps = rows[objective].steps
    if verb == "add":
        steps.append(StepRow(fresh=True))
    elif step is None:
        del rows[objective]
    elif step < len(steps):
        del steps[step]
    return rows


def _moved(rows: list[ObjectiveRow], place: int, *, later: bool) -> list[ObjectiveRow]:
    """What is put off waits first, what is brought up stands last of the priorities."""
    row = rows[place]
    row.values["later"] = "on" if later else ""
    others = [each for each in rows if each is not row]
    first = [each for each in others if not each.later]
    return [*first, row, *(each for each in others if each.later)]


def _assigned(rows: list[ObjectiveRow], bulk: BulkForm | None) -> list[ObjectiveRow]:
    if bulk is None or not bulk.is_valid():
        return rows
    for step in (step for row in rows for step in row.steps if step.ticked):
        if bulk.cleaned_data["worker"]:
            step.values["worker"] = bulk.cleaned_data["worker"]
        if bulk.cleaned_data["due_on"]:
            step.values["due_on"] = bulk.cleaned_data["due_on"].isoformat()
    return rows


def _form(kind: Any, values: dict[str, str], prefix: str, choices: PlanChoices, *, bound: bool) -> Any:
    if bound:
        data = {f"{prefix}-{name}": value for name, value in values.items()}
        return kind(data, prefix=prefix, choices=choices)
    known = {name: value for name, value in values.items() if value != ""}
    return kind(initial=known, prefix=prefix, choices=choices)


def _keep_unseen(row: ObjectiveRow) -> None:
    """What waits goes along with the page, and is not written in."""
    for form in (row.form, *(step.form for step in row.steps)):
        for field_ in form.fields.values() if form else ():
            field_.widget = _kept()


def _focus(rows: list[ObjectiveRow]) -> None:
    """Put the cursor into the row that was just added."""
    for row in rows:
        shown: list[ObjectiveRow | StepRow] = [row, *row.steps]
        for fresh in shown:
            if fresh.fresh and fresh.form:
                fresh.form.fields["text"].widget.attrs["autofocus"] = True
                return


def _objective(row: ObjectiveRow) -> ObjectiveInput:
    assert row.form is not None
    clean = row.form.cleaned_data
    return ObjectiveInput(
        id=clean["id"],
        person_id=as_id(clean["person"]),
        text=" ".join(clean["text"].split()),
        codes=apart(clean["codes"]),
        compartment=clean["compartment"],
        due_on=clean["due_on"],
        progress=clean["progress"],
        later=clean["later"],
        steps=[_step(step) for step in row.steps],
    )


def _step(row: StepRow) -> StepInput:
    assert row.form is not None
    clean = row.form.cleaned_data
    who, role = clean["worker"], clean["role"]
    if who.startswith(BY_ROLE):
        who, role = "", who.removeprefix(BY_ROLE)
    elif not who or role == FAMILY:
        # Who is named without having been offered it does it as themselves; nobody is nobody.
        role = ""
    return StepInput(
        id=clean["id"],
        text=" ".join(clean["text"].split()),
        service=clean["service"],
        interventions=apart(clean["interventions"]),
        refer_to=apart(clean["refer_to"]),
        findings=row.findings,
        role=role,
        worker_id=as_id(who),
        due_on=clean["due_on"],
        done_on=clean["done_on"],
    )


def _count(data: Mapping[str, str], name: str) -> int:
    value = data.get(name, "0")
    return min(int(value[:6]), MOST_ROWS) if value.isascii() and value.isdigit() else 0


def _index(text: str | None) -> int | None:
    return int(text) if text else None
