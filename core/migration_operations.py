"""What the first migration of an app needs beside Django's own operations."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.migration import Migration
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger.compiler import Trigger


class AddTriggers(Operation):
    """Triggers of many models at once.

    pgtrigger's own AddTrigger renders the model and all that it is related to anew for each
    trigger: of a minute that a new database took, half went there.
    """

    def __init__(self, triggers: Sequence[tuple[str, Trigger]]) -> None:
        self.triggers = triggers  # pairs of a model's name in lower case and its trigger

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        for model_name, trigger in self.triggers:
            options = state.models[app_label, model_name].options
            options["triggers"] = [*options.get("triggers", []), trigger]

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for _, trigger in self.triggers:
            schema_editor.execute(trigger.install_sql, params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for _, trigger in self.triggers:
            schema_editor.execute(trigger.uninstall_sql, params=None)

    def describe(self) -> str:
        return f"Create {len(self.triggers)} triggers"

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        return type(self).__name__, [], {"triggers": list(self.triggers)}


class WholeMigration(Migration):
    """A migration with one state of the project before it and one after, and none in between.

    Django renders every related model anew after each operation, which took most of the time of a
    new database. A new table is made as it ends, so what comes for it later is there already.
    """

    def apply(
        self,
        project_state: ProjectState,
        schema_editor: BaseDatabaseSchemaEditor,
        collect_sql: bool = False,
    ) -> ProjectState:
        before = project_state.clone()
        project_state.__dict__.pop("apps", None)  # rendered once, when all models are known
        for operation in self.operations:
            operation.state_forwards(self.app_label, project_state)
        for operation in self.operations:
            if self._has_table(operation, before):
                operation.database_forwards(self.app_label, schema_editor, before, project_state)
        return project_state

    def _has_table(self, operation: Operation, before: ProjectState) -> bool:
        """Whether it changes a table that was there before, or none."""
        name = getattr(operation, "model_name", None)
        return name is None or (self.app_label, name.lower()) in before.models
