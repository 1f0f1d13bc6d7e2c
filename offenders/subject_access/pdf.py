"""The answer as tagged PDF (PDF/UA-1). What was removed is not in the file, not even hidden."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone


def answer_pdf(
    case: Any, sections: Iterable[tuple[str, Any]], *, kept_until: date, on: date
) -> bytes:
    """`sections`: a title with its entries, of selectors.subject_access."""
    import typst  # noqa: PLC0415  # slow to import

    made = typst.compile(
        _template(),
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        sys_inputs={"answer": json.dumps(_said(case, sections, kept_until, on))},
        timestamp=timezone.now().replace(microsecond=0),
    )
    return bytes(made)


@cache
def _template() -> bytes:
    return Path(__file__).with_name("answer.typ").read_bytes()


def _said(
    case: Any, sections: Iterable[tuple[str, Any]], kept_until: date, on: date
) -> dict[str, Any]:
    return {
        "person": str(case.nominal),
        "ref": case.case_ref or str(case.pk),
        "site": settings.SITE_NAME,
        "date": [on.year, on.month, on.day],
        "received": f"{case.received_on:%-d %B %Y}",
        "answered": f"{on:%-d %B %Y}",
        "kept_until": f"{kept_until:%-d %B %Y}",
        "sections": [_section(title, entries) for title, entries in sections],
    }


def _section(title: str, entries: Iterable[Any]) -> dict[str, Any]:
    return {
        "title": title,
        "entries": [
            {"facts": entry.shown, "left_out": entry.left_out}  # withheld: no facts
            for entry in entries
        ],
    }
