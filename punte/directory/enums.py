from django.db import models
from django.utils.translation import gettext_lazy as _


class ServiceStatus(models.TextChoices):
    ACTIVE = "active", _("Active")
    SUSPENDED = "suspended", _("Suspended")
    CLOSED = "closed", _("Closed")


class ServiceMode(models.TextChoices):
    RESIDENTIAL = "residential", _("Residential")
    DAY = "day", _("Day")
    HOME = "home", _("At home")
    MOBILE = "mobile", _("Mobile")
    COMMUNITY = "community", _("In the community")
    FAMILY = "family", _("Family-type")
    HELPLINE = "helpline", _("Helpline")


class CapacityUnit(models.TextChoices):
    PLACES = "places", _("places")
    RESIDENTIAL_PLACES = "residential_places", _("residential places")
    DAY_PLACES = "day_places", _("day places")
    PERSONS = "persons", _("persons")
    PER_DAY = "per_day", _("persons per day")
    PER_MONTH = "per_month", _("persons per month")
    PER_YEAR = "per_year", _("persons per year")
    OTHER = "other", _("other")
