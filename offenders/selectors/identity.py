"""What the page of a nominal, its briefing sheet and the API say about who somebody is."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from offenders.models import (
    Association,
    Nominal,
    NominalMerge,
    Priority,
    RiskScore,
    Typology,
    WarningMarker,
)
from offenders.models.nominal import NominalQuerySet
from offenders.models.scope import visible
from offenders.people import Button, Entry, buttons, timelines


def with_priority(nominals: NominalQuerySet) -> NominalQuerySet:
    """`priority_total` of twelve, None without a decision."""
    latest = Priority.objects.filter(nominal=OuterRef("pk")).order_by("-decided_at", "-pk")
    return nominals.annotate(priority_total=Subquery(latest.values("total")[:1]))


def priority_of(nominal: Nominal) -> Priority | None:
    return nominal.priorities.select_related("decided_by").first()


def associations_of(nominal: Nominal) -> list[Association]:
    """From both sides; `other` is always the other nominal. Of a masked one the link, not its words."""
    rows = visible(Association.objects.all()).filter(Q(nominal=nominal) | Q(other=nominal))
    found = list(rows.select_related("nominal", "other"))
    for row in found:
        if row.other_id == nominal.pk:
            row.nominal, row.other = row.other, row.nominal
        if row.other.covered:
            row.text = ""  # it may say who they are
    return found


def _started(nominal: Nominal) -> Iterator[Entry]:
    yield Entry(nominal.created_at, "Record", "Recorded", f"Reference {nominal.ref}")


def _priorities(nominal: Nominal) -> Iterator[Entry]:
    for row in Priority.objects.filter(nominal=nominal).select_related("decided_by"):
        text = f"{row.parts.capitalize()}. {row.reason}"
        yield Entry(row.decided_at, "Priority", f"Priority {row}", text, str(row.decided_by))


def _scores(nominal: Nominal) -> Iterator[Entry]:
    for row in RiskScore.objects.filter(nominal=nominal):
        text = f"Version {row.instrument_version}, {row.get_nature_display().lower()}"
        yield Entry(row.scored_on, "Risk score", str(row), text, row.scored_by)


def _marks(nominal: Nominal) -> Iterator[Entry]:
    for title, kind in (("Warning", WarningMarker), ("Typology", Typology)):
        for row in kind._default_manager.filter(nominal=nominal):
            yield Entry(_since(row), title, f"{title}: {row}", row.text)


def _since(row: WarningMarker | Typology) -> datetime | date:
    return row.since or row.created_at


def _merges(nominal: Nominal) -> Iterator[Entry]:
    rows = visible(NominalMerge.objects.all()).filter(Q(kept=nominal) | Q(gone=nominal))
    for row in rows.select_related("kept", "gone", "merged_by", "undone_by"):
        other = row.gone if row.kept_id == nominal.pk else row.kept
        title = f"Merged with {other} ({other.ref})"
        yield Entry(row.merged_at, "Record", title, row.reason, str(row.merged_by))
        if row.undone_at:
            yield Entry(row.undone_at, "Record", f"{title}: undone", "", str(row.undone_by))


def _own_buttons(nominal: Nominal) -> Iterable[Button]:
    yield Button("Change identity", reverse("offenders:nominal-edit", args=[nominal.pk]))
    yield Button("Decide priority", reverse("offenders:priority-new", args=[nominal.pk]))


timelines += [_started, _priorities, _scores, _marks, _merges]
buttons += [_own_buttons]
