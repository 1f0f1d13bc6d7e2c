"""Every record that leads to a person has a rule, and no text of one is forgotten."""

from collections.abc import Iterator

import pghistory.models
from django.apps import apps
from django.db.models import CharField, ForeignKey, JSONField, Model, TextField

from offenders.erasure import RULES, Delete, Keep
from offenders.models import Nominal


def records() -> list[type[Model]]:
    return [
        model
        for model in apps.get_models()
        if not issubclass(model, pghistory.models.Event) and model._meta.managed
    ]


def leading_to_people() -> set[type[Model]]:
    """By whatever way: an alias by its nominal, an entry of an alert by the alert of the tag."""
    found: set[type[Model]] = {Nominal}
    while True:
        more = {
            model
            for model in records()
            if any(
                isinstance(field, ForeignKey) and field.related_model in found
                for field in model._meta.concrete_fields
            )
        }
        if more <= found:
            return found
        found |= more


def texts_of(model: type[Model]) -> Iterator[str]:
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, CharField | TextField | JSONField)
        if is_text and not field.choices and not field.primary_key:
            yield field.name


def test_every_record_of_a_person_has_a_rule() -> None:
    assert {model._meta.label for model in leading_to_people() - set(RULES)} == set()
    assert {model._meta.label for model in set(RULES) - leading_to_people()} == set()


def test_no_text_of_a_record_that_stays_is_forgotten() -> None:
    forgotten = {
        f"{model._meta.label}.{name}"
        for model, rule in RULES.items()
        if isinstance(rule, Keep)
        for name in texts_of(model)
        if name not in rule.blank and name not in rule.stays
    }
    assert forgotten == {"offenders.RetentionReview.erased"}  # counts of rows


def test_what_stays_leads_to_nothing_that_goes() -> None:
    torn = {
        f"{model._meta.label}.{field.name}"
        for model, rule in RULES.items()
        if isinstance(rule, Keep)
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and isinstance(RULES.get(field.related_model), Delete)
    }
    assert torn == set()
