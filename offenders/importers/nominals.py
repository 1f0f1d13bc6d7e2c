from datetime import UTC, datetime
from typing import Any

import polars as pl
from django.utils import timezone

from core.access.permissions import Permission
from core.imports.kinds import Closed, Column, Derive, Doubts, Kind, Refers, register
from core.imports.types import Choice, Code, Day, Fault, Flag, Reference, Text
from core.imports.validation import ROW, errors_in, no_errors
from core.models import Unit
from offenders.models import Nominal
from offenders.models.nominal import Ethnicity, Sex
from offenders.selectors.duplicates import likely_duplicates
from offenders.selectors.officers import officers
from offenders.selectors.search import plain

NAMED = ("surname", "forenames", "pnc_id", "custody_ref")
WHAT_TO_DO = (
    "If it is the same person, use that reference or leave the row out; if not, write Y in the column "
    "confirm_new."
)
OFFICER = "officer who works nominals here, by user name"


def names_of_officers() -> list[str]:
    return list(officers().values_list("username", flat=True))


def with_keys() -> Derive:
    """User names become keys, and a new nominal is recorded now."""
    keys = dict(officers().values_list("username", "pk"))
    now = timezone.now()

    def derive(good: pl.DataFrame) -> pl.DataFrame:
        named = [name for name in ("lead_officer", "second_officer") if name in good.columns]
        return good.with_columns(
            *(
                pl.col(name).replace_strict(keys, default=None, return_dtype=pl.Int64)
                for name in named
            ),
            pl.lit(_utc(now)).alias("created_at"),
        )

    return derive


def doubts() -> Doubts:
    """Of one file: a new row that looks like somebody known, or like an earlier row, is held.

    Rows of the file that were let in already are no reason against later ones: a check and the
    import after it find the same.
    """
    let_in: set[str] = set()
    seen: dict[tuple[str, ...], tuple[int, str]] = {}

    def look(new: pl.DataFrame) -> pl.DataFrame:
        errors = [no_errors()]
        for place, row in enumerate(new.sort(ROW).iter_rows(named=True)):
            if not row.get("confirm_new") and (problem := _doubt(row, seen, let_in)):
                one = new.sort(ROW)[place : place + 1]
                errors.append(errors_in(one, "surname", Fault(one[ROW] > 0, problem)))
                continue
            let_in.add(row["ref"])
            seen.setdefault(_identity(row), (row[ROW], row["ref"]))
        return pl.concat(errors)

    return look


def _doubt(
    row: dict[str, Any], seen: dict[tuple[str, ...], tuple[int, str]], let_in: set[str]
) -> str:
    number, ref = seen.get(_identity(row), (row[ROW], row["ref"]))
    if ref != row["ref"]:
        return f"has the name and the date of birth of row {number} ({ref}). {WHAT_TO_DO}"
    nominal = Nominal(**{name: row.get(name) or "" for name in NAMED})
    nominal.date_of_birth = row.get("date_of_birth")
    alike = [found.ref for found in likely_duplicates(nominal) if found.ref not in let_in]
    return f"looks like {' and '.join(alike)}, recorded already. {WHAT_TO_DO}" if alike else ""


def _identity(row: dict[str, Any]) -> tuple[str, ...]:
    words = (plain(row[name] or "") for name in ("surname", "forenames"))
    return (*(" ".join(part) for part in words), str(row.get("date_of_birth") or ""))


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC)


NOMINALS = register(
    Kind(
        slug="nominals",
        title="Nominals",
        about="People known to the police, one row a person. Who leads a nominal is set when the "
        "row is new and changes by a handover afterwards. A new row that looks like somebody "
        "recorded already is not taken until `confirm_new` says that it is not them.",
        model=Nominal,
        key=("ref",),
        columns=(
            Column("ref", Reference(20), "The force's own number.", required=True),
            Column("surname", Text(80), "Surname.", required=True),
            Column("forenames", Text(120), "Forenames.", required=True),
            Column("date_of_birth", Day(), "Date of birth."),
            Column("sex", Choice(tuple(Sex.values), upper=True), "Blank: not known."),
            Column(
                "ethnicity",
                Choice(tuple(Ethnicity.values), upper=True),
                "As the person defines it, in the 18+1 codes. Blank: not stated.",
            ),
            Column("pnc_id", Code("PNC identifier", longest=15), "PNC identifier."),
            Column("custody_ref", Code("Custody number", longest=20), "Custody number."),
            Column(
                "unit",
                Code("Code of an area or a district, such as `north`", lower=True),
                "Who works the nominal.",
                refers=Refers(Unit, "area or district", only={"kind__in": ["area", "district"]}),
            ),
            Column(
                "lead_officer",
                Text(150),
                "User name of the lead officer: nobody is without one.",
                required=True,
                refers=Refers(Nominal, OFFICER, names=names_of_officers),
            ),
            Column(
                "second_officer",
                Text(150),
                "User name of the second officer.",
                refers=Refers(Nominal, OFFICER, names=names_of_officers),
            ),
            Column("note", Text(2000), "Anything else."),
            Column(
                "confirm_new",
                Flag(),
                "Y: somebody has looked, and the person is not the one whom the row looks like.",
                is_kept=False,
            ),
        ),
        doubts=doubts,
        block_rows=500,
        derive=with_keys,
        derived=("created_at",),
        once=("lead_officer", "created_at"),
        closed=Closed("merged_into", "was merged into another nominal. Send the other one."),
        permission=Permission.NOMINAL_SUPERVISE,
        list_url="offenders:nominal-list",
        in_figures=False,
    )
)
