import pytest
from django.db import connection, models
from django.db.migrations import AddConstraint, AddField, CreateModel
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from core.migration_operations import AddTriggers, WholeMigration

KEY = ("id", models.BigAutoField(primary_key=True))

TRIGGERS = "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgrelid = %s::regclass"


def triggers_of(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS, [table])
        return int(cursor.fetchone()[0])


@pytest.mark.django_db
def test_triggers_go_and_come_back_together() -> None:
    loader = MigrationLoader(connection)
    state = loader.project_state([("core", "0001_initial")])
    triggers = [("unit", trigger) for trigger in state.models["core", "unit"].options["triggers"]]
    operation = AddTriggers(triggers)
    before = triggers_of("core_unit")
    with connection.schema_editor() as editor:
        operation.database_backwards("core", editor, state, state)
        assert triggers_of("core_unit") == before - len(triggers) == 0
        operation.database_forwards("core", editor, state, state)
    assert triggers_of("core_unit") == before


def columns_of(table: str) -> set[str]:
    with connection.cursor() as cursor:
        return {
            column.name for column in connection.introspection.get_table_description(cursor, table)
        }


def constraints_of(table: str) -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.get_constraints(cursor, table))


class First(WholeMigration):
    operations = [CreateModel("Old", [KEY])]


class Second(WholeMigration):
    operations = [
        CreateModel("New", [KEY]),
        AddField("old", "n", models.IntegerField(default=1)),
        AddField("new", "n", models.IntegerField(default=1)),
        AddConstraint("old", models.CheckConstraint(condition=models.Q(n__gt=0), name="old_n")),
        AddConstraint("new", models.CheckConstraint(condition=models.Q(n__gt=0), name="new_n")),
    ]


@pytest.mark.django_db
def test_new_tables_are_made_as_they_end_and_old_ones_changed() -> None:
    state = ProjectState()
    for migration in (First("first", "core"), Second("second", "core")):
        with connection.schema_editor() as editor:
            state = migration.apply(state, editor)
    for name in ("old", "new"):
        assert columns_of(f"core_{name}") == {"id", "n"} == {*state.models["core", name].fields}
        assert f"{name}_n" in constraints_of(f"core_{name}")
