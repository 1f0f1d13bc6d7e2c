"""`manage.py board SLUG --month YYYY-MM`: a board as a table, CSV or JSON."""

import csv
import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from core.dates import parse_month
from core.models import Unit
from performance.boards import BOARDS
from performance.selectors.board_columns import HEADER, records_of
from performance.selectors.boards import Board
from performance.services.boards_as_at import board_as_at, parse_day


class Command(BaseCommand):
    help = "Print a board. CSV columns are those of the board paper's tables."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", choices=sorted(BOARDS), metavar="SLUG", help=", ".join(BOARDS))
        parser.add_argument("--month", required=True, help="such as 2021-01")
        parser.add_argument("--unit", default="force", help="code of a unit; the force if left out")
        parser.add_argument(
            "--as-at",
            metavar="DATE",
            help="such as 2021-03-16: from the records as they stood then",
        )
        parser.add_argument("--format", choices=["table", "csv", "json"], default="table")

    def handle(self, *_: Any, **options: Any) -> None:
        try:
            month = parse_month(options["month"])
            unit = Unit.objects.get(pk=options["unit"])
        except ValueError as error:
            raise CommandError(str(error)) from error
        except Unit.DoesNotExist as error:
            known = ", ".join(Unit.objects.values_list("code", flat=True))
            raise CommandError(f"There is no unit “{options['unit']}”. Known: {known}.") from error
        board = self.board(options["slug"], month, unit, options["as_at"])
        records = list(records_of(board))
        getattr(self, f"print_{options['format']}")(board, records)

    def board(self, slug: str, month: date, unit: Unit, as_at: str | None) -> Board:
        try:
            on = parse_day(as_at) if as_at else None
            return board_as_at(slug=slug, month=month, unit=unit, on=on)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal

    def print_csv(self, _: Board, records: list[dict[str, str]]) -> None:
        writer = csv.DictWriter(self.stdout, HEADER, lineterminator="\n")
        writer.writeheader()
        writer.writerows(records)

    def print_json(self, _: Board, records: list[dict[str, str]]) -> None:
        self.stdout.write(json.dumps(records, indent=2, ensure_ascii=False))

    def print_table(self, board: Board, records: list[dict[str, str]]) -> None:
        as_of = f"{board.as_of:%d %B %Y %H:%M}" if board.as_of else "never"
        stood = "as it stood on" if board.as_at else "figures as of"
        self.stdout.write(f"{board.title}, {board.month:%B %Y}, {board.unit} ({stood} {as_of})\n")
        shown = [column for column in HEADER if column != "table"]
        lines = [[column.replace("_", " ") for column in shown]]
        lines += [[record[column] for column in shown] for record in records]
        widths = [max(len(line[place]) for line in lines) for place in range(len(shown))]
        for line in lines:
            cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
            self.stdout.write("  ".join(cells).rstrip())
