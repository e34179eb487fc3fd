"""A tie between two cases must not lead to whom an order protects."""

from collections.abc import Collection

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import SEALED_COMPARTMENTS
from punte.cases.models import Case
from punte.kernel.errors import DomainError
from punte.people.models import Membership
from punte.registers.models import Entry


def refuse_across_orders(cases: Collection[Case]) -> None:
    """Refuse to tie cases while an entry about violence or abuse, as a protection order, holds on either side.

    Raises:
        DomainError: without saying what it is.
    """
    homes = [case.household_id for case in cases]
    living = Membership.objects.current().filter(household__in=homes).values("person")
    about = Q(person__in=living) | Q(household__in=homes) | Q(case__in=[case.pk for case in cases])
    today = timezone.localdate()
    holds = Q(start__lte=today) & (Q(end=None) | Q(end__gt=today))
    if Entry.objects.filter(about, holds, compartment__in=SEALED_COMPARTMENTS).exists():
        raise DomainError(_("These cases cannot be tied. Ask who answers for them."), field="other")
