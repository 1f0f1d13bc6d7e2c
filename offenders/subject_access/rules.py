"""When an answer is due, and what is blacked out of a text. Pure: no database, no clock."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from core.dates import add_months, last_day
from core.workdays import is_working_day

NAME = "[name of another person]"
REMOVED = "[removed]"
SHORTEST = 3  # letters: what is shorter is in too many words


def answer_due(received: date) -> date:
    """One month (Data Protection Act 2018 s.54): the same day of the next month, its last where it
    has none; the next working day where that is none."""
    month = add_months(received.replace(day=1), 1)
    due = min(last_day(month), month + timedelta(days=received.day - 1))
    while not is_working_day(due):
        due += timedelta(days=1)
    return due


def redacted(text: str, names: Iterable[str], words: Iterable[str] = ()) -> str:
    """Longest first, so that a surname does not leave the rest of the name behind."""
    return _without(_without(text, words, REMOVED), names, NAME)


def _without(text: str, phrases: Iterable[str], mark: str) -> str:
    wanted = {phrase.strip() for phrase in phrases}
    longest = sorted((each for each in wanted if len(each) >= SHORTEST), key=len, reverse=True)
    if not longest:
        return text
    pattern = "|".join(re.escape(each) for each in longest)
    return re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", mark, text, flags=re.IGNORECASE)
