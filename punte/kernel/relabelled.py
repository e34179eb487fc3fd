"""A room that got another name takes along what its database held under the former one."""

from typing import Any, ClassVar

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState


class TakesOver:
    """For each migration that a renamed app had under its former label, before `migrations.Migration` in its bases.

    Where it was applied under `former_label`, it is not run again: the initial one renames the tables, with all that
    is in them, and the rows of `django_migrations` and of the content types follow. The names of these migrations are
    never used again under the former label, which another app may come to bear.
    """

    former_label: ClassVar[str]
    app_label: str
    name: str
    initial: ClassVar[bool | None]
    operations: ClassVar[Any]

    def apply(
        self, project_state: ProjectState, schema_editor: BaseDatabaseSchemaEditor, collect_sql: bool = False
    ) -> ProjectState:
        """Take over what stands, or make it where this is a new database."""
        recorder = MigrationRecorder(schema_editor.connection)
        applied = recorder.migration_qs.filter(app=self.former_label, name=self.name)
        if not recorder.has_table() or not applied.exists():
            made: ProjectState = super().apply(project_state, schema_editor, collect_sql)  # type: ignore[misc]
            return made
        for operation in self.operations:
            operation.state_forwards(self.app_label, project_state)
        if self.initial:
            self._rename_tables(project_state, schema_editor)
        applied.delete()
        return project_state

    def _rename_tables(self, state: ProjectState, schema_editor: BaseDatabaseSchemaEditor) -> None:
        for model in state.apps.get_app_config(self.app_label).get_models():
            table = model._meta.db_table
            schema_editor.alter_db_table(
                model, f"{self.former_label}{table.removeprefix(self.app_label)}", table
            )
        if "django_content_type" in schema_editor.connection.introspection.table_names():
            schema_editor.execute(
                "UPDATE django_content_type SET app_label = %s WHERE app_label = %s",
                (self.app_label, self.former_label),
            )
