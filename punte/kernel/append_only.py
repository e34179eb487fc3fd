# The stubs promise a statement where Django itself takes None for "none needed".
# mypy: disable-error-code="override"
"""A table whose rows, once written, stay as they were written; the database itself refuses anything else."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


class AppendOnly(models.BaseConstraint):
    """Rows may be added, never changed or taken away; held by triggers that refuse with an error carrying `name`.

    Emptying the whole table (TRUNCATE) asks for the rights of its owner on PostgreSQL and is not held here.
    """

    def constraint_sql(
        self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor
    ) -> str | None:
        # A table that SQLite rebuilds is created as new__<table> and renamed before the deferred statements run.
        table = model._meta.db_table.removeprefix("new__")
        schema_editor.deferred_sql.extend(self._statements(table, schema_editor.connection.vendor))
        return None

    def create_sql(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> str | None:
        for statement in self._statements(model._meta.db_table, schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)
        return None

    def remove_sql(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> str | None:
        for statement in self._removal(model._meta.db_table, schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)
        return None

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: str = DEFAULT_DB_ALIAS) -> None:
        """Nothing about one row can break it."""

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        return "punte.kernel.append_only.AppendOnly", (), {"name": self.name}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AppendOnly) and self.name == other.name

    def install(self, model: type[models.Model], *, using: str = DEFAULT_DB_ALIAS) -> None:
        """Put the triggers on the table."""
        self._run(self._statements(model._meta.db_table, connections[using].vendor), using)

    def lift(self, model: type[models.Model], *, using: str = DEFAULT_DB_ALIAS) -> None:
        """Take the triggers off the table."""
        self._run(self._removal(model._meta.db_table, connections[using].vendor), using)

    def _run(self, statements: list[str], using: str) -> None:
        with connections[using].cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def _statements(self, table: str, vendor: str) -> list[str]:
        if vendor == "sqlite":
            return [
                f'CREATE TRIGGER "{self.name}_{event}" BEFORE {event.upper()} ON "{table}"'
                f" BEGIN SELECT RAISE(ABORT, '{self.name}'); END"
                for event in ("update", "delete")
            ]
        return [
            f'CREATE OR REPLACE FUNCTION "{self.name}"() RETURNS trigger LANGUAGE plpgsql AS'
            f" $$ BEGIN RAISE EXCEPTION '{self.name}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
            f'CREATE TRIGGER "{self.name}" BEFORE UPDATE OR DELETE ON "{table}"'
            f' FOR EACH ROW EXECUTE FUNCTION "{self.name}"()',
        ]

    def _removal(self, table: str, vendor: str) -> list[str]:
        if vendor == "sqlite":
            return [f'DROP TRIGGER IF EXISTS "{self.name}_{event}"' for event in ("update", "delete")]
        return [
            f'DROP TRIGGER IF EXISTS "{self.name}" ON "{table}"',
            f'DROP FUNCTION IF EXISTS "{self.name}"()',
        ]


def guards(model: type[models.Model]) -> list[AppendOnly]:
    """The append-only constraints of a model."""
    return [constraint for constraint in model._meta.constraints if isinstance(constraint, AppendOnly)]


@contextmanager
def lifted(model: type[models.Model]) -> Iterator[None]:
    """For one transaction, let rows be rewritten; only for re-encryption, which changes no meaning."""
    with transaction.atomic():
        for guard in guards(model):
            guard.lift(model)
        yield
        for guard in guards(model):
            guard.install(model)
