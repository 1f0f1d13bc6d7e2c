"""A document as JSON and back: what is kept of a released paper."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from performance.papers.document import (
    Block,
    Cell,
    ChartBlock,
    Dates,
    Document,
    FigureRun,
    ListBlock,
    Paragraph,
    Run,
    Section,
    Table,
    Text,
)


def to_json(document: Document) -> dict[str, Any]:
    found = asdict(document)
    found["dates"] = {name: day.isoformat() for name, day in found["dates"].items()}
    for section, kept in zip(document.sections, found["sections"], strict=True):
        for block, stored in zip(section.blocks, kept["blocks"], strict=True):
            stored["is"] = type(block).__name__
    return found


def from_json(stored: dict[str, Any]) -> Document:
    dates = {name: date.fromisoformat(day) for name, day in stored["dates"].items()}
    sections = tuple(
        Section(each["number"], each["title"], tuple(_block(block) for block in each["blocks"]))
        for each in stored["sections"]
    )
    facts = tuple((name, text) for name, text in stored["facts"])
    return Document(
        **{name: stored[name] for name in ("title", "marking", "status", "public", "reference")},
        dates=Dates(**dates),
        sections=sections,
        facts=facts,
    )


def _block(stored: dict[str, Any]) -> Block:
    match stored["is"]:
        case "Paragraph":
            return Paragraph(stored["number"], _runs(stored["runs"]), stored["anchor"])
        case "Table":
            return _table(stored)
        case "ChartBlock":
            return ChartBlock(
                stored["caption"], stored["alt"], stored["svg"], _table(stored["table"])
            )
        case _:
            items = tuple(_runs(item) for item in stored["items"])
            return ListBlock(stored["caption"], items, stored["number"])


def _table(stored: dict[str, Any]) -> Table:
    rows = tuple(tuple(Cell(**cell) for cell in row) for row in stored["rows"])
    return Table(stored["caption"], tuple(stored["header"]), rows, tuple(stored["notes"]))


def _runs(stored: list[dict[str, Any]]) -> tuple[Run, ...]:
    return tuple(FigureRun(**run) if "reference" in run else Text(**run) for run in stored)
