"""Who took a file away and when, in the file itself: it goes wherever the file goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone

COLUMN = "taken"  # of a CSV; an import passes over it
LONGEST = 250  # characters that Excel prints at the top of a page


@dataclass(frozen=True)
class Watermark:
    title: str
    name: str
    username: str
    at: datetime
    query: str  # the filter, as in the page's address
    ref: str  # of the export, as in the log

    @property
    def line(self) -> str:
        when = f"{timezone.localtime(self.at):%-d %b %Y %H:%M}"
        parts = [settings.MARKING, f"Taken from {settings.SITE_NAME} by {self.name}"]
        return ", ".join(filter(None, [*parts, self.username, when]))

    def facts(self) -> list[tuple[str, str]]:
        """For the sheet that tells of the others."""
        return [
            ("What", self.title),
            ("Taken by", f"{self.name} ({self.username})"),
            ("When", f"{timezone.localtime(self.at):%-d %B %Y, %H:%M}"),
            ("Filter", self.query or "None"),
            ("Export", self.ref),
            ("Marking", settings.MARKING or "None"),
            ("From", settings.SITE_NAME),
        ]
