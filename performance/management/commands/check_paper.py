"""`manage.py check_paper FILE --month YYYY-MM`: the claim check of a paper from elsewhere."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.dates import parse_month
from performance.selectors.paper_check import check_elsewhere


class Command(BaseCommand):
    help = "Check every number and claim of a paper (text or Markdown) against the figures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the paper as text or Markdown")
        parser.add_argument("--month", required=True, help="of its figures, such as 2021-01")
        parser.add_argument("--strict", action="store_true", help="fail where there is a fault")

    def handle(self, *_: Any, **options: Any) -> None:
        try:
            month = parse_month(options["month"])
            text = options["file"].read_text()
        except (ValueError, OSError) as error:
            raise CommandError(str(error)) from error
        check = check_elsewhere(text, month)
        for finding in check.findings:
            sort = "FAULT" if finding.is_fault else "doubt"
            self.stdout.write(f"{sort}  {finding.place}  {finding.kind.label}: {finding.message}")
        self.stdout.write(f"{len(check.faults)} faults, {len(check.doubts)} doubts.")
        if options["strict"] and check.faults:
            raise CommandError("Faults stand in this paper.")
