from enum import StrEnum

from django.db import models
from django.utils.translation import pgettext_lazy


class ServiceStatus(models.TextChoices):
    ACTIVE = "active", pgettext_lazy("service status", "Active")
    SUSPENDED = "suspended", pgettext_lazy("service status", "Suspended")
    CLOSED = "closed", pgettext_lazy("service status", "Closed")


class ServiceMode(models.TextChoices):
    RESIDENTIAL = "residential", pgettext_lazy("service mode", "Residential")
    DAY = "day", pgettext_lazy("service mode", "Day")
    HOME = "home", pgettext_lazy("service mode", "At home")
    MOBILE = "mobile", pgettext_lazy("service mode", "Mobile")
    COMMUNITY = "community", pgettext_lazy("service mode", "In the community")
    FAMILY = "family", pgettext_lazy("service mode", "Family-type")
    HELPLINE = "helpline", pgettext_lazy("service mode", "Helpline")


class CapacityUnit(models.TextChoices):
    PLACES = "places", pgettext_lazy("capacity", "places")
    RESIDENTIAL_PLACES = "residential_places", pgettext_lazy("capacity", "residential places")
    DAY_PLACES = "day_places", pgettext_lazy("capacity", "day places")
    PERSONS = "persons", pgettext_lazy("capacity", "persons")
    PER_DAY = "per_day", pgettext_lazy("capacity", "persons per day")
    PER_MONTH = "per_month", pgettext_lazy("capacity", "persons per month")
    PER_YEAR = "per_year", pgettext_lazy("capacity", "persons per year")
    OTHER = "other", pgettext_lazy("capacity", "other")


class CountSource(StrEnum):
    """Who counted, where a capacity or an occupancy is from no document: those name their data set instead."""

    PROVIDER = "said"
    REFERRAL = "referral"
    """A place was taken or given back, by a referral or by an entry of a register."""


class Weekday(models.IntegerChoices):
    """Days as ISO 8601 counts them."""

    MONDAY = 1, pgettext_lazy("weekday", "Monday")
    TUESDAY = 2, pgettext_lazy("weekday", "Tuesday")
    WEDNESDAY = 3, pgettext_lazy("weekday", "Wednesday")
    THURSDAY = 4, pgettext_lazy("weekday", "Thursday")
    FRIDAY = 5, pgettext_lazy("weekday", "Friday")
    SATURDAY = 6, pgettext_lazy("weekday", "Saturday")
    SUNDAY = 7, pgettext_lazy("weekday", "Sunday")


class ProposalKind(models.TextChoices):
    NEW = "new", pgettext_lazy("proposal", "New service")
    CLAIM = "claim", pgettext_lazy("proposal", "This service is ours")
    DETAILS = "details", pgettext_lazy("proposal", "Change of what is published")
    STATUS = "status", pgettext_lazy("proposal", "Open, suspended or closed")


class ProposalStatus(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("proposal status", "Waiting to be checked")
    PUBLISHED = "published", pgettext_lazy("proposal status", "Published")
    REFUSED = "refused", pgettext_lazy("proposal status", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("proposal status", "Withdrawn")
