"""An export of a list page: the rows that the page lists under the same query."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from core.access.permissions import Permission
from core.exports.kinds import ExportKind, register
from core.filters import RecordFilter, filtered


def export_of_list(
    slug: str,
    title: str,
    rows: QuerySet[Any],
    filterset_class: type[RecordFilter],
    columns: dict[str, str],
    permission: Permission = Permission.RECORD_EXPORT,
    people: str = "",
    scope: Callable[[QuerySet[Any]], QuerySet[Any]] = lambda rows: rows.all(),
    **more: Any,
) -> ExportKind:
    """`columns`: heading to field path. Headings are those of the record files, so that what was
    taken out can be mended and sent in again. `scope` is asked each time, as whoever takes them."""

    def found(query: QueryDict) -> QuerySet[Any]:
        return filtered(filterset_class, scope(rows), query)

    told = tuple(columns.items())
    return register(ExportKind(slug, title, told, found, permission, people, **more))
