"""The application as a database user who owns nothing."""

import os
from collections.abc import Iterator
from io import StringIO

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection

from core.models import AuditEvent
from core.services.audit_chain import seal_all
from offenders.models import Nominal
from tests.factories.nominals import NominalFactory

# Roles are of the whole server: two processes that test at once have one each.
ROLE = f"aware_app_of_{os.environ.get('PYTEST_XDIST_WORKER', 'a_test')}"


@pytest.fixture
def as_runtime(transactional_db) -> Iterator[psycopg.Connection]:
    """A connection of its own, as the user of the application."""
    call_command("allow_runtime", f"--user={ROLE}", stdout=StringIO())
    given = connection.get_connection_params()
    known = {name: given[name] for name in ("host", "port", "dbname") if name in given}
    try:
        with psycopg.connect(**known, user=ROLE, password="any", autocommit=True) as found:
            yield found
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP OWNED BY {ROLE}")
            cursor.execute(f"DROP ROLE {ROLE}")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_auditevent SET actor = 'somebody else'",
        "DELETE FROM core_auditevent",
        "TRUNCATE core_auditevent",
        "DROP TABLE core_auditevent",
        "ALTER TABLE core_auditevent DISABLE TRIGGER ALL",
        "UPDATE core_auditseal SET rows = 0",
        "DELETE FROM core_auditseal",
        "TRUNCATE core_auditseal",
        "UPDATE offenders_nominalevent SET surname = 'x'",
        "DELETE FROM offenders_nominalevent",
        "DELETE FROM pghistory_context",
        "TRUNCATE offenders_nominal CASCADE",
        "DROP TABLE offenders_nominal",
        "ALTER TABLE offenders_nominal DISABLE TRIGGER ALL",
        "DELETE FROM django_migrations",
        "CREATE TABLE public.mine (id int)",
        "SET session_replication_role = replica",
        "CREATE ROLE another",
    ],
)
def test_runtime_cannot_touch_the_log_or_the_tables(as_runtime, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_runtime.execute(statement)


def test_switch_of_the_triggers_opens_nothing(as_runtime):
    """Triggers heed settings that any connection can make; the privileges do not."""
    as_runtime.execute("SET pgtrigger.ignore = '{core_auditevent:append_only}'")
    as_runtime.execute("SET aware.allow_truncate = 'on'")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_runtime.execute("DELETE FROM core_auditevent")


def test_runtime_owns_nothing(as_runtime):
    owned = as_runtime.execute("SELECT count(*) FROM pg_tables WHERE tableowner = %s", [ROLE])
    assert owned.fetchone() == (0,)


@pytest.fixture
def runs_as_runtime(as_runtime):
    """The connection of the pages, too."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {ROLE}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def test_runtime_does_the_daily_work(sign_in, runs_as_runtime):
    officer = sign_in("act-officer")
    nominal = NominalFactory.create()
    asked = {"surname": "Quillfeather", "forenames": "O", "sex": "M", "ethnicity": "NS"}
    assert officer.post("/nominals/new/", asked).status_code == 302
    change = {"note": "Seen", "version": 1}
    url = f"/api/v1/nominals/{nominal.pk}/"
    assert officer.patch(url, change, content_type="application/json").status_code == 200
    assert Nominal.objects.get(pk=nominal.pk).note == "Seen"  # and its history was kept
    assert AuditEvent.objects.filter(action="nominal.viewed").exists()
    assert seal_all() > 0
