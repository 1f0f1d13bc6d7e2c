"""The whole demonstration force in the database, loaded once for this folder and taken out again."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from core.models import Unit


@pytest.fixture(scope="package")
def demo_force(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """What `load_demo` said."""
    said = StringIO()
    with django_db_blocker.unblock():
        with override_settings(DEMO=True):
            call_command("load_demo", stdout=said)
        yield said.getvalue()
        _empty()


def _empty() -> None:
    """The code lists stay: every other table was empty before."""
    kept = {"django_migrations", "django_content_type", "auth_permission", "django_site"}
    kept |= {name for name in connection.introspection.table_names() if _is_reference(name)}
    tables = set(connection.introspection.table_names()) - kept
    names = ", ".join(connection.ops.quote_name(name) for name in sorted(tables))
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {names}")


def _is_reference(table: str) -> bool:
    return table in {"offenders_cohort", "offenders_disposaltype", "offenders_retentionclass", "offenders_retentionperiod"} or table.startswith(("core_unit", "offenders_offence", "offenders_outcomecode", "offenders_outcomeset",
         "performance_comparisonrule"))  # fmt: skip


@pytest.fixture
def force(demo_force: str, db: None) -> Unit:
    return Unit.objects.get(code="force")
