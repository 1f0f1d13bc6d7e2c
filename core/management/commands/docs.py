from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.reference_pages import every_page


class Command(BaseCommand):
    help = "Write the pages of docs/reference that are generated from the code."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; fail where a page is out of date"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = settings.BASE_DIR / "docs" / "reference"
        wanted = {folder / name: page().rstrip() + "\n" for name, page in every_page().items()}
        stale = {file: text for file, text in wanted.items() if _content(file) != text}
        if options["check"] and stale:
            names = ", ".join(sorted(file.name for file in stale))
            raise CommandError(f"Out of date: {names}. Run `python3 run.py docs`.")
        if not options["check"]:
            folder.mkdir(parents=True, exist_ok=True)
            for file, text in stale.items():
                file.write_text(text)
                self.stdout.write(f"wrote {file.name}")


def _content(file: Path) -> str | None:
    return file.read_text() if file.exists() else None
