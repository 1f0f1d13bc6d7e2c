"""Every correction of what is known of a nominal, also of what was removed: who, when, from what."""

from dataclasses import dataclass

from core.selectors.history import Revision, histories_of, history_of, newest_first
from offenders.models import (
    Address,
    Alias,
    Association,
    Identifier,
    Membership,
    Nominal,
    Priority,
    RiskScore,
    Typology,
    Vehicle,
    WarningMarker,
)
from offenders.models.scope import open_rows

IDENTITY = "identity"
PARTS = {
    "warning": ("Warnings", WarningMarker),
    "typology": ("Typologies", Typology),
    "alias": ("Aliases", Alias),
    "identifier": ("Identifiers", Identifier),
    "address": ("Addresses", Address),
    "vehicle": ("Vehicles", Vehicle),
    "association": ("Associates", Association),
    "risk-score": ("Risk scores", RiskScore),
    "priority": ("Priority", Priority),
    "membership": ("Cohorts", Membership),
}
KINDS = {IDENTITY: "Identity", **{slug: title for slug, (title, _) in PARTS.items()}}


@dataclass(frozen=True)
class Kept:
    """One kind of thing with its revisions."""

    slug: str
    title: str
    revisions: list[Revision]


def revisions_of(nominal: Nominal, kind: str = "") -> list[Kept]:
    """Of one kind, or of all that were ever changed."""
    wanted = [kind] if kind in KINDS else list(KINDS)
    kept = [Kept(slug, KINDS[slug], _of(nominal, slug)) for slug in wanted]
    return [one for one in kept if one.revisions]


def _of(nominal: Nominal, slug: str) -> list[Revision]:
    if slug == IDENTITY:
        return history_of(nominal)
    _, model = PARTS[slug]
    found = histories_of(model, scope=open_rows, nominal=nominal.pk)
    if model is Association:  # known from both sides
        other_side = histories_of(model, scope=open_rows, other=nominal.pk)
        return newest_first(found, other_side)
    return found
