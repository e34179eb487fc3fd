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
