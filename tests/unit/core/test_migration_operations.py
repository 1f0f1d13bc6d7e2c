import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from core.migration_operations import AddTriggers

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
