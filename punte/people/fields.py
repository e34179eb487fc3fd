"""A column that follows another."""

from typing import Any

from django.db import models

from punte.kernel.text import fold


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

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        folded = fold(getattr(model_instance, self.of))[: self.max_length]
        setattr(model_instance, self.attname, folded)
        return folded
