"""Additions to months that a board was told about are noted, since the history keeps no insert.

The triggers do nothing until a paper is released. They are plain SQL, not of the models: what was
told to a board is this app's business, and the apps below do not know of it.
"""

from django.db import migrations

# table, its key, the day or month by which a row counts
SOURCES = (
    ("offenders_crime", "crime_ref", "recorded_month"),
    ("offenders_outcome", "id", "(outcome_at AT TIME ZONE 'Europe/London')::date"),
    ("offenders_hubreferral", "crime_ref", "referred_on"),
    ("offenders_arrest", "id", "arrested_month"),
    ("offenders_detention", "id", "told"),
    ("offenders_disposal", "id", "told"),
    ("operations_incident", "incident_ref", "opened_month"),
    ("performance_call", "call_ref", "offered_month"),
    ("performance_surveyresponse", "id", "responded_on"),
    ("performance_victimcarecontract", "contract_ref", "opened_on"),
    ("performance_supervisoryreview", "review_ref", "opened_on"),
    ("performance_integrityaudit", "audit_ref", "audited_on"),
    ("performance_historicfigure", "id", "month"),
    ("performance_baseline", "id", "told"),
    ("performance_comparisonrule", "id", "told"),
    ("offenders_offencegroupcode", "id", "told"),
    ("offenders_outcomesetcode", "id", "told"),
)

FUNCTION = """
CREATE FUNCTION performance_note_late() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE told date;
BEGIN
    SELECT (max(month) + interval '1 month - 1 day')::date INTO told
    FROM performance_paper WHERE state IN ('released', 'superseded');
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


def trigger(table: str, key: str, day: str) -> migrations.RunSQL:
    day = day.replace("'", "''")
    return migrations.RunSQL(
        f"CREATE TRIGGER note_late AFTER INSERT ON {table} REFERENCING NEW TABLE AS new_rows"
        f" FOR EACH STATEMENT EXECUTE FUNCTION performance_note_late('{key}', '{day}')",
        f"DROP TRIGGER note_late ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("performance", "0001_initial"),
        ("offenders", "0001_initial"),
        ("operations", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION performance_note_late()"),
        *(trigger(*source) for source in SOURCES),
    ]
