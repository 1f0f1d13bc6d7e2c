from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

FIRST_ERRORS = 10
LONGEST_QUOTED = 80


@dataclass(frozen=True)
class RowError:
    """One thing wrong with one row: where, what stands there, what is wrong and what to do."""

    row: int  # as the spreadsheet shows it: the header is row 1
    column: str
    value: str
    message: str

    @property
    def sentence(self) -> str:
        return sentence(self.column, self.value, self.message)


def sentence(column: str, value: str, message: str) -> str:
    """The column and one whole sentence. A message is a sentence, or one that wants its subject."""
    if not column:
        return f"The row {message}" + (f" Left over: {value}." if value else "")
    if message[0].isupper():
        return f"{column}: {message}"
    subject = f"“{value[:LONGEST_QUOTED]}”" if value else "It"
    return f"{column}: {subject} {message}"


@dataclass
class Receipt:
    """What became of a file's rows: read is the sum of the other four counts."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    errors: list[RowError] = field(default_factory=list)  # the first ones
    warnings: list[str] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)

    @property
    def nothing_new(self) -> str:
        """The sentence of a file that was read to its end and changes nothing; "" of any other."""
        if self.created or self.updated or not self.unchanged:
            return ""
        rows, one = f"{self.unchanged:,}", self.unchanged == 1
        if self.rejected:
            known = "the one other row is" if one else f"all {rows} other rows are"
            return f"Nothing new beside the rejected rows: {known} in Aware already."
        known = "its one row is" if one else f"all {rows} rows are"
        return f"Nothing new in this file: {known} in Aware already."

    def counts(self) -> dict[str, int]:
        names = ("read", "created", "updated", "unchanged", "rejected")
        return {name: getattr(self, name) for name in names}

    def first_errors(self) -> list[dict[str, Any]]:
        return [asdict(error) for error in self.errors]


class FileRefused(Exception):  # noqa: N818  # an answer to a person, not a fault
    """A file that is not read at all. The message says what is wrong and what to do."""
