from datetime import date
from typing import Any

from core.models import User
from performance.models import Paper
from performance.services.papers import make_paper

JANUARY = date(2021, 1, 1)
EARLIER = {"meeting_on": date(2021, 1, 26), "board_on": date(2021, 2, 16)}  # of December


def paper_of(author: User, *, month: date = JANUARY, **facts: Any) -> Paper:
    """A draft made from the template, with the dates of the board of March 2021."""
    dates = {"meeting_on": date(2021, 2, 23), "board_on": date(2021, 3, 16)}
    return make_paper(by=author, month=month, **dates | facts)
