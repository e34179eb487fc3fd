"""Services, asked for by those who refer to them."""

from typing import Self

from django.db import models


class ServiceQuerySet(models.QuerySet["models.Model"]):
    """Services with their places."""

    def active(self) -> Self:
        """Those that receive people now."""
        return self.filter(status="active")
