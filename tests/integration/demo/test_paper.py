"""The paper of January 2021, made from the template, states every number of the real one."""

import re
from fractions import Fraction

import pytest

from core.models import Unit
from performance.papers.document import Document, FigureRun, ListBlock, Paragraph
from performance.selectors.paper_check import check_paper
from performance.selectors.papers import document_from, read_paper
from tests.factories.papers import paper_of
from tests.factories.users import UserFactory
from tests.integration.demo.figures import as_told
from tests.integration.demo.test_statements import paper as statements

RATE, RECORDED = "dwelling-burglary-outcome-rate", "dwelling-burglary-recorded"
CARE, FOLLOW_UP = "victim-care-overdue", "dwelling-burglary-follow-up"
SATISFIED, CONFIDENCE = "dwelling-burglary-satisfaction", "public-confidence"
TOLD = {
    "incidents-per-day": "incidents-a-day|force|month",
    "covid-incidents-per-day": "covid-incidents-a-day|force|month",
    "immediate-median": "immediate-response|force|month",
    "prompt-median-dec": "prompt-response|force|month-1",
    "prompt-median": "prompt-response|force|month",
    "prompt-domestic-before": "prompt-domestic-response|force|month-1",
    "prompt-domestic": "prompt-domestic-response|force|month",
    "stalking-change": "stalking-harassment-recorded|force|rolling|change-baseline",
    "stalking-month": "stalking-harassment-recorded|force|month",
    "stalking-peak": "stalking-harassment-recorded|force|month-6",
    "outcome-rate-dec": "all-crime-outcome-rate|force|month-1",
    "outcome-rate": "all-crime-outcome-rate|force|month",
    "outcome-rate-rolling": "all-crime-outcome-rate|force|rolling",
    "vcc-overdue-before": f"{CARE}|force|month-1",
    "vcc-overdue": f"{CARE}|force|month",
    "vcc-overdue-north-before": f"{CARE}|local-north|month-1",
    "vcc-overdue-north": f"{CARE}|local-north|month",
    "vcc-overdue-south-before": f"{CARE}|local-south|month-1",
    "vcc-overdue-south": f"{CARE}|local-south|month",
    "bd-immediate-before": "dwelling-burglary-immediate-response|force|month-1",
    "bd-immediate": "dwelling-burglary-immediate-response|force|month",
    "bd-prompt": "dwelling-burglary-prompt-response|force|month",
    "bd-prompt-april": "dwelling-burglary-prompt-response|force|month-9",
    "bd-recorded": f"{RECORDED}|force|month",
    "bd-recorded-year-ago": f"{RECORDED}|force|month-12",
    "bd-recorded-change": f"{RECORDED}|force|month|change-year",
    "bd-outcomes": f"{RATE}|force|month|numerator",
    "bd-outcomes-north": f"{RATE}|north|month|numerator",
    "bd-rate-rolling": f"{RATE}|force|rolling",
    "bd-rate-rolling-north-before": f"{RATE}|north|rolling-1",
    "bd-rate-rolling-north": f"{RATE}|north|rolling",
    "bd-rate-rolling-south": f"{RATE}|south|rolling",
    "bd-satisfaction-rolling": f"{SATISFIED}|force|rolling",
    "bd-satisfaction-treatment": "dwelling-burglary-treatment|force|rolling",
    "bd-satisfaction-followup": f"{FOLLOW_UP}|force|rolling",
    "bd-satisfaction-followup-month": f"{FOLLOW_UP}|force|month",
    "bd-national-rank": f"list|national|{RATE}",
    "tomv-national-rank": "list|national|theft-of-motor-vehicle-outcome-rate",
    "burglary-convictions": "list|convictions|burglary",
    "tomv-convictions": "list|convictions|vehicle-theft",
    "bronze-packs": "list|packs|bronze",
    "silver-packs": "list|packs|silver|target",
    "gold-properties": "list|packs|gold-properties",
    "community-consultation": "list|packs|consulted",
    "planning-applications": "list|planning|answered",
    "bethesda-vehicles": "list|bethesda|vehicles",
    "tread-match-trial": "list|trial|tread-match",
    "vehicle-crime": "vehicle-crime-recorded|force|month",
    "vehicle-crime-rate": "vehicle-crime-outcome-rate|force|rolling",
    "confidence-rolling": f"{CONFIDENCE}|force|rolling",
    "confidence-march-2020": f"{CONFIDENCE}|force|month|other-baseline",
    "confidence-month": f"{CONFIDENCE}|force|month",
    "crime-up-month": "crime-has-increased|force|month",
    "crime-up-rolling": "crime-has-increased|force|rolling",
    "satisfaction-month": "victim-satisfaction|force|month",
    "satisfaction-rolling": "victim-satisfaction|force|rolling",
    "satisfaction-followup": "victim-follow-up|force|rolling",
}
WORDS = {
    "prompt-by-district": ("prompt-response|force|month|districts-same", "Peterborough"),
    "recorded-crime-districts": (
        "all-crime-recorded|force|rolling|districts-above",
        "East Cambridgeshire",
    ),
    "recorded-crime-east-cambs": (
        "all-crime-recorded|east-cambridgeshire|month|change-year",
        "10.4% lower",
    ),
}


@pytest.fixture
def document(force: Unit) -> Document:
    return document_from(read_paper(paper_of(UserFactory.create(roles=["analyst"]))))


def words_in(document: Document) -> dict[str, str]:
    return {figure.reference: figure.words for figure in figures_in(document)}


def figures_in(document: Document) -> list[FigureRun]:
    runs = [
        run
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Paragraph | ListBlock)
        for run in (block.runs if isinstance(block, Paragraph) else sum(block.items, ()))
    ]
    return [run for run in runs if isinstance(run, FigureRun)]


def test_every_statement_is_told() -> None:
    assert set(statements()) == set(TOLD) | set(WORDS)


def test_every_statement_of_the_paper_is_produced(document: Document) -> None:
    words = words_in(document)
    told = {name: row["value"].lstrip("-") for name, row in statements().items()}

    found = {name: _as(words.get(reference, ""), told[name]) for name, reference in TOLD.items()}

    assert found == {name: told[name] for name in TOLD}


def _as(words: str, value: str) -> str:
    """The number in the words, as exactly as the paper tells it."""
    number = re.match(r"[\d,]+(?:\.\d+)?", words)
    return as_told(Fraction(number[0].replace(",", "")), value) if number else words


def test_directions_are_told_in_words(document: Document) -> None:
    words = words_in(document)

    assert {name: words[reference] for name, (reference, _) in WORDS.items()} == {
        name: said for name, (_, said) in WORDS.items()
    }


def test_paper_of_the_template_has_no_faults(force: Unit) -> None:
    read = read_paper(paper_of(UserFactory.create(roles=["analyst"])))

    assert check_paper(read).faults == []


def test_theft_of_a_vehicle_on_3_of_56_is_within_chance(force: Unit) -> None:
    read = read_paper(paper_of(UserFactory.create(roles=["analyst"])))

    doubts = [finding.message for finding in check_paper(read).doubts]
    assert any("Theft of motor vehicle" in each and "(3 of 56)" in each for each in doubts)
