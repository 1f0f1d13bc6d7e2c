import polars as pl
import pytest

from core.imports.constraints import rules_of
from core.imports.kinds import kind_called

BROKEN = {
    "crime_ends_after_it_begins": {"occurred_from": 2, "occurred_to": 1},
    "crime_recorded_after_it_began": {"occurred_from": 2, "recorded_at": 1},
    "crime_cancelled_after_recorded": {"cancelled_at": 1, "recorded_at": 2},
    "crime_in_great_britain": {"latitude": 52.0, "longitude": None},
}


TEXTS = ("crime_ref", "victim_ref")


def holds(rule, values):
    schema = dict.fromkeys(rule.columns, pl.Float64) | dict.fromkeys(TEXTS, pl.String)
    schema = {name: schema[name] for name in rule.columns}
    return pl.DataFrame([values], schema=schema).select(rule.holds).item()


@pytest.mark.parametrize("name", BROKEN)
def test_a_constraint_of_the_model_becomes_a_rule_of_the_file(name):
    crimes = kind_called("crimes")
    constraint = next(c for c in crimes.model._meta.constraints if c.name == name)
    rule = next(r for r in rules_of(crimes) if r.problem == constraint.violation_error_message)

    assert holds(rule, BROKEN[name]) is False


def test_a_rule_cannot_be_broken_by_what_is_blank():
    for rule in rules_of(kind_called("crimes")):
        assert holds(rule, dict.fromkeys(rule.columns)) is not False


def test_a_constraint_on_what_the_file_does_not_hold_is_left_to_the_database():
    problems = [rule.problem for rule in rules_of(kind_called("crimes"))]

    assert "An outcome cannot be older than its crime." not in problems
