import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from core.commands import JobCommand
from core.imports import FileRefused, Receipt, all_kinds
from core.services.imports import load_from_disk

WOULD = {
    "created": "would be created",
    "updated": "would be updated",
    "rejected": "would be rejected",
}


class Command(JobCommand):
    help = (
        "Import files of records (.csv, .csv.gz, .xlsx). The same file twice changes nothing. "
        "Ends with exit code 1 when a file is refused or a row is rejected; good rows are kept."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=list(all_kinds()), metavar="KIND",
                            help=f"one of {', '.join(all_kinds())}")  # fmt: skip
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="check, and change nothing")
        parser.add_argument(
            "--rejects", type=Path, metavar="OUT.csv",
            help="write the rejected rows here, with what is wrong, to be mended and sent again "
            "(with several files: OUT-1.csv, OUT-2.csv, ...)",
        )  # fmt: skip
        parser.add_argument("--json", action="store_true", help="print the counts as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        self.json: bool = options["json"]
        receipts, refused = [], 0
        for place, path in enumerate(options["files"], start=1):
            try:
                out = _rejects_of(options["rejects"], place, len(options["files"]))
                receipts.append(self._load(path, out, options))
            except FileRefused as refusal:
                refused += 1
                self.stderr.write(self.style.ERROR(f"{path}: {refusal}"))
        total = _sum(receipts)
        if self.json:
            said = total | {"refused_files": refused, "dry_run": options["dry_run"]}
            self.stdout.write(json.dumps(said))
        else:
            self.stdout.write(_in_words(total, dry_run=options["dry_run"]))
        if refused or total["rejected"]:
            raise CommandError(
                f"{total['rejected']:,} rows rejected, {refused} files refused. "
                "Mend them and import them again."
            )

    def _load(self, path: Path, rejects: Path | None, options: dict[str, Any]) -> Receipt:
        if not path.is_file():
            raise FileRefused("There is no such file.")
        receipt = load_from_disk(
            kind=options["kind"], path=path, dry_run=options["dry_run"], rejects=rejects
        )
        for error in receipt.errors:
            self.stderr.write(f"{path}: row {error.row}: {error.sentence}")
        shown = len({error.row for error in receipt.errors})
        if receipt.rejected > shown:
            self.stderr.write(
                f"{path}: these are the faults of {shown} of {receipt.rejected:,} rejected rows; "
                "--rejects OUT.csv keeps them all"
            )
        if receipt.unknown_columns:
            self.stderr.write(f"{path}: not read: {', '.join(receipt.unknown_columns)}")
        for warning in receipt.warnings:
            self.stderr.write(f"{path}: {warning}")
        if (sentence := receipt.nothing_new) and not self.json:
            self.stdout.write(f"{path}: {sentence}")
        return receipt


def _rejects_of(path: Path | None, place: int, files: int) -> Path | None:
    if path is None or files == 1:
        return path
    return path.with_name(f"{path.stem}-{place}{path.suffix}")


def _in_words(counts: dict[str, int], *, dry_run: bool) -> str:
    would = WOULD if dry_run else {}
    said = ", ".join(f"{count:,} {would.get(word, word)}" for word, count in counts.items())
    return f"{said}: nothing was written" if dry_run else said


def _sum(receipts: list[Receipt]) -> dict[str, int]:
    total = Receipt().counts()
    for receipt in receipts:
        for name, count in receipt.counts().items():
            total[name] += count
    return total
