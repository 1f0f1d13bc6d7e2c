from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from core.dates import add_months
from core.models import Unit
from performance.boards import BOARDS
from performance.comparisons.rules import Word
from performance.indicators import INDICATORS
from performance.models import Baseline, ComparisonRule, Figure, HistoricFigure
from performance.selectors.boards import Period, board_for, row_for, series_for, series_of
from performance.services.figures import fold_changes
from tests.factories.crimes import CrimeFactory
from tests.factories.incidents import IncidentFactory
from tests.factories.outcomes import OutcomeFactory

pytestmark = pytest.mark.django_db

JANUARY = date(2021, 1, 1)
COUNT, RATE = "dwelling-burglary-recorded", "dwelling-burglary-outcome-rate"


def put(slug, numerators, denominators=None, until=JANUARY, unit="force", bases=("recorded",)):
    """Monthly figures that end with a month, and records that reach as far."""
    for back, numerator in enumerate(reversed(numerators)):
        month = add_months(until, -back)
        denominator = denominators[len(numerators) - 1 - back] if denominators else None
        Figure.objects.create(
            indicator=slug, unit=unit, month=month, numerator=numerator, denominator=denominator
        )
        for basis in bases:
            Figure.objects.get_or_create(
                indicator=f"basis:{basis}", unit="force", month=month, defaults={"numerator": 9}
            )


def row(slug, unit="force", month=JANUARY, **chosen):
    return row_for(
        indicator=INDICATORS[slug], unit=Unit.objects.get(pk=unit), month=month, **chosen
    )


def test_board_has_its_groups_in_order():
    board = board_for(
        slug="combat-acquisitive-crime", month=JANUARY, unit=Unit.objects.get(pk="force")
    )
    titles = [(group.title, len(group.rows)) for group in board.groups]
    assert titles == [("All crime", 1), ("Burglary dwelling", 3), ("Theft of motor vehicle", 2)]


def test_unknown_board_is_an_error():
    with pytest.raises(KeyError):
        board_for(slug="nothing", month=JANUARY, unit=Unit(code="force"))


def test_board_is_one_statement_beside_its_settings(django_assert_num_queries):
    unit = Unit.objects.get(pk="force")
    with django_assert_num_queries(3):  # figures; baselines; rules
        board_for(slug="headlines", month=JANUARY, unit=unit)


def test_row_of_records():
    crime = CrimeFactory()
    OutcomeFactory(crime=crime)
    CrimeFactory()
    fold_changes()
    assert row(RATE).current.shown(INDICATORS[RATE].unit) == "50.0"


def test_count_columns():
    put(COUNT, [10] * 24 + [20] * 12 + [5])
    found = row(COUNT)
    shown = [value.shown(found.indicator.unit) for value in (found.current, *found.years)]
    assert shown == ["5", "20", "10", "10"]
    assert found.rolling.numerator == 11 * 20 + 5
    assert found.ytd.numerator == 9 * 20 + 5
    assert (found.v_1yr.word, found.v_3yr.word) == (Word.LOWER, Word.LOWER)


def test_rolling_rate_sums_both_parts():
    put(RATE, [1] * 11 + [30], [10] * 11 + [77], bases=("recorded", "outcome"))
    assert row(RATE).rolling.value == Fraction(41, 187)


def test_average_is_of_monthly_rates():
    """The mean of 10% and 50% is 30%, whatever the months weigh."""
    put(RATE, [1, 50] * 6 + [28], [10, 100] * 6 + [100], bases=("recorded", "outcome"))
    assert row(RATE).v_1yr.word is Word.DETERIORATED


def test_month_without_a_denominator_is_left_out_of_the_average():
    put(RATE, [0] * 6 + [3] * 6 + [3], [0] * 6 + [10] * 6 + [10], bases=("recorded", "outcome"))
    assert row(RATE).v_1yr.word is Word.COMPARABLE


def test_rate_without_a_denominator_is_unknown():
    put(RATE, [1], [0], bases=("recorded", "outcome"))
    assert row(RATE).current.value is None


def test_change_of_exactly_five_percent_is_comparable():
    put(COUNT, [20] * 12 + [21])
    assert row(COUNT).v_1yr.word is Word.COMPARABLE


@pytest.mark.parametrize(
    ("months", "has_1yr", "has_3yr"), [(12, True, False), (11, False, False), (36, True, True)]
)
def test_average_needs_records_of_every_month(months, has_1yr, has_3yr):
    put(COUNT, [10] * months + [5])
    found = row(COUNT)
    assert (found.v_1yr is not None, found.v_3yr is not None) == (has_1yr, has_3yr)


def test_month_within_reach_without_rows_is_nought():
    put(COUNT, [4, 4])
    Figure.objects.filter(indicator=COUNT, month=JANUARY).delete()
    assert row(COUNT).current.shown(INDICATORS[COUNT].unit) == "0"


@pytest.mark.parametrize("month", [date(2020, 11, 1), date(2021, 2, 1)])
def test_month_out_of_reach_is_unknown(month):
    put(COUNT, [4, 4])
    assert row(COUNT, month=month).current.value is None


def test_rate_is_unknown_before_its_numerator_was_recorded():
    put("all-crime-recorded", [9] * 13)
    put("hub-referral-rate", [2, 2], [9, 9], bases=("referred",))
    found = row("hub-referral-rate")
    assert (found.current.value, found.years[0].value) == (Fraction(2, 9), None)


def test_department_has_no_crimes_of_its_own():
    put(COUNT, [4, 4])
    assert row(COUNT, unit="local-north").current.value is None


def test_district_has_no_calls_of_its_own():
    put("calls-999", [4, 4], bases=("call",))
    assert row("calls-999", unit="fenland").current.value is None


def test_incidents_a_day_divide_by_the_days_of_the_months():
    put("incidents-a-day", [365] * 11 + [310], bases=("incident",))
    found = row("incidents-a-day")
    assert found.current.value == 10
    assert found.rolling.value == Fraction(365 * 11 + 310, 366)


def test_median_has_no_rolling_figure_and_no_baseline():
    for n in range(14):
        opened = datetime(2019, 12, 9, tzinfo=UTC) + timedelta(days=30 * n)
        IncidentFactory(
            opened_at=opened, arrived_at=opened + timedelta(minutes=10 + n), grade="immediate"
        )
    fold_changes()
    found = row("immediate-response")
    assert found.current.value == 23
    assert (found.rolling.value, found.baseline.value, found.v_benchmark) == (None, None, None)
    assert found.v_1yr.word is Word.DETERIORATED


def test_baseline_is_computed_where_the_records_reach():
    put(COUNT, [100] * 24, until=date(2021, 3, 1))
    found = row(COUNT)
    assert (found.baseline.numerator, found.baseline_note) == (1200, "2019/20, from the records")
    assert found.v_benchmark.word is Word.COMPARABLE


def test_baseline_is_what_was_entered_where_they_do_not():
    put(COUNT, [100] * 12)
    Baseline.objects.create(
        indicator=COUNT, unit_id="force", year_start=date(2019, 4, 1), numerator=1000,
        provenance="Board paper", in_use=True,
    )  # fmt: skip
    found = row(COUNT)
    assert found.baseline_note == "2019/20, entered: Board paper"
    assert found.v_benchmark.word is Word.HIGHER


def test_baseline_not_in_use_is_not_used():
    put(COUNT, [100] * 12)
    Baseline.objects.create(
        indicator=COUNT, unit_id="force", year_start=date(2019, 4, 1), numerator=1000,
        provenance="Board paper",
    )  # fmt: skip
    assert row(COUNT).baseline.value is None


def test_baseline_year_can_be_set():
    put(COUNT, [10] * 12 + [20] * 12, until=date(2020, 3, 1))
    Baseline.objects.create(
        indicator=COUNT,
        unit_id="force",
        year_start=date(2018, 4, 1),
        provenance="Plan",
        in_use=True,
    )
    assert row(COUNT, month=date(2020, 3, 1)).baseline.numerator == 120


def test_rule_of_the_indicator_wins_over_the_one_for_all():
    put(COUNT, [20] * 12 + [22])
    ComparisonRule.objects.create(name="House", tolerance=Decimal("0.05"))
    ComparisonRule.objects.create(name="Burglary", indicator=COUNT, tolerance=Decimal("0.2"))
    found = row(COUNT).v_1yr
    assert (found.word, found.rule) == (Word.COMPARABLE, "relative tolerance 20%")


def test_rule_holds_from_its_month():
    put(COUNT, [20] * 12 + [22])
    ComparisonRule.objects.create(
        name="Later", tolerance=Decimal("0.2"), valid_from=date(2021, 2, 1)
    )
    assert row(COUNT).v_1yr.word is Word.HIGHER


def test_absolute_tolerance_is_in_the_unit_shown():
    put(RATE, [10] * 12 + [12], [100] * 13, bases=("recorded", "outcome"))
    ComparisonRule.objects.create(name="Points", kind="absolute", tolerance=Decimal("2.5"))
    assert row(RATE).v_1yr.word is Word.COMPARABLE


def test_rolling_period_compares_with_a_year_before():
    put(COUNT, [10] * 12 + [20] * 12)
    found = row(COUNT, period=Period.ROLLING_12)
    assert (found.current.numerator, found.years[0].numerator) == (240, 120)
    assert found.v_1yr.word is Word.HIGHER


def test_financial_year_to_date_starts_in_april():
    put(COUNT, [1] * 9 + [10] * 10)
    assert row(COUNT, period=Period.FYTD).current.numerator == 100


def test_spark_is_of_36_months_oldest_first():
    put(COUNT, list(range(1, 41)))
    assert [value.numerator for value in row(COUNT).spark] == list(range(5, 41))


def test_series_fills_months_before_the_records_with_imported_totals():
    put(COUNT, [4, 5])
    HistoricFigure.objects.create(
        indicator=COUNT, unit_id="force", month=date(2020, 11, 1), numerator=99
    )
    series = series_for(
        indicator=INDICATORS[COUNT], unit=Unit.objects.get(pk="force"), until=JANUARY, months=4
    )
    assert [(value.numerator, value.historic) for _, value in series] == [
        (None, False),
        (99, True),
        (4, False),
        (5, False),
    ]


def test_series_of_every_unit_is_one_statement(django_assert_num_queries):
    put(COUNT, [4, 5], unit="fenland")
    units = list(Unit.objects.all())
    with django_assert_num_queries(1):
        found = series_of(
            indicators=[INDICATORS[COUNT], INDICATORS[RATE]], units=units, until=JANUARY, months=2
        )
    assert [value.numerator for _, value in found[COUNT, "fenland"]] == [4, 5]


def test_board_says_what_still_waits():
    CrimeFactory()
    board = board_for(slug="headlines", month=JANUARY, unit=Unit.objects.get(pk="force"))
    assert board.pending > 0
    fold_changes()
    board = board_for(slug="headlines", month=JANUARY, unit=Unit.objects.get(pk="force"))
    assert (board.pending, board.as_of is not None) == (0, True)


def test_every_board_can_be_shown_for_every_unit():
    for slug in BOARDS:
        for unit in Unit.objects.all():
            assert board_for(slug=slug, month=JANUARY, unit=unit).rows


def test_unfinished_cohort_is_not_judged():
    slug = "dwelling-burglary-cohort-rate"
    put(slug, [5] * 36 + [1], [10] * 37, bases=("recorded", "cohort"))
    found = row(slug)
    assert found.current.value == Fraction(1, 10)
    assert (found.v_1yr, found.v_3yr, found.v_benchmark) == (None, None, None)
