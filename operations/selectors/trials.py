"""Trials and footwear: what was scanned, what it matched, and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from offenders import people
from offenders.models import Nominal
from offenders.models.scope import visible
from operations.models import FootwearMatch, FootwearScan, Trial
from operations.models.footwear import CameOf, MatchState


def trial_url(slug: str) -> str:
    return reverse("operations:trial-detail", args=[slug])


def scan_url(pk: int) -> str:
    return reverse("operations:footwear-detail", args=[pk])


def scans() -> QuerySet[FootwearScan]:
    joined = ("arrest__nominal", "trial", "district", "by")
    return visible(FootwearScan.objects.all()).select_related(*joined)


def matches_of(scan: FootwearScan) -> QuerySet[FootwearMatch]:
    joined = ("crime__offence", "crime__district", "found_by", "decided_by")
    return scan.matches.select_related(*joined)


@dataclass(frozen=True)
class TrialData:
    """Counts of the trial's scans and matches. Who was scanned stands elsewhere."""

    scans: int
    people: int
    with_candidate: int
    candidates: int
    qualified: int
    rejected: int
    came_of: list[tuple[str, int]]

    @property
    def undecided(self) -> int:
        return self.candidates - self.qualified - self.rejected


def data_of(trial: Trial) -> TrialData:
    """Two queries."""
    scanned = list(trial.scans.values_list("pk", "arrest__nominal_id"))
    rows = list(
        FootwearMatch.objects.filter(scan__trial=trial).values_list("scan_id", "state", "came_of")
    )
    states = Counter(state for _, state, _ in rows)
    led = Counter(came for _, _, came in rows if came)
    return TrialData(
        scans=len(scanned),
        people=len({nominal for _, nominal in scanned}),
        with_candidate=len({scan for scan, _, _ in rows}),
        candidates=len(rows),
        qualified=states[MatchState.QUALIFIED],
        rejected=states[MatchState.REJECTED],
        came_of=[(str(label), led[value]) for value, label in CameOf.choices],
    )


def timeline(nominal: Nominal) -> Iterable[people.Entry]:
    for scan in FootwearScan.objects.filter(arrest__nominal=nominal).select_related("by"):
        yield people.Entry(
            scan.scanned_at, "Footwear", str(scan), scan.note, str(scan.by), scan_url(scan.pk)
        )
    matches = FootwearMatch.objects.filter(scan__arrest__nominal=nominal)
    for match in matches.select_related("decided_by"):
        text = " ".join(filter(None, [match.reason, match.get_came_of_display()]))
        yield people.Entry(
            match.decided_at or match.found_at,
            "Footwear",
            f"Footwear match with crime {match}",
            text,
            str(match.decided_by or ""),
            scan_url(match.scan_id),
        )


def buttons(nominal: Nominal) -> Iterable[people.Button]:
    url = reverse("operations:footwear-of", args=[nominal.pk])
    yield people.Button("Record a footwear scan", url)


people.timelines.append(timeline)
people.buttons.append(buttons)
