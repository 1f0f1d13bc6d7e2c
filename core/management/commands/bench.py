from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.benchmarks import Ratio, every_benchmark
from core.reference_pages import table

REPORT = Path("docs/reference/performance.md")
HEADINGS = ("What", "Measured", "Limit", "Ratio", "Goal", "Met")
ABOUT = """# Performance

Every line is a ratio to what the same machine did in the same run, so it holds on other machines too; the times are those of two
cores. Repeat any of them with `python3 run.py bench --rows N` (`--only NAME` for one benchmark, `--write` to keep its lines here,
`--strict` to fail where a goal is not met).

"""


class Command(BaseCommand):
    help = "Measure ratios to what this machine can do, and print them as a table."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rows", type=int, default=1_000_000, help="crimes to work on")
        parser.add_argument("--only", default="", help="part of a benchmark's name")
        parser.add_argument("--write", action="store_true", help=f"keep the table in {REPORT}")
        parser.add_argument(
            "--strict", action="store_true", help="exit with 1 where a goal is not met"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        ratios = list(self._measure(options["rows"], options["only"]))
        cells = [_cells(ratio) for ratio in ratios]
        self.stdout.write(f"\n{table(HEADINGS, cells)}")
        if options["write"]:
            page = settings.BASE_DIR / REPORT
            page.write_text(report(page.read_text() if page.exists() else "", cells))
        if options["strict"] and not all(ratio.met for ratio in ratios):
            raise CommandError("A goal was not met: see the table.")

    def _measure(self, rows: int, only: str) -> Iterator[Ratio]:
        for function in every_benchmark():
            if only in function.__name__:
                self.stderr.write(f"measuring: {function.__name__}")
                yield from function(rows)


def _cells(ratio: Ratio) -> tuple[str, ...]:
    met = "yes" if ratio.met else "no"
    return (ratio.title, ratio.measured, ratio.limit, f"{ratio.ratio:.3g}", ratio.goal, met)


def report(before: str, measured: list[tuple[str, ...]]) -> str:
    """The page with the lines measured now in place of those of the same title."""
    lines = {row[0]: row for row in [*_rows_of(before), *measured]}
    return ABOUT + table(HEADINGS, sorted(lines.values(), key=lambda row: row[0].lower()))


def _rows_of(page: str) -> list[tuple[str, ...]]:
    cells = (line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("| "))
    return [tuple(row) for row in cells if row[0] not in (HEADINGS[0], "---")]
