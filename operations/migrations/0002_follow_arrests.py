"""Links of operations hold the day of their arrest, charge or conviction: when the source changes,
the link is touched, and its own trigger copies anew. The triggers stand on tables of the app below,
which knows nothing of operations, so they are no triggers of its models."""

from django.db import migrations

FOLLOW = """
CREATE FUNCTION operations_follow_{source}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE operations_{link} SET {column} = {column} WHERE {column} = NEW.{key};
    RETURN NULL;
END $$;
CREATE TRIGGER operations_follow_{source} AFTER {event} ON offenders_{source}
    FOR EACH ROW EXECUTE FUNCTION operations_follow_{source}();
"""
FORGET = """
DROP TRIGGER operations_follow_{source} ON offenders_{source};
DROP FUNCTION operations_follow_{source}();
"""
FOLLOWED = (
    {
        "source": "arrest",
        "link": "operationarrest",
        "column": "arrest_id",
        "key": "id",
        "event": "UPDATE OF arrested_at, district_id",
    },
    {
        "source": "detention",
        "link": "operationarrest",
        "column": "arrest_id",
        "key": "arrest_id",
        "event": "INSERT OR UPDATE OF result, ended_at",
    },
    {
        "source": "conviction",
        "link": "operationconviction",
        "column": "conviction_id",
        "key": "id",
        "event": "UPDATE OF convicted_on",
    },
)


class Migration(migrations.Migration):
    dependencies = [("operations", "0001_initial")]

    operations = [
        migrations.RunSQL(FOLLOW.format(**one), FORGET.format(**one)) for one in FOLLOWED
    ]
