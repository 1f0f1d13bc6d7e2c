"""How fast a board and a paper become the files that are sent."""

from collections.abc import Iterator
from datetime import date, timedelta
from statistics import median
from time import perf_counter

from core.benchmarks import Ratio, benchmark, scratch_database
from core.dates import add_months, months_between
from core.models import Unit, User
from performance.bases import ADDITIVE, all_of
from performance.boards import BOARDS
from performance.indicators import INDICATORS
from performance.models import Figure, Paper
from performance.papers.writers import forms
from performance.selectors.board_documents import board_document
from performance.selectors.boards import board_for
from performance.selectors.papers import document_of
from performance.services.papers import make_paper

GOAL = timedelta(seconds=5).total_seconds()
MONTH, MONTHS = date(2021, 1, 1), 48


@benchmark
def board_as_files(rows: int) -> Iterator[Ratio]:
    """Both boards of the paper, the first time and again, and then the whole paper of the template."""
    del rows  # a board reads monthly figures, however many rows are beneath them
    with scratch_database():
        _figures()
        first, again = _written(), _written()
        paper = _paper()
    made = " and ".join(sorted({form.extension.upper() for form in forms() if not form.public}))
    yield Ratio(
        f"Two boards as {made}, in a new process", f"{first:.2f} s", "5 s", first / GOAL, at_most=1
    )
    yield Ratio(
        f"Two boards as {made}, once more", f"{again:.2f} s", "5 s", again / GOAL, at_most=1
    )
    yield Ratio(
        f"The whole paper read and written as {made}, median of 3",
        f"{paper:.2f} s",
        "5 s",
        paper / GOAL,
        at_most=1,
    )


def _figures() -> None:
    """Four years of every indicator, for each unit."""
    units = list(Unit.objects.all())
    slugs = list(INDICATORS)
    bases = [all_of(basis) for basis in ADDITIVE]
    months = months_between(add_months(MONTH, 1 - MONTHS), MONTH)
    Figure.objects.bulk_create(
        Figure(
            indicator=name,
            unit=unit.code,
            month=month,
            numerator=40 + (place * 17) % 30,
            denominator=100,
            value=900 + place,
            n=80,
        )
        for name in (*slugs, *bases)
        for unit in units
        for place, month in enumerate(months)
    )


def _written() -> float:
    start = perf_counter()
    force = Unit.objects.get(parent=None)
    for slug in list(BOARDS)[:2]:
        document = board_document(board_for(slug=slug, month=MONTH, unit=force))
        for form in forms():
            if not form.public:
                form.write(document)
    return perf_counter() - start


def _paper() -> float:
    """From the records to the three files, as a draft is downloaded."""
    author = User.objects.create(username="bench")
    meeting, board = date(2021, 2, 23), date(2021, 3, 16)
    paper = make_paper(by=author, month=MONTH, meeting_on=meeting, board_on=board)
    return median(_of_paper(paper) for _ in range(3))


def _of_paper(paper: Paper) -> float:
    start = perf_counter()
    document = document_of(paper)
    for form in forms():
        if not form.public:
            form.write(document)
    return perf_counter() - start
