"""A released paper's figures, made again from the history of the records."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from performance.models import Figure, Paper, PaperFigure
from performance.papers.references import FigureRef
from performance.selectors.as_at import as_at
from performance.selectors.paper_figures import ledger
from performance.selectors.paper_words import told
from performance.selectors.restatements import figures_of
from performance.services.figures import count_anew

FIGURE = Figure._meta.db_table


@dataclass(frozen=True)
class Difference:
    figure: PaperFigure
    made: str


def reproduce(paper: Paper) -> tuple[int, list[Difference]]:
    """How many figures were compared, and those that came out otherwise than they were told.

    Records, code sets, baselines and rules are as they stood; the figures are counted from those
    rows into a table of this transaction, and read by the selectors of the board.
    """
    kept = {figure: FigureRef.parse(figure.reference) for figure in figures_of(paper)}
    refs = {figure: ref for figure, ref in kept.items() if ref}
    with as_at(paper.marks or {}):
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TEMPORARY TABLE {FIGURE} (LIKE public.{FIGURE} INCLUDING ALL)")
        count_anew()
        book = ledger(month=paper.month, refs=refs.values())
        made = {figure: told(book, ref) for figure, ref in refs.items()}
    return len(made), [
        Difference(figure, f"{now.words}{now.beneath}")
        for figure, now in made.items()
        if (now.words or "-", now.numerator, now.denominator)
        != (figure.words, figure.numerator, figure.denominator)
    ]
