# The stubs promise a statement where Django itself takes None for "none needed".
# mypy: disable-error-code="override"
"""A constraint that Django has for PostgreSQL alone, made to hold on SQLite too."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class NoOverlap(models.BaseConstraint):
    """No two rows with the same `key` may have periods `[start, end)` that overlap; an empty one overlaps nothing.

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
        if instance.end is not None and instance.end <= instance.start:
            return
        not_empty = models.Q(end=None) | models.Q(end__gt=models.F("start"))
        reaching = models.Q(end=None) | models.Q(end__gt=instance.start)
        others = model._default_manager.using(using).filter(
            not_empty & reaching, **{name: getattr(instance, name) for name in self.key}
        )
        others = others.exclude(pk=instance.pk)
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
            ' AND (NEW."end" IS NULL OR (NEW."end" > NEW."start" AND NEW."end" > other."start"))'
            ' AND (other."end" IS NULL OR (other."end" > other."start" AND other."end" > NEW."start"))'
        )
        return [
            f'CREATE TRIGGER "{self.name}_{event}" BEFORE {event.upper()} ON "{table}"'
            f" WHEN EXISTS ({overlapping}) BEGIN SELECT RAISE(ABORT, '{self.name}'); END"
            for event in ("insert", "update")
        ]


class RenewTriggers(Operation):
    """Write the triggers of a constraint anew as the code makes them today; PostgreSQL's own constraint stays."""

    reduces_to_sql = False
    reversible = True

    def __init__(self, model_name: str, name: str) -> None:
        self.model_name = model_name
        self.name = name

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """What is declared does not change."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        if schema_editor.connection.vendor != "sqlite":
            return
        model = to_state.apps.get_model(app_label, self.model_name)
        constraint = to_state.models[app_label, self.model_name].get_constraint_by_name(self.name)
        constraint.remove_sql(model, schema_editor)
        constraint.create_sql(model, schema_editor)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """The code has one body of a trigger: going back leaves it."""

    def describe(self) -> str:
        return f"Renew the triggers of {self.name}"
