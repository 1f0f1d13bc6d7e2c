"""The boards: what each one shows, in order. Everything else about a row is its indicator's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

FIRST_BENCHMARK = date(2019, 4, 1)


@dataclass(frozen=True)
class BoardGroup:
    title: str
    indicators: tuple[str, ...]


@dataclass(frozen=True)
class BoardDefinition:
    """`benchmark`: first day of the financial year that rolling 12 months are held against."""

    slug: str
    title: str
    groups: tuple[BoardGroup, ...]
    benchmark: date = FIRST_BENCHMARK

    @property
    def indicators(self) -> tuple[str, ...]:
        return tuple(slug for group in self.groups for slug in group.indicators)


_BOARDS = (
    BoardDefinition(
        "combat-acquisitive-crime",
        "Combat acquisitive crime",
        (
            BoardGroup("All crime", ("all-crime-outcome-rate",)),
            BoardGroup(
                "Burglary dwelling",
                (
                    "dwelling-burglary-recorded",
                    "dwelling-burglary-outcome-rate",
                    "dwelling-burglary-satisfaction",
                ),
            ),
            BoardGroup(
                "Theft of motor vehicle",
                ("theft-of-motor-vehicle-recorded", "theft-of-motor-vehicle-outcome-rate"),
            ),
        ),
    ),
    BoardDefinition(
        "increase-public-satisfaction",
        "Increase public satisfaction",
        (
            BoardGroup("Calls", ("calls-999-answered", "calls-non-emergency-answered")),
            BoardGroup("Response", ("immediate-response", "prompt-response")),
            BoardGroup("Public", ("public-confidence",)),
            BoardGroup("Victims", ("victim-satisfaction", "hub-referral-rate")),
        ),
    ),
    BoardDefinition(
        "headlines",
        "Performance headlines",
        (
            BoardGroup(
                "Demand",
                (
                    "calls-999",
                    "calls-non-emergency",
                    "incidents",
                    "incidents-a-day",
                    "covid-incidents-a-day",
                ),
            ),
            BoardGroup(
                "Response", ("immediate-response", "prompt-response", "prompt-domestic-response")
            ),
            BoardGroup("Recorded crime", ("all-crime-recorded", "stalking-harassment-recorded")),
            BoardGroup("Outcomes", ("all-crime-outcome-rate", "all-crime-cohort-rate")),
            BoardGroup(
                "Compliance",
                ("victim-care-overdue", "supervisory-reviews-overdue", "crime-data-integrity"),
            ),
        ),
    ),
    BoardDefinition(
        "acquisitive-crime-in-depth",
        "Acquisitive crime in depth",
        (
            BoardGroup(
                "Dwelling burglary",
                (
                    "dwelling-burglary-incidents",
                    "dwelling-burglary-immediate-response",
                    "dwelling-burglary-prompt-response",
                    "dwelling-burglary-recorded",
                    "dwelling-burglary-outcome-rate",
                    "dwelling-burglary-cohort-rate",
                    "dwelling-burglary-satisfaction",
                    "dwelling-burglary-treatment",
                    "dwelling-burglary-follow-up",
                ),
            ),
            BoardGroup(
                "Theft of motor vehicle",
                (
                    "theft-of-motor-vehicle-recorded",
                    "theft-of-motor-vehicle-outcome-rate",
                    "theft-of-motor-vehicle-cohort-rate",
                ),
            ),
            BoardGroup(
                "Vehicle crime",
                (
                    "vehicle-crime-recorded",
                    "vehicle-crime-outcome-rate",
                    "vehicle-crime-cohort-rate",
                    "vehicle-crime-allocated",
                ),
            ),
        ),
    ),
    BoardDefinition(
        "public-and-victims-in-depth",
        "Public and victims in depth",
        (
            BoardGroup("Public", ("public-confidence", "crime-has-increased")),
            BoardGroup(
                "Victims",
                (
                    "victim-satisfaction",
                    "victim-treatment",
                    "victim-follow-up",
                    "hub-referral-rate",
                ),
            ),
        ),
    ),
    BoardDefinition(
        "offender-management",
        "Offender management",
        (
            BoardGroup("Cohort", ("cohort-size", "cohort-reviews-overdue")),
            BoardGroup("Tags", ("tags-fitted", "tag-days-worn")),
            BoardGroup("Custody", ("arrests", "charged-in-custody", "custody-hours")),
            BoardGroup(
                "Disposals by tier",
                (
                    "disposals-diversion",
                    "disposals-informal",
                    "disposals-formal",
                    "disposals-charge",
                ),
            ),
        ),
    ),
    BoardDefinition(
        "prevention-and-operations",
        "Prevention and operations",
        (
            BoardGroup(
                "Operations",
                (
                    "operation-arrests",
                    "operation-charges",
                    "operation-convictions",
                    "vehicles-recovered",
                ),
            ),
            BoardGroup("Trials", ("footwear-scans", "footwear-matches")),
            BoardGroup(
                "Packs",
                (
                    "packs-given-bronze",
                    "packs-given-silver",
                    "packs-given-gold",
                    "packs-in-stock-bronze",
                    "packs-in-stock-silver",
                ),
            ),
            BoardGroup("Properties", ("gold-properties",)),
            BoardGroup("Planning", ("planning-answered", "planning-answered-in-time")),
            BoardGroup("Daily scan", ("scans-finished", "scan-days-covered")),
            BoardGroup("Actions", ("actions-in-time",)),
        ),
    ),
)

BOARDS = {board.slug: board for board in _BOARDS}
