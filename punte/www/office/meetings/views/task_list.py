"""Tasks of everybody: one's own, of one's institution, of partners; with the case where there is one."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from punte.accounts.enums import SEALED_COMPARTMENTS, Capability
from punte.accounts.models import User
from punte.gatherings.actions.tasks import may_settle_task
from punte.gatherings.enums import TaskState
from punte.gatherings.models import Task
from punte.gatherings.queries import of_nobody, readable_tasks
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.listing import Column, Listing, View
from punte.www.frame.listing_deeds import list_page
from punte.www.frame.ordering import heading_of_term
from punte.www.office.meetings.views.meeting_page import who

WHO = ("user", "organization", "person", "contact")


@dataclass(frozen=True)
class ShownTask:
    """A task on a page: in words, but for a sealed case and for violence, of which a list says the number alone."""

    task: Task
    what: str
    whose: str
    settles: bool


def shown_tasks(user: User, tasks: Iterable[Task]) -> list[ShownTask]:
    """Tasks that the account reads, in words."""
    return [ShownTask(one, what_in_list(one), who(one), may_settle_task(user, one)) for one in tasks]


def what_in_list(task: Task) -> str:
    """What is to be done, where others may look at the screen."""
    if task.case and (task.case.sealed or task.compartment in SEALED_COMPARTMENTS):
        return _("Task, case %(number)s") % {"number": task.case}
    return task.words


class TaskFilter(forms.Form):
    """Which tasks to show."""

    whose = forms.ChoiceField(
        label=gettext_lazy("Whose"),
        required=False,
        choices=[
            ("mine", gettext_lazy("Mine")),
            ("all", gettext_lazy("Everybody's")),
            ("partners", gettext_lazy("Of institutions")),
            ("nobody", gettext_lazy("Of who left")),
        ],
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[
            ("open", gettext_lazy("To be done")),
            ("late", gettext_lazy("Late")),
            ("settled", gettext_lazy("No longer open")),
        ],
    )


class TaskList(Listing):
    """The tasks that an account reads, the soonest first."""

    name = "tasks"
    title = gettext_lazy("Tasks")
    template = "office_meetings/tasks.html"
    row_template = "office_meetings/task_row.html"
    form_class = TaskFilter
    usual_sort = "due"
    searched = ""
    none_yet = gettext_lazy("Nothing is to be done.")
    columns = (
        Column("what", gettext_lazy("What is to be done"), lambda one: one.shown.what),
        Column("case", gettext_lazy("Case"), lambda one: str(one.case or ""), shown=False),
        Column(
            "who", gettext_lazy("Who does the task"), lambda one: one.shown.whose, names=True, style="who"
        ),
        Column("due", gettext_lazy("Until"), lambda one: one.due_on, ("due_on",), style="when"),
        Column("state", gettext_lazy("State"), lambda one: one.get_state_display()),
    )

    @property
    def views(self) -> tuple[View, ...]:  # type: ignore[override]
        """Ways of looking that everybody needs."""
        return (
            View(_("Mine"), counted=False),
            View(_("Everybody's"), {"whose": "all"}, counted=False),
            View(_("Of institutions"), {"whose": "partners"}, counted=False),
            View(_("Of who left"), {"whose": "nobody"}),
        )

    def usual(self) -> Mapping[str, str]:
        return {"whose": "mine", "state": "open"}

    def alike(self) -> Hashable:
        return ()

    def all(self) -> QuerySet[Task]:
        rows = Task.objects.visible_to(self.user)
        return rows.select_related(*WHO, "case__household", "keeper")

    def narrowed(self, rows: QuerySet[Task], asked: Mapping[str, Any]) -> QuerySet[Task]:
        rows = self._of_whom(rows, asked.get("whose") or "mine")
        match asked.get("state"):
            case "settled":
                return rows.exclude(state=TaskState.OPEN)
            case "late":
                return rows.filter(state=TaskState.OPEN, due_on__lt=timezone.localdate())
        return rows.filter(state=TaskState.OPEN)

    def _of_whom(self, rows: QuerySet[Task], whose: str) -> QuerySet[Task]:
        match whose:
            case "all":
                return rows
            case "partners":
                return rows.filter(user=None, organization__isnull=False)
            case "nobody":
                return rows.filter(of_nobody(), state=TaskState.OPEN)
        return rows.filter(user=self.user)

    @property
    def found(self) -> QuerySet[Task]:  # type: ignore[override]
        """Those of parts of the record that the account reads; its own always."""
        rows = super().found
        parts = self.user.standing.every_compartment()
        return rows.filter(Q(case=None) | Q(user=self.user) | Q(compartment__in=[str(one) for one in parts]))

    def prepared(self, rows: list[Task]) -> list[Task]:
        reads = {one.pk for one in readable_tasks(self.user, rows)}
        for row in rows:
            task: Any = row
            hidden = row.pk not in reads
            task.shown = ShownTask(row, _("Task") if hidden else what_in_list(row), who(row), False)
        return rows

    def part(self, row: Task) -> str:
        return heading_of_term(row.due_on)

    def read(self, rows: Sequence[Task]) -> Iterable[Mapping[str, Any]]:
        return [
            {
                "keeper": one.keeper_id,
                "subject": one.pk,
                "case": one.case_id,
                "household": one.case.household_id if one.case else None,
                "sealed": bool(one.case and one.case.sealed),
            }
            for one in rows
        ]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.MEET)
def task_list(request: SignedIn) -> HttpResponse:
    """A page of tasks, the soonest first."""
    return list_page(TaskList(request))
