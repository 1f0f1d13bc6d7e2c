"""Which lists can be taken away as files. Each app declares its own in its `exports.py`."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from core.access.permissions import Permission
from core.models import User

Cells = Iterable[Sequence[Any]]


def as_they_are(query: QueryDict, rows: Cells) -> Cells:
    return rows


@dataclass(frozen=True)
class ExportKind:
    """`columns` are pairs of heading and field path of a row, in the order of the file.

    `rows` takes the query of the page that the person looked at, so the file holds what the page
    listed; it raises ValidationError for a query that the page would refuse. `people` is the path to
    the nominal of a row, where a row tells who somebody is: then the log names them, and a file
    with many of them needs an approval. `shape` makes of the rows of `columns` what the file holds,
    where that is not what the record holds. `still_open` is asked at each download: whether whoever
    took the file may still see all of its people.
    """

    slug: str
    title: str
    columns: tuple[tuple[str, str], ...]
    rows: Callable[[QueryDict], QuerySet[Any]]
    permission: Permission = Permission.RECORD_EXPORT
    people: str = ""
    shape: Callable[[QueryDict, Cells], Cells] = as_they_are
    still_open: Callable[[User, Sequence[int]], bool] = lambda by, people: not people

    @property
    def header(self) -> tuple[str, ...]:
        return tuple(heading for heading, _ in self.columns)

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(path for _, path in self.columns)


_KINDS: dict[str, ExportKind] = {}


def register(kind: ExportKind) -> ExportKind:
    if kind.slug in _KINDS:
        raise ValueError(f"An export “{kind.slug}” is declared already.")
    _KINDS[kind.slug] = kind
    return kind


def export_kind(slug: str) -> ExportKind:
    """Raises KeyError for a kind that nobody declared."""
    return _KINDS[slug]


def export_kinds() -> list[ExportKind]:
    return sorted(_KINDS.values(), key=lambda kind: kind.title)
