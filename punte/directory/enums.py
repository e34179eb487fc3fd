from django.db import models
from django.utils.translation import pgettext_lazy as _


class ServiceStatus(models.TextChoices):
    ACTIVE = "active", _("service status", "Active")
    SUSPENDED = "suspended", _("service status", "Suspended")
    CLOSED = "closed", _("service status", "Closed")


class ServiceMode(models.TextChoices):
    RESIDENTIAL = "residential", _("service mode", "Residential")
    DAY = "day", _("service mode", "Day")
    HOME = "home", _("service mode", "At home")
    MOBILE = "mobile", _("service mode", "Mobile")
    COMMUNITY = "community", _("service mode", "In the community")
    FAMILY = "family", _("service mode", "Family-type")
    HELPLINE = "helpline", _("service mode", "Helpline")


class CapacityUnit(models.TextChoices):
    PLACES = "places", _("capacity", "places")
    RESIDENTIAL_PLACES = "residential_places", _("capacity", "residential places")
    DAY_PLACES = "day_places", _("capacity", "day places")
    PERSONS = "persons", _("capacity", "persons")
    PER_DAY = "per_day", _("capacity", "persons per day")
    PER_MONTH = "per_month", _("capacity", "persons per month")
    PER_YEAR = "per_year", _("capacity", "persons per year")
    OTHER = "other", _("capacity", "other")
