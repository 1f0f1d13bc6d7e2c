"""The tables of a document: months in columns of twelve, with totals that suppression can find."""

from datetime import date
from fractions import Fraction

from core.dates import add_months
from performance.indicators import INDICATORS
from performance.papers.suppression import HIDDEN, suppress_table
from performance.selectors.board_tables import months_table
from performance.selectors.series import rate
from performance.selectors.values import UNKNOWN, Value

BURGLARY = INDICATORS["dwelling-burglary-recorded"]
RATE = INDICATORS["dwelling-burglary-outcome-rate"]
MEDIAN = INDICATORS["immediate-response"]


def months(values):
    first = add_months(date(2021, 1, 1), 1 - len(values))
    return [(add_months(first, place), value) for place, value in enumerate(values)]


def count(number):
    return Value(number, None, Fraction(number))


def words(table):
    return [[cell.words for cell in row] for row in table.rows]


def test_each_column_is_twelve_months_with_their_total():
    table = months_table(BURGLARY, months([count(10)] * 12 + [count(20)] * 12))
    assert table.header == ("Month", "To January 2020", "To January 2021")
    assert words(table)[0] == ["February", "10", "20"]
    assert words(table)[-1] == ["Twelve months", "120", "240"]


def test_total_of_rates_is_a_rate():
    table = months_table(RATE, months([rate(6, 60)] * 12))
    assert words(table)[-1] == ["Twelve months", "10.0%"]


def test_total_is_unknown_where_a_month_is():
    table = months_table(BURGLARY, months([UNKNOWN, *[count(10)] * 11, *[count(20)] * 12]))
    assert words(table)[0] == ["February", "-", "20"]
    assert words(table)[-1] == ["Twelve months", "-", "240"]


def test_medians_have_no_total():
    table = months_table(MEDIAN, months([Value(value=Fraction(17), n=40)] * 12))
    assert [row[0] for row in words(table)][-1] == "January"


def test_small_month_cannot_be_worked_out_from_the_twelve():
    values = [rate(6, 80)] * 11 + [rate(3, 56)]
    made = suppress_table(months_table(RATE, months([UNKNOWN] * 12 + values)))
    hidden = [row[2] for row in words(made)].count(HIDDEN)
    assert hidden == 2
    assert words(made)[-1][2] != HIDDEN
