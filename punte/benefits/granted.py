"""Benefits granted in a UAT, as the register of benefits has them, of the records that an account reads."""

from collections import Counter
from collections.abc import Mapping, Sequence

from django.utils import timezone

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.benefits.given import BENEFITS
from punte.kernel.models import during
from punte.people.sight import hidden_from
from punte.registers.actions.writing import in_words
from punte.registers.catalogue import definitions_that_hold
from punte.registers.models import Entry
from punte.territory.models import Uat


def granted_in(user: User, uat: Uat) -> Mapping[str, int]:
    """By kind how many hold today, of people who live there in the account's own records; nobody behind a seal."""
    keepers = user.standing.organizations(Capability.SEE_PEOPLE)
    living = hidden_from(user).living().filter(household__uat=uat, household__keeper__in=keepers)
    if people := hidden_from(user).people:
        living = living.exclude(person__in=list(people))
    held = Entry.objects.filter(
        during(timezone.localdate()),
        register=BENEFITS,
        state="granted",
        erased_on=None,
        keeper__in=keepers,
        person__in=living.order_by().values("person"),
    )
    return Counter(values.get("kind", "") for values in held.order_by().values_list("values", flat=True))


def granted_lines(user: User, uat: Uat) -> Sequence[tuple[str, int]]:
    """The same in words, the most frequent first; nothing for who reads no record there."""
    definition = definitions_that_hold().get(BENEFITS)
    if definition is None or not user.standing.may(Capability.SEE_PEOPLE):
        return []
    names = {choice.key: in_words(choice.label) for choice in definition.fields["kind"].choices}
    counted = granted_in(user, uat).items()
    return sorted(
        ((names.get(kind, kind), count) for kind, count in counted), key=lambda one: (-one[1], one[0])
    )
