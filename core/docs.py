"""Reference pages that are written from the code: roles, states and record files."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import Any

from django.apps import apps
from django.conf import settings

from core.access.permissions import Permission
from core.access.roles import ROLES
from core.imports.kinds import Column, Kind, all_kinds
from core.reference_pages import page, table
from core.states import Machine

RECORD_FILES = """# Record files

Files that `manage.py import_records KIND FILE...`, the page *Imports* and the API take: CSV (UTF-8, a header row, also packed with gzip)
and XLSX (the first sheet). Columns stand in any order; unknown ones are reported and left out. Times are those of Europe/London
unless they carry an offset. A blank cell is an unknown value. The same row twice changes nothing; a row whose key is known and
whose values differ updates the record, which keeps its history. A column that a file leaves out keeps its value.

`--dry-run` counts and writes nothing; `--rejects OUT.csv` keeps the rows that failed, each with what is wrong, to be mended and
sent again.
"""

STATES = """# States

Every life that is a table of steps in the code: a step that is not open from a state is refused with a sentence. The diagrams and the
tables are drawn from the same table that decides.
"""

PERMISSIONS = """# Roles and permissions

A role is a set of permissions, written in `core/access/roles.py`; an administrator gives roles to people. Every page and every API
view states the permission that it asks for; one that states none answers nobody.
"""


@page("record-files.md")
def record_files() -> str:
    return "\n".join([RECORD_FILES, *(_kind(kind) for kind in all_kinds().values())])


def _kind(kind: Kind) -> str:
    rows = [
        (
            f"`{column.name}`",
            "yes" if column.required else "",
            column.type.described,
            column.meaning + _other_names(column),
        )
        for column in kind.columns
    ]
    columns = table(("Column", "Needed", "Written", "Meaning"), rows)
    return f"## `{kind.slug}`: {kind.title}\n\n{kind.about} {_key(kind)}\n\n{columns}"


def _key(kind: Kind) -> str:
    if kind.keyed_by_file:
        return f"Key: {' + '.join(f'`{name}`' for name in kind.key)}."
    return "The rows have no key of their own: equal rows are told apart by their count."


def _other_names(column: Column) -> str:
    return f" Also called {', '.join(f'`{name}`' for name in column.also)}." if column.also else ""


@page("states.md")
def states() -> str:
    return "\n".join([STATES, *(_machine(found) for found in every_machine())])


def every_machine() -> list[Machine]:
    """Of the models and policies of every app, in the order of their names."""
    found: dict[int, Machine] = {}
    for app in apps.get_app_configs():
        for part in ("models", "policies"):
            if app.path.startswith(str(settings.BASE_DIR)) and find_spec(f"{app.name}.{part}"):
                found |= {id(one): one for one in _machines_in(f"{app.name}.{part}")}
    return sorted(found.values(), key=lambda one: one.name)


def _machines_in(package: str) -> Iterator[Machine]:
    module = import_module(package)
    names = [package, *(f"{package}.{one.name}" for one in iter_modules(_paths(module)))]
    for name in names:
        yield from (one for one in vars(import_module(name)).values() if isinstance(one, Machine))


def _paths(module: Any) -> list[str]:
    return list(getattr(module, "__path__", []))


def _machine(machine: Machine) -> str:
    rows = [
        (step.capitalize(), ", ".join(sorted(map(machine.label, sources))), machine.label(target))
        for step, (sources, target) in machine.steps.items()
    ]
    title = machine.name.removeprefix("The ").capitalize()
    steps = table(("Step", "From", "To"), rows)
    return f"## {title}\n\n```mermaid\n{machine.mermaid()}\n```\n\n{steps}"


@page("permissions.md")
def permissions() -> str:
    roles = [(role.name, f"`{role.slug}`", role.description) for role in ROLES]
    held = [
        (f"`{permission}`", *(_mark(permission in role.permissions) for role in ROLES))
        for permission in Permission
    ]
    headings = ("Permission", *(role.name for role in ROLES))
    return f"{PERMISSIONS}\n{table(('Role', 'Slug', 'For'), roles)}\n{table(headings, held)}"


def _mark(given: bool) -> str:
    return "yes" if given else ""
