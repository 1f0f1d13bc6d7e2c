"""`manage.py reproduce_paper ID`: a released paper's figures, made again and compared."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from performance.models import Paper
from performance.services.paper_reproduce import reproduce


class Command(BaseCommand):
    help = "Make the figures of a released paper again from the records' history, and compare."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", type=int, help="number of the paper, as in its address")

    def handle(self, *_: Any, **options: Any) -> None:
        paper = Paper.objects.filter(pk=options["id"]).first()
        if paper is None or not paper.is_told:
            known = Paper.objects.filter(released_at__isnull=False).values_list("pk", flat=True)
            listed = ", ".join(map(str, known)) or "none"
            raise CommandError(f"There is no released paper {options['id']}. Released: {listed}.")
        number, differences = reproduce(paper)
        for each in differences:
            told = each.figure.words
            self.stdout.write(f"{each.figure.reference}: told {told}, made {each.made}")
        if differences:
            raise CommandError(f"{len(differences)} of {number} figures came out otherwise.")
        self.stdout.write(f"{number} figures made again: every one as it was told.")
