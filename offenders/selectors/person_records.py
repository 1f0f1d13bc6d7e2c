"""Every row that leads to a person, and every row of history that did."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import Any

import pghistory.models
from django.apps import apps
from django.db.models import ForeignKey, Model

from offenders.erasure import RULES
from offenders.models import Nominal

Keys = dict[type[Model], set[Any]]


def keys_of(people: list[int]) -> Keys:
    """Every row that leads to these people, by whatever way. Each way is asked about once for each
    round that found something new at its upper end."""
    keys: Keys = defaultdict(set)
    fresh: Keys = {Nominal: set(people)}
    while fresh:
        found: Keys = defaultdict(set)
        for parent, rows in fresh.items():
            keys[parent] |= rows
            for model, key in _children_of().get(parent, []):
                below = model._default_manager.filter(**{f"{key.name}__in": rows})
                found[model].update(below.order_by().values_list("pk", flat=True))
        fresh = {model: rows - keys[model] for model, rows in found.items() if rows - keys[model]}
    return keys


@cache
def _children_of() -> dict[type[Model], list[tuple[type[Model], ForeignKey[Any]]]]:
    found: dict[type[Model], list[tuple[type[Model], ForeignKey[Any]]]] = defaultdict(list)
    for model, parents in parents_of().items():
        for key in parents:
            found[key.related_model].append((model, key))
    return found


@cache
def parents_of() -> dict[type[Model], list[ForeignKey[Any]]]:
    """Of each record with a rule but the nominal, the columns that lead to another such record."""
    return {
        model: [
            field
            for field in model._meta.concrete_fields
            if isinstance(field, ForeignKey) and field.related_model in RULES
        ]
        for model in RULES
        if model is not Nominal
    }


def past_keys_of(keys: Keys) -> Keys:
    """Rows that stand no more, and whose history names one of these rows."""
    gone: Keys = defaultdict(set)
    fresh: Keys = {model: set(rows) for model, rows in keys.items() if rows}
    while fresh:
        found: Keys = defaultdict(set)
        for parent, rows in fresh.items():
            for model, key in _children_of().get(parent, []):
                found[model].update(_past(model, key, rows))
        fresh = {model: rows - gone[model] for model, rows in found.items() if rows - gone[model]}
        for model, rows in fresh.items():
            gone[model] |= rows
    return gone


def _past(model: type[Model], key: ForeignKey[Any], rows: set[Any]) -> set[Any]:
    events = events_of().get(model)
    if events is None:
        return set()
    found = events._default_manager.filter(**{f"{key.name}__in": rows})
    past = set(found.order_by().values_list("pgh_obj", flat=True).distinct()) - {None}
    there = model._default_manager.filter(pk__in=past) if past else model._default_manager.none()
    return past - set(there.values_list("pk", flat=True))


@cache
def events_of() -> dict[type[Model], Any]:
    """The history of each record that has one."""
    found: dict[type[Model], Any] = {}
    for model in apps.get_models():
        tracked = getattr(model, "pgh_tracked_model", None)
        if issubclass(model, pghistory.models.Event) and tracked is not None:
            found[tracked] = model
    return found
