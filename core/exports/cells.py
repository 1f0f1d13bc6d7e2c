"""One value as a spreadsheet may hold it without taking it for a formula."""

import re
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils import timezone

# What Excel, LibreOffice and Google Sheets take for the start of a formula, full-width forms too.
FORMULA_START = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")

# A dash for "no value" and a negative number are not formulas, and stay as they read.
HARMLESS = re.compile(r"-(\d{1,15}(,\d{3})*(\.\d{1,15})?%?)?")

# XML 1.0 has no place for these, so no spreadsheet can hold them.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

Cell = str | int | float | Decimal | date | datetime


def safe_text(text: str) -> str:
    clean = UNWRITABLE.sub("", text)
    if clean.startswith(FORMULA_START) and not HARMLESS.fullmatch(clean):
        return "'" + clean
    return clean


def cell(value: Any) -> Cell:
    """Numbers and dates stay what they are; times become local; everything else safe text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Y" if value else "N"
    if isinstance(value, Fraction):
        return float(value)
    if isinstance(value, datetime):
        return timezone.make_naive(value) if timezone.is_aware(value) else value
    if isinstance(value, (int, float, Decimal, date)):
        return value
    return safe_text(str(value))
