from django.db import models
from django.utils.translation import pgettext_lazy


class SheetState(models.TextChoices):
    """A sheet goes forward; the institution that receives it may send it back once, with a reason."""

    DRAFT = "draft", pgettext_lazy("sheet", "Being filled in")
    SIGNED = "signed", pgettext_lazy("sheet", "Signed")
    SENT = "sent", pgettext_lazy("sheet", "Sent")
    FROZEN = "frozen", pgettext_lazy("sheet", "Received, frozen")
