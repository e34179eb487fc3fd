from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentKind(models.TextChoices):
    SOCIAL_INQUIRY = "social_inquiry", _("Social inquiry")
    SERVICE_PLAN = "service_plan", _("Plan of services")
    CHRONOLOGY = "chronology", _("Chronology")
    VMI_APPLICATION = "vmi_application", _("Application for the minimum inclusion income")
