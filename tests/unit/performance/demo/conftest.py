"""The whole demonstration force as frames, made once for this folder; no database."""

from datetime import date
from importlib import import_module

import polars as pl
import pytest

KINDS = (
    "crimes",
    "outcomes",
    "referrals",
    "incidents",
    "calls",
    "surveys",
    "victim_care",
    "supervisory_reviews",
    "integrity_audits",
)


@pytest.fixture(scope="session")
def records() -> dict[str, pl.DataFrame]:
    made = {}
    for kind in KINDS:
        frames = import_module(f"performance.demo.{kind}").frames(date(2021, 1, 1))
        made[kind] = pl.concat(frames)
    return made
