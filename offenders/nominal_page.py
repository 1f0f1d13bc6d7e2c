"""Everything that the page of a nominal and the briefing sheet show, asked for once."""

from dataclasses import dataclass
from itertools import chain
from typing import Any

from core.words import words_of
from offenders import people
from offenders.models import Nominal, NominalMerge, Priority, RiskScore
from offenders.people import Button, Entry, Now
from offenders.selectors.identity import associations_of, priority_of

LATEST = 100  # entries of the timeline
# What is wanted most; the rest stands below them.
FIRST = ("Log an arrest", "Offer a disposal", "Ask for a tag", "Raise an action")
DATED = {"address", "vehicle", "association", "warning", "typology"}


@dataclass(frozen=True)
class PartRows:
    slug: str
    title: str
    rows: list[Any]

    @property
    def current(self) -> list[Any]:
        return [row for row in self.rows if getattr(row, "is_current", True)]


@dataclass(frozen=True)
class Page:
    nominal: Nominal
    facts: list[dict[str, str]]
    nows: list[Now]
    entries: list[Entry]
    kinds: list[str]  # that the timeline can be narrowed to
    kind: str
    left_out: int  # older entries than are shown
    buttons: list[Button]  # one row of them
    more: list[Button]
    parts: dict[str, PartRows]
    priority: Priority | None
    priorities: list[Priority]
    merges: list[NominalMerge]


def page_of(nominal: Nominal, *, kind: str = "") -> Page:
    entries = list(chain.from_iterable(tell(nominal) for tell in people.timelines))
    entries.sort(key=lambda entry: entry.moment, reverse=True)
    chosen = [entry for entry in entries if kind in ("", entry.kind)]
    offered = list(chain.from_iterable(offer(nominal) for offer in people.buttons))
    return Page(
        nominal=nominal,
        facts=_facts(nominal),
        nows=list(chain.from_iterable(tell(nominal) for tell in people.nows)),
        entries=chosen[:LATEST],
        kinds=sorted({entry.kind for entry in entries}),
        kind=kind,
        left_out=max(0, len(chosen) - LATEST),
        buttons=sorted(
            (one for one in offered if one.text in FIRST), key=lambda one: FIRST.index(one.text)
        ),
        more=[one for one in offered if one.text not in FIRST],
        parts={rows.slug: rows for rows in _parts(nominal)},
        priority=priority_of(nominal),
        priorities=list(nominal.priorities.select_related("decided_by")),
        merges=list(nominal.merges.filter(undone_at__isnull=True).select_related("gone")),
    )


def _parts(nominal: Nominal) -> list[PartRows]:
    return [
        PartRows("warning", "Warnings", list(nominal.warnings.all())),
        PartRows("typology", "Typologies", list(nominal.typologies.all())),
        PartRows("alias", "Aliases", list(nominal.aliases.all())),
        PartRows("identifier", "Identifiers", list(nominal.identifiers.all())),
        PartRows("address", "Addresses", list(nominal.addresses.all())),
        PartRows("vehicle", "Vehicles", list(nominal.vehicles.all())),
        PartRows("association", "Associates", associations_of(nominal)),
        PartRows("risk-score", "Risk scores", list(RiskScore.objects.filter(nominal=nominal))),
    ]


def _facts(nominal: Nominal) -> list[dict[str, str]]:
    age = "" if nominal.age is None else f" (age {nominal.age})"
    facts = {
        "Date of birth": words_of(nominal.date_of_birth) + age,
        "Sex": nominal.get_sex_display(),
        "Self-defined ethnicity": nominal.get_ethnicity_display(),
        "PNC identifier": words_of(nominal.pnc_id),
        "Custody number": words_of(nominal.custody_ref),
        "Area": words_of(nominal.unit),
        "Lead officer": str(nominal.lead_officer),
        "Second officer": words_of(nominal.second_officer),
        "Note": words_of(nominal.note),
    }
    return [{"key": key, "value": value} for key, value in facts.items()]
