"""A column that follows another."""

from typing import Any

from django.db import models

from punte.kernel.text import fold
from punte.people.places import folded_address, folded_phone


class FoldedField(models.CharField):
    """The folded text of another field of the row, written with it: by it rows are ordered and found.

    The database's own order of letters puts „Șerban” after „Zamfir”, or not, as its collation happens to be.
    """

    def __init__(self, *, of: str, **options: Any) -> None:
        self.of = of
        super().__init__(**{"editable": False, "default": "", "blank": True, **options})

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "of": self.of}

    def folded(self, row: models.Model) -> str:
        """What it holds of a row."""
        return fold(getattr(row, self.of))

    def pre_save(self, model_instance: models.Model, add: bool) -> str | None:
        folded = self.folded(model_instance)[: self.max_length] or (None if self.null else "")
        setattr(model_instance, self.attname, folded)
        return folded


class FoldedAddress(FoldedField):
    """The words of the row's address and locality, by which a household is found."""

    def folded(self, row: models.Model) -> str:
        return folded_address(getattr(row, self.of), getattr(row, "locality", ""))


class FoldedPhone(FoldedField):
    """The digits of the row's phone, by which whoever has it is found."""

    def folded(self, row: models.Model) -> str:
        return folded_phone(getattr(row, self.of))
