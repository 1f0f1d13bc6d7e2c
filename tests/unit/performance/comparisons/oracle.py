"""Reference values of R and of PHEindicatormethods, as columns."""

import csv
import math

import numpy as np
import pytest

from tests.shared import shared


def columns(name: str) -> dict[str, np.ndarray]:
    """Columns of numbers of data/oracle/<name>; text and blank cells are nan."""
    with shared(f"data/oracle/{name}").open() as file:
        rows = list(csv.DictReader(file))
    return {key: np.array([_number(row[key]) for row in rows]) for key in rows[0]}


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def assert_agrees(found, expected) -> None:
    """To 1e-9 of the value, wherever the reference has one."""
    found, expected = np.asarray(found), np.asarray(expected)
    given = ~np.isnan(expected)
    assert given.any()
    assert found[given] == pytest.approx(expected[given], rel=1e-9, abs=1e-15)
