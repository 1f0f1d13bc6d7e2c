"""Reference pages that are written from the code: roles and record files."""

from core.access.permissions import Permission
from core.access.roles import ROLES
from core.imports.kinds import Column, Kind, all_kinds
from core.reference_pages import page, table

RECORD_FILES = """# Record files

Files that `manage.py import_records KIND FILE...`, the page *Imports* and the API take: CSV (UTF-8, a header row, also packed with gzip)
and XLSX (the first sheet). Columns stand in any order; unknown ones are reported and left out. Times are those of Europe/London
unless they carry an offset. A blank cell is an unknown value. The same row twice changes nothing; a row whose key is known and
whose values differ updates the record, which keeps its history. A column that a file leaves out keeps its value.

`--dry-run` counts and writes nothing; `--rejects OUT.csv` keeps the rows that failed, each with what is wrong, to be mended and
sent again.
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
