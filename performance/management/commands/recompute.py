from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from core.commands import JobCommand
from core.dates import parse_month
from performance import tasks
from performance.services.figures import rebuild


class Command(JobCommand):
    help = "Count the records again and put the figures right: all of them, or some months."

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--all", action="store_true", help="every figure")
        which.add_argument("--month", nargs="+", metavar="YYYY-MM", help="the months' cells")
        parser.add_argument(
            "--wait", action="store_true", help="do it here, instead of asking a worker to"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        try:
            months = [parse_month(month) for month in options["month"] or []]
        except ValueError as error:
            raise CommandError(str(error)) from error
        if options["wait"]:
            found = rebuild(months=months)
            self.stdout.write(f"Figures put right: {found}.")
        elif months:
            tasks.recompute_months.delay(options["month"])
            self.stdout.write("A worker has been asked to recompute these months.")
        else:
            tasks.recompute_all.delay()
            self.stdout.write("A worker has been asked to recompute every figure.")
