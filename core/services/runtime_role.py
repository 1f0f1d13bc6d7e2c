"""The database user as which the application runs: it owns nothing, and only adds to the log."""

from collections.abc import Iterator
from typing import Any

import pghistory.models
from django.apps import apps
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model
from psycopg.sql import SQL, Composable, Identifier, Literal

from core.models import AuditEvent, AuditSeal, HistoryContext

READ, ADD, CHANGE = "SELECT", "SELECT, INSERT", "SELECT, INSERT, UPDATE"
# What runs with the rights of its owner, and checks by itself what it was asked for.
FUNCTIONS = ("erase_history(bigint, regclass, text, bigint[])",)
ALL = "SELECT, INSERT, UPDATE, DELETE"


@transaction.atomic
def allow_runtime(name: str, password: str) -> int:
    """Makes the user where it is missing and gives it what it needs; the number of its tables.

    Nothing that it had before is left over, so each upgrade says it anew.
    """
    _run(SQL("DO {}").format(Literal(_make_role(name))))
    if password:
        _run(SQL("ALTER ROLE {} PASSWORD {}").format(Identifier(name), Literal(password)))
    _run(SQL("GRANT USAGE ON SCHEMA public TO {}").format(Identifier(name)))
    for kind in ("TABLES", "SEQUENCES"):
        _on_all("REVOKE ALL", kind, "FROM", name)
    _on_all("GRANT USAGE, SELECT", "SEQUENCES", "TO", name)
    granted = list(_grants())
    for table, rights in granted:
        _run(SQL(f"GRANT {rights} ON {{}} TO {{}}").format(Identifier(table), Identifier(name)))
    for function in FUNCTIONS:
        _run(SQL(f"GRANT EXECUTE ON FUNCTION {function} TO {{}}").format(Identifier(name)))
    return len(granted)


def _make_role(name: str) -> str:
    """No superuser, no owner of a database or of roles, whatever it was before."""
    rights = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"
    return (
        f"BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = {_text(name)}) THEN"
        f" CREATE ROLE {_name(name)} {rights};"
        f" ELSE ALTER ROLE {_name(name)} {rights}; END IF; END"
    )


def _grants() -> Iterator[tuple[str, str]]:
    """Every table that there is; one that no model names is not granted."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            yield model._meta.db_table, _rights_on(model)
    yield MigrationRecorder.Migration._meta.db_table, READ


def _rights_on(model: type[Model]) -> str:
    if model in (AuditEvent, AuditSeal) or issubclass(model, pghistory.models.Event):
        return ADD
    # A context grows while its request runs.
    return CHANGE if issubclass(HistoryContext, model) else ALL


def _on_all(verb: str, kind: str, to: str, name: str) -> None:
    _run(SQL(f"{verb} ON ALL {kind} IN SCHEMA public {to} {{}}").format(Identifier(name)))


def _text(value: str) -> str:
    return Literal(value).as_string(None)


def _name(value: str) -> str:
    return Identifier(value).as_string(None)


def _run(statement: Composable) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
