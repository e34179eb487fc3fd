"""Organisations: town halls, schools, NGOs, hospitals; those that keep records and those that offer services."""

from django.db import models

from punte.kernel.encryption import EncryptedTextField
from punte.kernel.models import Period, Record
from punte.organizations.enums import OrganizationKind
from punte.territory.models import Uat


class Organization(Record):
    """An institution or association, by its legal name."""

    name = models.CharField(max_length=250)
    folded_name = models.CharField(max_length=250, db_index=True, editable=False)
    short_name = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=20, choices=OrganizationKind)
    uat = models.ForeignKey(
        Uat, null=True, blank=True, on_delete=models.PROTECT, related_name="organizations"
    )
    fiscal_code = models.CharField(max_length=12, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    address = models.CharField(max_length=250, blank=True)
    source = models.CharField(max_length=120, blank=True)
    # Who brought the institution in, and makes its accounts until it has an administrator of its own.
    brought_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="brought", editable=False
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["folded_name", "uat"], name="one_organization_of_a_name_per_uat")
        ]

    def __str__(self) -> str:
        return self.short_name or self.name


class Contact(Period):
    """Who answers at an institution for something, as one institution that works with it knows."""

    keeper = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="contacts")
    duty = models.CharField(max_length=40)
    name = EncryptedTextField()
    phone = EncryptedTextField()
    email = EncryptedTextField()
    remark = EncryptedTextField()

    class Meta(Period.Meta):
        ordering = ["duty", "-start", "id"]
        indexes = [models.Index(fields=["keeper", "organization", "duty"], name="contacts_of_keeper")]
