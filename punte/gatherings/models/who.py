"""Who sits, is invited, was there or does a task."""

from typing import Any

from django.db import models
from django.db.models import Q

from punte.accounts.models import User
from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Record
from punte.organizations.models import Contact, Organization
from punte.people.models import Person


class Who(Record):
    """Somebody: a person of the record, a colleague, a contact of an institution, an institution, or a name alone.

    At most one of `person`, `user` and `contact` is set; `organization` says for whom they speak, and stands alone
    where an institution is meant; `name` is only of who is known no other way.
    """

    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = EncryptedTextField()

    class Meta:
        abstract = True


def somebody(name: str) -> models.CheckConstraint:
    """That a row names somebody in one way."""
    fields = ("person", "user", "contact")
    alone = [Q(**{f"{other}__isnull": field != other for other in fields}) for field in fields]
    nobody_known = Q(**{f"{field}__isnull": True for field in fields})
    one: Any = alone[0] | alone[1] | alone[2]
    return models.CheckConstraint(
        condition=(one & Q(name="")) | (nobody_known & (Q(organization__isnull=False) | ~Q(name=""))),
        name=name,
    )
