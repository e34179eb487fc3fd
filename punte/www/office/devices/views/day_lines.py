"""What the field brings to a day: questionnaires that were refused, and what was said differently there."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from punte.accounts.enums import Capability as Can
from punte.accounts.guests import Guest, Waiting, Work, counts, who_may
from punte.accounts.models import User
from punte.fieldwork.models import FieldConflict, ReceivedForm


def from_the_field(user: User, today: dt.date) -> Waiting:
    """How many questionnaires wait for a person, and how many differences between the field and the record."""
    forms = ReceivedForm.objects.visible_to(user).waiting().count()
    conflicts = FieldConflict.objects.visible_to(user).open().count()
    return counts(
        (
            forms,
            ngettext(
                "%(n)s questionnaire from the field to look at",
                "%(n)s questionnaires from the field to look at",
                forms,
            ),
            reverse("received_forms"),
        ),
        (
            conflicts,
            ngettext(
                "%(n)s difference between the field and the record to settle",
                "%(n)s differences between the field and the record to settle",
                conflicts,
            ),
            reverse("field_conflicts"),
        ),
    )


DAY = Guest(
    "devices",
    day=(
        Work(
            "field",
            who_may(Can.ASSESS),
            from_the_field,
            gettext_lazy("what your devices sent and could not be taken as it is"),
            "devices",
            gettext_lazy("Devices"),
        ),
    ),
)
