from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from core.models import Unit, UnitKind
from offenders.models import OffenceCode, OutcomeCode


@dataclass(frozen=True)
class CodeList:
    """`noun` is what an import calls such a code. Rows: code, title, first and last day."""

    noun: str
    title: str
    rows: list[tuple[str, str, date | None, date | None]]


def code_lists() -> Iterator[CodeList]:
    """Every list of codes that a record file may name."""
    units = Unit.objects.values_list("code", "name", "valid_from", "valid_to")
    above = (UnitKind.FORCE, UnitKind.AREA)
    yield CodeList("unit", "Force and areas", list(units.filter(kind__in=above)))
    yield CodeList("district", "Districts", list(units.filter(kind=UnitKind.DISTRICT)))
    yield CodeList("department", "Departments", list(units.filter(kind=UnitKind.DEPARTMENT)))
    for noun, model in (("outcome code", OutcomeCode), ("offence code", OffenceCode)):
        rows = model.objects.values_list("code", "title", "valid_from", "valid_to")
        yield CodeList(noun, f"{noun.capitalize()}s", list(rows))
