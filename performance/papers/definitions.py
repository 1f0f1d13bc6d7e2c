"""The version of an indicator: a digest of all that says what it counts."""

from __future__ import annotations

import hashlib

from performance.indicators import INDICATORS
from performance.measures import Definitions


def digest_of(slug: str, definitions: Definitions | None = None) -> str:
    """Of its prose, its measures, and the dated code sets that they name."""
    definitions = definitions or Definitions.load()
    indicator = INDICATORS.get(slug)
    if indicator is None:
        return ""
    counted = [
        (name, measure.basis, str(measure.q(definitions)))
        for name, measure in indicator.measures.items()
    ]
    told = repr((indicator.how, indicator.per_day, counted))
    return hashlib.sha256(told.encode()).hexdigest()
