from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from performance import checks
from performance.bases import FEEDS, SNAPSHOTS, dims
from performance.boards import BOARDS
from performance.cube import where
from performance.indicators import INDICATORS
from performance.measures import Definitions
from performance.selectors.freshness import past_review

EVERY = list(INDICATORS.values())


def test_boards_name_indicators_that_exist():
    assert not checks.boards_name_indicators()


def test_cohorts_exist():
    assert all(each.cohort in INDICATORS for each in EVERY if each.cohort)


def test_recorded_crime_is_not_judged():
    recorded = [each for slug, each in INDICATORS.items() if slug.endswith("-recorded")]
    assert {str(each.better) for each in recorded} == {"none"}


@pytest.mark.django_db
@pytest.mark.parametrize("indicator", EVERY, ids=str)
def test_conditions_name_columns_of_their_basis(indicator):
    for measure in indicator.measures.values():
        assert measure.basis in FEEDS
        assert where(measure.basis, measure.q(Definitions.load())).text


@pytest.mark.parametrize("missing", ["why", "how", "owner", "checked_by", "next_review", "sources"])
def test_definition_without_its_reasons_is_refused(missing):
    lacking: dict[str, Any] = {missing: None}
    with pytest.raises(ValueError, match=missing):
        replace(INDICATORS["incidents"], **lacking)


def test_definition_without_a_measure_is_refused():
    with pytest.raises(ValueError, match="numerator or a median"):
        replace(INDICATORS["incidents"], numerator=None)


def test_past_review_is_a_warning():
    assert not past_review(on=date(2027, 3, 31))
    assert past_review(on=date(2027, 4, 2))[0].next_review == date(2027, 4, 1)


def test_every_indicator_names_a_role_and_no_person():
    assert {each.owner.split()[0] for each in EVERY} <= {"Head", "Force"}


def test_snapshots_name_what_is_overdue_and_what_they_keep():
    assert all("is_overdue" in dims(basis) for basis in SNAPSHOTS)
    assert set(dims("pack-stock")) == {"is_overdue", "level"}


def test_paper_boards_have_thirteen_rows():
    paper = ("combat-acquisitive-crime", "increase-public-satisfaction")
    assert sum(len(BOARDS[slug].indicators) for slug in paper) == 13
