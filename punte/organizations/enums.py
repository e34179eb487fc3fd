from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganizationKind(models.TextChoices):
    TOWN_HALL = "town_hall", _("Town hall, social assistance service")
    COUNTY_DIRECTORATE = "county_directorate", _("County directorate (DGASPC)")
    NGO = "ngo", _("Non-governmental organisation")
    SCHOOL = "school", _("School")
    HEALTH = "health", _("Health unit")
    POLICE = "police", _("Police")
    CHURCH = "church", _("Religious organisation")
    PUBLIC = "public", _("Other public institution")
    PRIVATE = "private", _("Private provider")
