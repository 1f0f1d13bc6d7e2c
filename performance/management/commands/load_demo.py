"""`load_demo`: the synthetic force, the same on every run."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, OutputWrapper
from django.utils import timezone

from core.commands import JobCommand
from core.dates import parse_month
from core.demonstration import loading_goes_on, loading_has_ended
from performance.demo.draws import FIRST, LAST
from performance.demo.loading import load_force, rows_expected
from performance.demo.people.loading import load_people
from performance.demo.prevention import load_prevention
from performance.demo.story import tell
from performance.services.figures import fold_changes

BAR = 30


class Command(JobCommand):
    help = (
        "Loads the demonstration force: invented records from April 2017 to January 2021. "
        "A second run changes nothing; a run that was broken off is completed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--until", metavar="YYYY-MM", help="last month to load")
        parser.add_argument(
            "--scale", type=int, default=1, metavar="N", help="multiplies crimes, for benches"
        )

    def handle(self, *, until: str | None, scale: int, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "Invented records are loaded only where DEMO is set, never among real ones. "
                "To try Aware out, run this again with DEMO=1."
            )
        last = _month(until)
        if scale < 1:
            raise CommandError("--scale is 1 or more.")
        loading_goes_on()
        try:
            self._load(last, scale)
        finally:
            loading_has_ended()

    def _load(self, last: date, scale: int) -> None:
        bar = Bar(self.stdout, rows_expected(last, scale))
        tell()
        receipts = load_force(until=last, scale=scale, report=bar.hear)
        people = load_people(now=timezone.now())
        prevention = load_prevention()
        loading_goes_on()
        fold_changes()  # whether or not a worker runs, the figures stand when this ends
        bar.end()
        for kind, receipt in receipts.items():
            counts = ", ".join(f"{count:,} {name}" for name, count in receipt.counts().items())
            self.stdout.write(f"{kind}: {counts}")
        self.stdout.write(f"people: {', '.join(f'{n} {name}' for name, n in people.items())}")
        made = ", ".join(f"{n} {name}" for name, n in prevention.items())
        self.stdout.write(f"prevention: {made}")


def _month(text: str | None) -> date:
    if text is None:
        return LAST
    try:
        month = parse_month(text)
    except ValueError as error:
        raise CommandError(str(error)) from None
    if not FIRST <= month <= LAST:
        raise CommandError(f"--until lies between {FIRST:%Y-%m} and {LAST:%Y-%m}.")
    return month


class Bar:
    """One line that fills up at a terminal; a line a kind elsewhere."""

    def __init__(self, out: OutputWrapper, expected: int) -> None:
        self.out, self.expected, self.done = out, expected, 0
        self.kind = ""
        self.began = monotonic()

    def hear(self, kind: str, rows: int) -> None:
        self.done += rows
        loading_goes_on()
        share = min(self.done / self.expected, 0.99)
        if self.out.isatty():
            filled = "#" * int(BAR * share)
            line = f"\r[{filled:<{BAR}}] {share:4.0%}  {self._seconds()}  {kind:<20}"
            self.out.write(line, ending="")
            self.out.flush()
        elif kind != self.kind:
            self.out.write(f"{share:4.0%}  {self._seconds()}  {kind}")
        self.kind = kind

    def end(self) -> None:
        clear = "\r" if self.out.isatty() else ""
        self.out.write(f"{clear}100%  {self._seconds()}  {self.done:,} records{'':<40}".rstrip())

    def _seconds(self) -> str:
        return f"{monotonic() - self.began:4.0f} s"
