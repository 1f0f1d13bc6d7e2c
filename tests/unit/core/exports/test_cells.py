from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from core.exports.cells import cell


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+44 20",
        "-cmd|' /C calc'!A0",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\uff1d1",
        "\uff0d2+3",
    ],
)
def test_formula_is_made_text(text: str) -> None:
    assert cell(text) == "'" + text


@pytest.mark.parametrize("text", ["-", "-5", "-5.25", "-1,393", "-0.3%", "Burglary", "", "a=b"])
def test_harmless_text_stays(text: str) -> None:
    assert cell(text) == text


def test_formula_behind_an_unwritable_character_is_found() -> None:
    assert cell("\x00=1+1") == "'=1+1"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (-7, -7),
        (Decimal("-0.5"), Decimal("-0.5")),
        (Fraction(1, 4), 0.25),
        (None, ""),
        (True, "Y"),
        (False, "N"),
        (datetime(2021, 6, 30, 23, 30, tzinfo=UTC), datetime.fromisoformat("2021-07-01 00:30")),
    ],
)
def test_value_keeps_its_type(value: Any, written: Any) -> None:
    assert cell(value) == written
    assert type(cell(value)) is type(written)
