"""The words of programmes that are one of a closed list."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class ProgrammeKind(TextChoices):
    """What a programme is."""

    PROJECT = "project", pgettext_lazy("programme", "Project")
    STRATEGY = "strategy", pgettext_lazy("programme", "Strategy")
    NATIONAL = "national", pgettext_lazy("programme", "National strategy")
    REGISTER = "register", pgettext_lazy("programme", "Register of projects")
    ANNUAL = "annual", pgettext_lazy("programme", "Annual plan")


class NodeKind(TextChoices):
    """What stands at one place of the tree."""

    COMPONENT = "component", pgettext_lazy("programme", "Component")
    OBJECTIVE = "objective", pgettext_lazy("programme", "Objective")
    ACTION = "action", pgettext_lazy("programme", "Action")
    ACTIVITY = "activity", pgettext_lazy("programme", "Activity")


class ActionState(TextChoices):
    """How far an action is, as who answers for it reports."""

    NOT_BEGUN = "not_begun", pgettext_lazy("programme", "Not begun")
    UNDER_WAY = "under_way", pgettext_lazy("programme", "Under way")
    DONE = "done", pgettext_lazy("programme", "Done")
    LATE = "late", pgettext_lazy("programme", "Late")
    GIVEN_UP = "given_up", pgettext_lazy("programme", "Given up")


class FigureSource(TextChoices):
    """Where the value of an indicator comes from."""

    HAND = "hand", pgettext_lazy("programme", "Typed in")
    SQL = "sql", pgettext_lazy("programme", "Counted from an extract")
    PRINTED = "printed", pgettext_lazy("programme", "Printed in the source")


class Verdict(TextChoices):
    """What a programme's own figures say of a claim."""

    CARRIED = "carried", pgettext_lazy("claim", "The figures carry it")
    LESS = "less", pgettext_lazy("claim", "Says less than the figures")
    CONTRADICTED = "contradicted", pgettext_lazy("claim", "The figures say otherwise")
    UNFOUNDED = "unfounded", pgettext_lazy("claim", "No figure to carry it")
