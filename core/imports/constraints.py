"""The model's check constraints, read as conditions on columns: one rule book for rows and files."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import reduce
from typing import Any

import polars as pl
from django.db.models import CheckConstraint, F, Q

from core.imports.kinds import Kind

LOOKUPS: dict[str, Callable[[pl.Expr, Any], pl.Expr]] = {
    "exact": operator.eq,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
    "in": lambda left, right: left.is_in(list(right)),
    "range": lambda left, right: left.is_between(*right),
    "isnull": lambda left, right: left.is_null() if right else left.is_not_null(),
}


@dataclass(frozen=True)
class Rule:
    """Holds where `holds` is true or cannot be decided, as in SQL."""

    columns: tuple[str, ...]
    blamed: str  # the one that is to be mended
    holds: pl.Expr
    problem: str


class NotOfColumns(Exception):  # noqa: N818  # not a fault: the database decides
    """A condition on something that the file does not hold: the database decides it."""


def rules_of(kind: Kind) -> list[Rule]:
    return list(_rules(kind))


def _rules(kind: Kind) -> Iterator[Rule]:
    names = {found.name: name for name, found in kind.fields.items()}
    for constraint in kind.model._meta.constraints:
        if not isinstance(constraint, CheckConstraint):
            continue
        used: list[str] = []
        try:
            holds = _expression(constraint.condition, names, used)
        except NotOfColumns:
            continue
        message = str(constraint.violation_error_message)
        columns = tuple(dict.fromkeys(used))
        yield Rule(columns, kind.blames.get(constraint.name, columns[0]), holds, message)


def _expression(condition: Any, names: dict[str, str], used: list[str]) -> pl.Expr:
    if isinstance(condition, Q):
        parts = [_expression(child, names, used) for child in condition.children]
        join = operator.and_ if condition.connector == Q.AND else operator.or_
        whole = reduce(join, parts)
        return ~whole if condition.negated else whole
    if not isinstance(condition, tuple):
        raise NotOfColumns
    path, right = condition
    name, _, lookup = path.partition("__")
    if (lookup or "exact") not in LOOKUPS:
        raise NotOfColumns
    left = _column(name, names, used)
    if isinstance(right, F):
        right = _column(right.name, names, used)  # type: ignore[attr-defined]  # not in the stubs
    return LOOKUPS[lookup or "exact"](left, right)


def _column(name: str, names: dict[str, str], used: list[str]) -> pl.Expr:
    if name not in names:
        raise NotOfColumns
    used.append(names[name])
    return pl.col(names[name])
