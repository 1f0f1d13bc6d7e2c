"""A paper as PDF/UA-1: tagged, charts as vectors, the same bytes for the same document."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from functools import cache, partial
from pathlib import Path
from typing import Any

from performance.papers.document import ChartBlock, Document, ListBlock, Paragraph, Table
from performance.papers.layout import Heading, Stretch, sides, stretches, widths
from performance.papers.pictures import standalone
from performance.papers.suppression import suppressed
from performance.papers.writers import Form, register

AUTHOR = "Aware"
NORMAL, SMALL, MANY_ROWS = 9.5, 8.5, 14


def pdf(document: Document) -> bytes:
    import typst  # noqa: PLC0415  # slow to import

    made = typst.compile(
        _template(),
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(_paper(document))},
        timestamp=datetime.combine(document.dates.board, time(), UTC),
    )
    return bytes(made)


@cache
def _template() -> bytes:
    return Path(__file__).with_name("paper.typ").read_bytes()


def _paper(document: Document) -> dict[str, Any]:
    board = document.dates.board
    return {
        "title": document.title,
        "author": AUTHOR,
        "date": [board.year, board.month, board.day],
        "marking": " ".join(filter(None, [document.marking, document.status.upper()])),
        "status": document.status,
        "facts": document.facts,
        "runs": [_stretch(stretch) for stretch in stretches(document)],
    }


def _stretch(stretch: Stretch) -> dict[str, Any]:
    return {
        "landscape": stretch.landscape,
        "blocks": [_block(item) for item in stretch.items],
    }


def _block(item: Any) -> dict[str, Any]:
    match item:
        case Heading():
            return {"kind": "heading", "level": item.level, "text": item.text}
        case Paragraph():
            return {"kind": "paragraph", "number": item.number, "text": item.text}
        case Table():
            size = NORMAL if len(item.rows) < MANY_ROWS else SMALL
            return {"kind": "table", "table": _table(item), "size": size}
        case ChartBlock():
            return {
                "kind": "chart",
                "caption": item.caption,
                "alt": item.alt,
                "svg": standalone(item.svg),
                "table": _table(item.table),
            }
        case ListBlock():
            items = ["".join(run.words for run in runs) for runs in item.items]
            return {"kind": "list", "caption": item.caption, "number": item.number, "items": items}
    raise TypeError(f"A paper has no block like {type(item).__name__}.")


def _table(table: Table) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "header": table.header,
        "rows": [[cell.words for cell in row] for row in table.rows],
        "notes": table.notes,
        "sides": sides(table),
        "widths": widths(table),
    }


def _public(document: Document) -> bytes:
    return pdf(suppressed(document))


make = partial(Form, content_type="application/pdf", extension="pdf")
register(make("pdf", "PDF", write=pdf))
register(make("public-pdf", "Public version, PDF", write=_public, public=True))
