"""Arrests of the past, each with what it was for and the detention after it. Ends in the service."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from core.access.permissions import Permission
from core.imports.kinds import Change, Column, Kind, Refers, register
from core.imports.types import Choice, Code, LocalTime, Reference, Text
from core.models import Unit, UnitKind, User
from offenders.models import Arrest, Crime, Nominal, TrialMode
from offenders.models.detention import Result
from offenders.services.arrests import ArrestedFor, usual_mode
from offenders.services.custody import Admission
from offenders.services.past_arrests import PastDetention, take_in_arrest

SEPARATORS = re.compile(r"[;,\s]+")
OF_CUSTODY = ("station", "arrived_at", "ended_at", "result")  # all of them, or none


def names_of_everybody() -> list[str]:
    """Also of those who have left: they made arrests."""
    return list(User.objects.values_list("username", flat=True))


def write_row(by: User | None, row: dict[str, Any]) -> Change:
    facts = {
        "place": row["place"],
        "arresting_officer": User.objects.get(username=row["arresting_officer"]),
    }
    for name in ("operation", "note"):
        if name in row:
            facts[name] = row[name] or ""
    if "district" in row:
        facts["district"] = Unit.objects.get(pk=row["district"]) if row["district"] else None
    return take_in_arrest(
        by=by,
        ref=row["arrest_ref"],
        nominal=_nominal(row["nominal_ref"]),
        arrested_at=row["arrested_at"],
        offences=_offences(row),
        held=_held(row),
        **facts,
    )


def _nominal(ref: str) -> Nominal:
    """The one who was kept, where two were merged."""
    found = Nominal.objects.for_service().filter(ref=ref).first()
    while found and found.merged_into:
        found = found.merged_into
    if found is None:
        problem = "is not a known nominal. Import the nominal first, or correct the reference."
        raise ValidationError({"nominal_ref": problem})
    return found


def _offences(row: dict[str, Any]) -> list[ArrestedFor]:
    mode = row.get("mode") or TrialMode.EITHER
    titles = [title.strip() for title in (row.get("offences") or "").split(";")]
    refs = [ref.upper() for ref in SEPARATORS.split(row.get("crime_refs") or "") if ref]
    crimes = Crime.objects.select_related("offence").in_bulk(refs)
    if missing := [ref for ref in refs if ref not in crimes]:
        problem = f"There is no crime {', '.join(missing)}. Import it first, or correct the list."
        raise ValidationError({"crime_refs": problem})
    free = [ArrestedFor(mode, title=title) for title in titles if title]
    linked = [
        ArrestedFor(usual_mode(crimes[ref]), crime=crimes[ref]) for ref in dict.fromkeys(refs)
    ]
    if not free and not linked:
        problem = "is missing. Write what the person was arrested for, or the crimes."
        raise ValidationError({"offences": problem})
    return free + linked


def _held(row: dict[str, Any]) -> PastDetention | None:
    given = [name for name in OF_CUSTODY if row.get(name)]
    if not given:
        return None
    if missing := [name for name in OF_CUSTODY if name not in given]:
        problem = "is missing. A detention has a station, an arrival, an end and a result."
        raise ValidationError(dict.fromkeys(missing, problem))
    authorised: datetime | None = row.get("authorised_at")
    return PastDetention(
        into=Admission(row["station"], row["arrived_at"], authorised),
        ended_at=row["ended_at"],
        result=row["result"],
        charged_at=row.get("charged_at"),
        custody_number=row.get("custody_number") or "",
        appropriate_adult=row.get("appropriate_adult") or "",
    )


ARRESTS = register(
    Kind(
        slug="arrests",
        title="Arrests",
        about="Arrests of the past, with the detention after each once it has ended. Who is held "
        "now is logged on the custody board. A row adds what is missing and changes facts; an "
        "offence, an end or a result that was corrected on the page stays as it is. The log of a "
        "detention is judged as at the desk.",
        model=Arrest,
        key=("arrest_ref",),
        columns=(
            Column(
                "arrest_ref",
                Reference(40),
                "The custody or arrest reference of the other system.",
                required=True,
            ),
            Column(
                "nominal_ref",
                Reference(20),
                "The nominal, who must be recorded already. Of two who were merged, either.",
                required=True,
            ),
            Column("arrested_at", LocalTime(), "When.", required=True),
            Column("place", Text(200), "Where.", required=True),
            Column(
                "district",
                Code("Code of a district, such as `cambridge`", lower=True),
                "District of the arrest.",
                refers=Refers(Unit, "district", only={"kind": UnitKind.DISTRICT}),
            ),
            Column(
                "arresting_officer",
                Text(150),
                "User name of the officer, who may have left.",
                required=True,
                refers=Refers(Arrest, "user name of an account here", names=names_of_everybody),
            ),
            Column("operation", Text(80), "Operation of the arrest."),
            Column("note", Text(2000), "Anything else."),
            Column("offences", Text(1000), "What for, several separated by `;`."),
            Column(
                "mode",
                Choice(tuple(TrialMode.values)),
                "How `offences` are tried; blank: `either`.",
            ),
            Column("crime_refs", Text(1000), "Crimes that it was for, separated by blanks or `;`."),
            Column(
                "station", Text(80), "Where the person was held; blank: not taken into custody."
            ),
            Column("custody_number", Text(20), "Number of the detention."),
            Column("arrived_at", LocalTime(), "Arrival at the station."),
            Column("authorised_at", LocalTime(), "When detention was authorised."),
            Column("charged_at", LocalTime(), "When charged; blank: with the end."),
            Column("ended_at", LocalTime(), "When the detention ended."),
            Column("result", Choice(tuple(Result.values)), "How it ended."),
            Column("appropriate_adult", Text(120), "Who was told of a child, before a charge."),
        ),
        write_row=write_row,
        block_rows=50,  # a second or a few each: a lost worker is noticed after two minutes
        permission=Permission.NOMINAL_SUPERVISE,
        list_url="offenders:custody-board",
    )
)
