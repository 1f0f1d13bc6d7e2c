"""Whom the person at work may not see, and the two nets that hold it.

`visible` takes the rows of those people out of a query. Whoever is read all the same (a join, a
forgotten filter) comes without identity: `cover`. Both ask `barred_from`, one query for a request.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from django.apps import apps
from django.db import connection
from django.db.models import (
    Case,
    F,
    ForeignKey,
    Model,
    Q,
    QuerySet,
    Value,
    When,
)

from core import actors

if TYPE_CHECKING:
    from core.models import User
    from offenders.models.nominal import Nominal

Rows = TypeVar("Rows", bound=QuerySet[Any])

NOT_SHOWN = "Record not shown"
DEPTH = 3  # foreign keys from a record to the nominal that it is about
IDENTITY: dict[str, Any] = {
    "ref": "",
    "surname": "",
    "forenames": "",
    "date_of_birth": None,
    "sex": "X",
    "ethnicity": "NS",
    "pnc_id": "",
    "custody_ref": "",
    "note": "",
}

# More ways past a restriction than being cleared: each gives the nominals it opens for somebody.
passes: list[Callable[[User], frozenset[int]]] = []


@dataclass(frozen=True)
class Barred:
    """By the key of a nominal. Disposed records say so themselves."""

    masked: Mapping[int, str]  # whom to ask
    hidden: frozenset[int]
    excluded: frozenset[int]

    @cached_property
    def gone(self) -> frozenset[int]:
        return self.hidden | self.excluded


class UnscopedError(Exception):
    """Nominals were read in a request without visible_to, open_to or for_service."""


class CoveredError(Exception):
    """A nominal without identity would have been saved over the one in the database."""


def mask_words(contact: str) -> str:
    return f"Restricted record, contact {contact}"


def barred_from(by: User) -> Barred:
    acting = actors.current()
    if acting is None or acting.user != by:
        return _barred_from(by)
    key = ("barred", by.pk)
    if key not in acting.memo:
        acting.memo[key] = _barred_from(by)
    found: Barred = acting.memo[key]
    return found


def barred_at_work() -> Barred:
    """Nobody, where the work is for nobody."""
    by = _at_work()
    return barred_from(by) if by is not None else Barred({}, frozenset(), frozenset())


def forget_barred() -> None:
    """After a change of restrictions, for what the same request reads then."""
    acting = actors.current()
    if acting is not None:
        acting.memo.clear()


# A record that was merged into such a one is as barred as that, however many merges before. As text,
# since Django takes longer to write it than the database to answer, and nearly every request asks.
_BARRED = """
    WITH RECURSIVE barred (why, whom, nominal_id) AS (
        (SELECT kind AS why, contact AS whom, nominal_id FROM offenders_restriction AS restriction
        WHERE lifted_at IS NULL AND NOT EXISTS (
            SELECT FROM offenders_restrictionclearance AS clearance
            WHERE clearance.restriction_id = restriction.id
                AND clearance.user_id = %(by)s AND clearance.ended_at IS NULL
        )
        UNION ALL
        SELECT 'excluded', '', nominal_id FROM offenders_exclusion
        WHERE user_id = %(by)s AND ended_at IS NULL)
        UNION
        SELECT why, whom, merged.id
        FROM barred JOIN offenders_nominal AS merged ON merged.merged_into_id = barred.nominal_id
    )
    SELECT why, whom, nominal_id FROM barred
"""


def _barred_from(by: User) -> Barred:
    found: dict[str, dict[int, str]] = {"masked": {}, "hidden": {}, "excluded": {}}
    with connection.cursor() as cursor:
        cursor.execute(_BARRED, {"by": by.pk or 0})
        for kind, contact, number in cursor.fetchall():
            found[kind][number] = contact
    opened = frozenset().union(*(opens(by) for opens in passes))
    hidden, excluded = frozenset(found["hidden"]) - opened, frozenset(found["excluded"])
    shut = hidden | excluded | opened
    masked = {pk: contact for pk, contact in found["masked"].items() if pk not in shut}
    return Barred(masked, hidden, excluded)


@cache
def paths_to_nominal(model: type[Model]) -> tuple[str, ...]:
    """`("arrest__nominal",)` for a detention; `("",)` for nominals; empty where nobody is named."""
    nominal = apps.get_model("offenders", "Nominal")
    level: list[tuple[str, type[Model]]] = [("", model)]
    for _ in range(DEPTH + 1):
        if found := tuple(path for path, at in level if at is nominal):
            return found
        level = [step for path, at in level for step in _steps(path, at)]
    return ()


def _steps(path: str, model: type[Model]) -> list[tuple[str, Any]]:
    return [
        (f"{path}__{field.name}" if path else field.name, field.related_model)
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.related_model is not model
    ]


def visible(rows: Rows, by: User | None = None) -> Rows:
    """Without those who are hidden from somebody, and without the disposed. Masked rows stay.

    `by` None: whoever the work at hand is for; every row where it is for nobody.
    """
    by = by or _at_work()
    return rows if by is None or not _names_people(rows) else _scoped(rows, barred_from(by).gone)


def open_rows(rows: Rows, by: User | None = None) -> Rows:
    """Without the masked ones as well: for what shows or sorts by columns beside the model."""
    by = by or _at_work()
    if by is None or not _names_people(rows):
        return rows
    barred = barred_from(by)
    return _scoped(rows, barred.gone | set(barred.masked))


def masked_last(rows: Rows, by: User) -> Rows:
    """Of nominals in the order of their names, in which a mask would have a telling place."""
    masked = sorted(barred_from(by).masked)
    if not masked:
        return rows
    place = Case(When(pk__in=masked, then=F("pk")), default=Value(0))
    return rows.order_by(place, *rows.model._meta.ordering)


def seen(path: str) -> Q:
    """For a count over a relation: `Count("suspects", filter=seen("suspects__nominal"))`."""
    gone = barred_at_work().gone
    found = Q(**{f"{path}__disposed_at__isnull": True})
    return found & ~Q(**{f"{path}__in": sorted(gone)}) if gone else found


def not_shown(rows: QuerySet[Any]) -> int:
    """How many rows of a figure are about people who are not shown to the person at work."""
    if _at_work() is None or not _names_people(rows):
        return 0
    barred = barred_at_work()
    model: type[Model] = rows.model
    shut = Q()
    for path in paths_to_nominal(model):
        shut |= Q(**{f"{path}__in": sorted(barred.gone | set(barred.masked))})
        shut |= Q(**{f"{path}__disposed_at__isnull": False})
    return rows.order_by().filter(shut).count()


def _names_people(rows: QuerySet[Any]) -> bool:
    model: type[Model] = rows.model
    return bool(paths_to_nominal(model))


def _scoped(rows: Rows, numbers: frozenset[int]) -> Rows:
    """A queryset of nominals remembers that it was asked for somebody."""
    found: Rows = rows.filter(_not_in(rows.model, numbers))
    return found.for_service() if hasattr(found, "for_service") else found


def _at_work() -> Any:
    acting = actors.current()
    return acting.user if acting else None


def _not_in(model: type[Model], numbers: frozenset[int]) -> Q:
    found = Q()
    for path in paths_to_nominal(model):
        at = f"{path}__" if path else ""
        found &= Q(**{f"{at}disposed_at__isnull": True})
        if numbers:
            found &= ~Q(**{f"{path or 'pk'}__in": sorted(numbers)})
    return found


def cover(nominal: Nominal) -> None:
    """Takes the identity off somebody whom the person at work may not see."""
    by = _at_work()
    if by is None:
        return
    barred = barred_from(by)
    if nominal.pk in barred.masked:
        _blank(nominal, mask_words(barred.masked[nominal.pk]))
    elif nominal.pk in barred.gone or nominal.__dict__.get("disposed_at"):
        _blank(nominal, NOT_SHOWN)


def _blank(nominal: Nominal, words: str) -> None:
    nominal.__dict__.update(IDENTITY)
    nominal.covered = words
