import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.models import AuditEvent, AuditSeal
from core.selectors.audit_chain import faults, read_anchors
from core.services.audit_chain import anchor_file


class Command(BaseCommand):
    help = (
        "Reads the whole audit log and names every row that was altered, removed or put in. "
        "The anchor that the application keeps beside its files is held against it, and those "
        "that you kept elsewhere."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--anchor", type=Path, action="append", default=[], metavar="FILE")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        anchors = [anchor for file in self._files(options["anchor"]) for anchor in _read(file)]
        found = [str(fault) for fault in faults(anchors)]
        rows, batches = AuditEvent.objects.count(), AuditSeal.objects.count()
        said = {"rows": rows, "batches": batches, "anchors": len(anchors), "faults": found}
        self.stdout.write(json.dumps(said) if options["json"] else _words(said))
        if found:
            raise CommandError(
                "The log is not whole. Keep the database as it is, and tell who answers for the data."
            )

    def _files(self, named: list[Path]) -> list[Path]:
        own = anchor_file()
        return [*([own] if own.exists() else []), *named]


def _read(file: Path) -> list[dict[str, Any]]:
    try:
        return read_anchors(file)
    except (OSError, ValueError) as error:
        raise CommandError(f"{file} cannot be read as anchors: {error}") from error


def _words(said: dict[str, Any]) -> str:
    lines = [f"{said['rows']:,} rows, {said['batches']:,} batches, {said['anchors']} anchors."]
    lines += said["faults"] or ["Nothing was altered, removed or put in."]
    return "\n".join(lines)
