# The stubs promise a statement where Django itself takes None for "none needed".
# mypy: disable-error-code="override"
"""A constraint that Django has for PostgreSQL alone, made to hold on SQLite too."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


class NoOverlap(models.BaseConstraint):
    """No two rows with the same `key` may have periods `[start, end)` that overlap.

    PostgreSQL holds it by an exclusion constraint (extension btree_gist), SQLite by triggers; both refuse with
    an IntegrityError that carries `name`.
    """

    def __init__(self, *, name: str, key: Sequence[str]) -> None:
        super().__init__(name=name, violation_error_code="overlap")
        self.key = tuple(key)

    def constraint_sql(
        self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor
    ) -> str | None:
        if schema_editor.connection.vendor == "sqlite":
            # A rebuilt table is created as new__<table> and renamed before the deferred statements run.
            schema_editor.deferred_sql.extend(
                self._triggers(model, model._meta.db_table.removeprefix("new__"))
            )
            return None
        return f'CONSTRAINT "{self.name}" {self._exclusion(model)}'

    def create_sql(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> str | None:
        if schema_editor.connection.vendor == "sqlite":
            for statement in self._triggers(model, model._meta.db_table):
                schema_editor.execute(statement)
            return None
        return f'ALTER TABLE "{model._meta.db_table}" ADD CONSTRAINT "{self.name}" {self._exclusion(model)}'

    def remove_sql(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> str | None:
        if schema_editor.connection.vendor == "sqlite":
            for event in ("insert", "update"):
                schema_editor.execute(f'DROP TRIGGER IF EXISTS "{self.name}_{event}"')
            return None
        return f'ALTER TABLE "{model._meta.db_table}" DROP CONSTRAINT "{self.name}"'

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: str = DEFAULT_DB_ALIAS) -> None:
        others = model._default_manager.using(using).filter(
            **{name: getattr(instance, name) for name in self.key}
        )
        others = others.exclude(pk=instance.pk).filter(models.Q(end=None) | models.Q(end__gt=instance.start))
        if instance.end is not None:
            others = others.filter(start__lt=instance.end)
        if others.exists():
            raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        return "punte.kernel.constraints.NoOverlap", (), {"name": self.name, "key": self.key}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NoOverlap) and (self.name, self.key) == (other.name, other.key)

    def _columns(self, model: type[models.Model]) -> list[str]:
        columns = {field.name: str(field.column) for field in model._meta.concrete_fields}
        return [columns[name] for name in self.key]

    def _exclusion(self, model: type[models.Model]) -> str:
        keys = ", ".join(f'"{column}" WITH =' for column in self._columns(model))
        return f'EXCLUDE USING gist ({keys}, daterange("start", "end", \'[)\') WITH &&)'

    def _triggers(self, model: type[models.Model], table: str) -> list[str]:
        same = " AND ".join(f'other."{column}" = NEW."{column}"' for column in self._columns(model))
        overlapping = (
            f'SELECT 1 FROM "{table}" AS other WHERE {same} AND other.id <> NEW.id'
            ' AND (other."end" IS NULL OR other."end" > NEW."start")'
            ' AND (NEW."end" IS NULL OR other."start" < NEW."end")'
        )
        return [
            f'CREATE TRIGGER "{self.name}_{event}" BEFORE {event.upper()} ON "{table}"'
            f" WHEN EXISTS ({overlapping}) BEGIN SELECT RAISE(ABORT, '{self.name}'); END"
            for event in ("insert", "update")
        ]
