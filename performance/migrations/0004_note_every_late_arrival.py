"""Rows that reach a month after it is over are noted too, not only those of months that a board was
told about, and of every table that a figure hangs on: so a board can be shown as it stood on a day.

As before, nothing is written until a paper is released.
"""

from django.db import migrations

# These are small; every row that comes is noted, whatever its day.
ADDED = (
    ("offenders_tagdeployment", "id"),
    ("operations_action", "id"),
    ("operations_assessment", "id"),
    ("operations_footwearmatch", "id"),
    ("operations_footwearscan", "id"),
    ("operations_operationarrest", "id"),
    ("operations_operationconviction", "id"),
    ("operations_operationvehicle", "id"),
    ("operations_packmovement", "movement_ref"),
    ("operations_planningapplication", "application_ref"),
    ("operations_scan", "id"),
)

TOLD = """
    SELECT (max(month) + interval '1 month - 1 day')::date INTO told
    FROM performance_paper WHERE state IN ('released', 'superseded');
"""
OVER = """
    SELECT greatest(
        (max(month) + interval '1 month - 1 day')::date,
        (date_trunc('month', now() AT TIME ZONE 'Europe/London') - interval '1 day')::date
    ) INTO told
    FROM performance_paper WHERE state IN ('released', 'superseded') HAVING count(*) > 0;
"""
FUNCTION = """
CREATE OR REPLACE FUNCTION performance_note_late() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE told date;
BEGIN
    {until}
    IF told IS NOT NULL THEN
        EXECUTE format(
            'INSERT INTO performance_latearrival (source, row_key, at)'
            ' SELECT %L, %s::text, clock_timestamp()'
            ' FROM (SELECT new_rows.*, $1 AS told FROM new_rows) AS come WHERE %s <= $1',
            TG_TABLE_NAME, TG_ARGV[0], TG_ARGV[1]
        ) USING told;
    END IF;
    RETURN NULL;
END $body$;
"""


def trigger(table: str, key: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER note_late AFTER INSERT ON {table} REFERENCING NEW TABLE AS new_rows"
        f" FOR EACH STATEMENT EXECUTE FUNCTION performance_note_late('{key}', 'told')",
        f"DROP TRIGGER note_late ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("performance", "0003_tell_of_verdicts"),
        ("offenders", "0001_initial"),
        ("operations", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(FUNCTION.format(until=OVER), FUNCTION.format(until=TOLD)),
        *(trigger(*source) for source in ADDED),
    ]
