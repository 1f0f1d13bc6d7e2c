"""How fast a board becomes the files that are sent."""

from collections.abc import Iterator
from datetime import date, timedelta
from time import perf_counter

from core.benchmarks import Ratio, benchmark, scratch_database
from core.dates import add_months, months_between
from core.models import Unit, UnitKind
from performance.bases import ADDITIVE, all_of
from performance.boards import BOARDS
from performance.models import Figure
from performance.papers.writers import forms
from performance.selectors.board_documents import board_document
from performance.selectors.boards import board_for

GOAL = timedelta(seconds=5).total_seconds()
MONTH, MONTHS = date(2021, 1, 1), 48


@benchmark
def board_as_files(rows: int) -> Iterator[Ratio]:
    """Both boards of the paper in one document, as PDF, DOCX and HTML, the first time and again."""
    del rows  # a board reads monthly figures, however many rows are beneath them
    with scratch_database():
        _figures()
        first, again = _written(), _written()
    made = " and ".join(sorted({form.extension.upper() for form in forms() if not form.public}))
    yield Ratio(
        f"Two boards as {made}, in a new process", f"{first:.2f} s", "5 s", first / GOAL, at_most=1
    )
    yield Ratio(
        f"Two boards as {made}, once more", f"{again:.2f} s", "5 s", again / GOAL, at_most=1
    )


def _figures() -> None:
    """Four years of every indicator of both boards, for the force and its districts."""
    units = list(Unit.objects.filter(kind__in=[UnitKind.FORCE, UnitKind.DISTRICT]))
    slugs = [slug for board in list(BOARDS)[:2] for slug in BOARDS[board].indicators]
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
