"""What the field brings to a day: questionnaires that were refused, and what was said differently there."""

import datetime as dt

from django.utils.translation import gettext_lazy, ngettext

from punte.accounts.enums import Capability as Can
from punte.accounts.guests import Guest, Waiting, Work, counts, who_may
from punte.accounts.models import User
from punte.fieldwork.models import FieldConflict, ReceivedForm
from punte.people.asked import Asked
from punte.www.frame.addresses import reverse


def from_the_field(user: User, today: dt.date) -> Waiting:
    """How many questionnaires wait for a person, and how many differences between the field and the record."""
    forms, conflicts = len(_forms(user)), len(_conflicts(user))
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


_forms = Asked(lambda user: ReceivedForm.objects.visible_to(user).waiting().order_by().values_list("pk"))
_conflicts = Asked(lambda user: FieldConflict.objects.visible_to(user).open().order_by().values_list("pk"))


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
