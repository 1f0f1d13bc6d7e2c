from fractions import Fraction
from typing import Any

import pytest

from performance.papers.check import check_text
from performance.papers.claims import Claim, Finding, Passage, check_passages
from performance.papers.figures import Told
from performance.papers.numbers import numbers_in
from tests.shared import shared

TITLE = "Dwelling burglary: prosecution possible outcome rate"


def told(words: str = "14.4%", **facts: Any) -> Told:
    plain: dict[str, Any] = {
        "reference": "dwelling-burglary-outcome-rate|force|rolling",
        "indicator": "dwelling-burglary-outcome-rate",
        "title": TITLE,
        "unit": "force",
        "unit_name": "Force",
        "period": "the 12 months to January 2021",
        "percent": True,
        "value": Fraction(144, 10),
        "n": 1393,
    }
    return Told(words=words, **plain | facts)


RECORDED = told(
    "77",
    title="Dwelling burglary: recorded crime",
    percent=False,
    value=Fraction(77),
    numerator=77,
    n=None,
)


def found(text: str, *known: Told, **facts: Any) -> list[Finding]:
    passage = Passage("5.1", text, "Dwelling burglary", **facts)
    return check_passages([passage, Passage("5.1.4", "")], known)


def kinds(text: str, *known: Told, **facts: Any) -> list[Claim]:
    return [finding.kind for finding in found(text, *known, **facts)]


def test_number_that_a_figure_gives_is_supported() -> None:
    assert kinds("The rate was 14.4%, on 77 offences.", told(), RECORDED) == []


def test_rounder_number_is_supported_too() -> None:
    assert kinds("The rate was 14%.", told()) == []


def test_number_near_a_figure_disagrees_with_it() -> None:
    (finding,) = found("The rate was 14.5%.", told())

    assert finding.kind is Claim.DISAGREES
    assert finding.message.startswith("says 14.5%, the figure is 14.4%")


def test_count_near_a_figure_of_its_own_paragraph_disagrees_with_it() -> None:
    rolling = told("1,393", percent=False, value=Fraction(1393), n=None)

    assert kinds("Of 1,339 offences.", told=(rolling,), typed="Of 1,339 offences.") == [
        Claim.DISAGREES
    ]


def test_change_is_held_against_the_change_and_not_against_another_share() -> None:
    text = "It was 66.8% lower."
    lower = told("65.8% lower", shape="change-year", value=Fraction(658, 10), n=None)
    other = told("66.9%", title="Dwelling burglary: satisfaction", unit="south")

    (finding,) = found(text, other, lower)

    assert "the figure is 65.8% lower" in finding.message


def test_count_of_something_else_is_a_doubt_that_names_the_nearest_figure() -> None:
    rolling = told("1,393", title="Dwelling burglary: recorded crime", percent=False,
                   value=Fraction(1393), n=None)  # fmt: skip

    (finding,) = found("We visited 1,400 homes.", rolling)

    assert finding.kind is Claim.UNSUPPORTED
    assert "The nearest is 1,393" in finding.message


def test_number_of_no_figure_is_not_supported() -> None:
    assert kinds("About 350 people were asked.", told()) == [Claim.UNSUPPORTED]


def test_bound_figure_is_no_typed_number() -> None:
    text = "The rate was 14.4%."
    blank = "The rate was \N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}."

    assert kinds(text, typed=blank, told=(told(),)) == []


@pytest.mark.parametrize(
    "text",
    [
        "On 23 February 2021 the force met.",
        "The financial year 2019/20 was the baseline.",
        "Calls to 999 and 101 fell.",
        "The 12-month total fell for 6 months.",
        "Covid-19 breaches rose.",
        "See 5.1.4.",
        "Sentences were of 2-3 years, at a rate per 1,000.",
    ],
)
def test_names_dates_and_lengths_are_no_claims(text: str) -> None:
    assert list(numbers_in(text)) == []


def test_significant_needs_a_test() -> None:
    assert kinds("The rate rose significantly.") == [Claim.SIGNIFICANT]


def test_significant_with_a_test_stands() -> None:
    tested = told("significantly higher than", shape="significance", beyond_chance=True)

    assert kinds("The dwelling burglary rate rose significantly.", tested) == []


def test_test_of_the_offences_says_nothing_of_their_rate() -> None:
    tested = told("significantly lower than", title="Dwelling burglary: recorded crime",
                  shape="significance", percent=False, beyond_chance=True)  # fmt: skip

    assert kinds("The rate fell significantly.", tested) == [Claim.SIGNIFICANT]
    assert kinds("There were significantly fewer offences.", tested) == []


def test_word_crime_alone_is_not_about_all_crime() -> None:
    rate = told("15.0%", title="All crime: outcome rate", value=Fraction(15))
    (finding,) = found("Of crime, 14.9% was seen.", rate)

    assert finding.kind is Claim.UNSUPPORTED


def test_share_is_taken_for_the_one_of_most_people() -> None:
    of_few = told("91.3%", value=Fraction(913, 10), n=23)
    of_many = told("91.0%", value=Fraction(91), n=531)

    assert kinds("The rate was 91%.", of_few, of_many) == []


def test_lowest_that_is_not_is_a_fault() -> None:
    standing = told("not the lowest", shape="lowest", value=None)

    assert kinds("The lowest rate since April.", standing) == [Claim.EXTREME]


def test_lowest_since_another_month_is_a_fault() -> None:
    standing = told("the lowest since June 2020", shape="lowest", value=None)

    assert kinds("The lowest rate since April.", standing) == [Claim.EXTREME]


def test_lowest_since_that_month_stands() -> None:
    standing = told("the lowest since April 2020", shape="lowest", value=None)

    assert kinds("The lowest rate since April.", standing) == []


def test_reference_to_no_paragraph_names_the_one_meant() -> None:
    (finding,) = found("Strong outcomes (as in 3.1.4).")

    assert finding.kind is Claim.REFERENCE
    assert "Perhaps 5.1.4 is meant" in finding.message


def test_percentage_of_a_small_sample_needs_its_n() -> None:
    small = told("90.0%", value=Fraction(90), n=40)

    assert kinds("In the month 90% were satisfied with the dwelling burglary.", small) == [
        Claim.SMALL
    ]
    assert kinds("In the month 90% (n=40) were satisfied.", small) == []


def test_verdict_that_chance_would_give_is_told() -> None:
    verdict = told("Deteriorated", shape="verdict-1yr", beyond_chance=False, value=None)
    blank = "\N{REPLACEMENT CHARACTER}" * len("Deteriorated")

    assert kinds("Deteriorated", typed=blank, told=(verdict,)) == [Claim.CHANCE]


def test_figure_that_the_records_do_not_give_is_a_fault() -> None:
    assert kinds("-", typed="\N{REPLACEMENT CHARACTER}", told=(told("-", value=None, n=None),)) == [
        Claim.UNKNOWN
    ]


def test_figure_without_records_is_told_once_for_all_its_shapes() -> None:
    shapes = ("value", "n", "highest")
    told_of_none = tuple(told("not known", shape=shape, value=None) for shape in shapes)

    (finding,) = found("", typed="", told=told_of_none)

    assert finding.kind is Claim.UNKNOWN


def test_figure_without_records_names_its_unit() -> None:
    of_none = told("-", unit="local-north", unit_name="Local North", value=None)

    (finding,) = found("", typed="", told=(of_none,))

    assert "rate, Local North, the 12 months" in finding.message


def test_baseline_that_nobody_told_is_no_second_baseline() -> None:
    other = told("not known", shape="other-baseline", value=None)

    assert kinds("", typed="", told=(other,)) == [Claim.UNKNOWN]


TABLE = """
| Confidence | Current month | Rolling 12 months | Baseline |
| --- | --- | --- | --- |
| Public confidence | 66.0% | 63.6% | 56.4% |

6.1 Public confidence

6.1.1 Confidence rose against the baseline (57.7%).
"""


def test_two_baselines_of_one_indicator_are_told() -> None:
    messages = [each.message for each in check_text(TABLE).findings if each.kind is Claim.BASELINES]

    assert messages == ["The baseline of Public confidence is 57.7% here and 56.4% in the table."]


def test_paper_of_march_2021_has_its_known_faults() -> None:
    check = check_text(shared("paper/board-paper-2021-03.md").read_text())

    known = {(each.kind, each.place): each.message for each in check.findings}
    assert "57.7% here and 56.4% in the table" in known[Claim.BASELINES, "6.1.1"]
    assert "Perhaps 5.1.4 is meant" in known[Claim.REFERENCE, "5.1.6"]
    row = "THEFT OF MOTOR VEHICLE: Prosecution Possible Outcome Rate"
    assert known[Claim.CHANCE, row].startswith("“Deteriorated” rests on 3 of 56")
