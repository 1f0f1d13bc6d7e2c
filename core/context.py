"""What every page shows around its content."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from core.access.permissions import Permission
from core.access.purpose import in_words, purpose_of, until
from core.demonstration import is_loading
from core.notices import notices_for


@dataclass(frozen=True)
class Destination:
    """`also`: the beginnings of other addresses that belong to it."""

    title: str
    url_name: str
    permission: Permission
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """One word of the menu; where it leads to more than one place, those stand below it."""

    title: str
    places: tuple[Destination, ...]


@dataclass(frozen=True)
class Link:
    title: str
    url: str
    current: bool


@dataclass(frozen=True)
class Phase:
    tag: str
    text: str


# In the order of a day: what is mine, who is held, whom we manage, what happened, what we do about it,
# how it went. Nobody sees more sections than one row takes.
MENU = (
    Section("My work", (Destination("My work", "offenders:my-work", Permission.NOMINAL_VIEW),)),
    Section(
        "Custody",
        (
            Destination("Custody board", "offenders:custody-board", Permission.NOMINAL_VIEW),
            Destination("Bail", "offenders:bail-list", Permission.NOMINAL_VIEW),
            Destination("Remand", "offenders:remand-list", Permission.NOMINAL_VIEW),
        ),
    ),
    Section(
        "Nominals",
        (
            Destination(
                "Nominals", "offenders:nominal-list", Permission.NOMINAL_VIEW, ("/disposals/",)
            ),
            Destination("Cohorts", "offenders:cohort-list", Permission.NOMINAL_VIEW),
            Destination("Tags", "offenders:tag-stock", Permission.NOMINAL_VIEW),
            Destination("Convictions", "offenders:conviction-list", Permission.NOMINAL_VIEW),
            Destination("Retention", "offenders:retention-list", Permission.NOMINAL_REVIEW),
            Destination(
                "Subject access", "offenders:subject-access-list", Permission.NOMINAL_DISCLOSE
            ),
        ),
    ),
    Section(
        "Crimes",
        (
            Destination("Crimes", "offenders:crime-list", Permission.RECORD_VIEW),
            Destination("Series", "offenders:series-list", Permission.NOMINAL_VIEW),
            Destination("Daily scan", "operations:scan-list", Permission.SCAN_CHANGE),
            Destination("Other records", "performance:record-kinds", Permission.RECORD_VIEW),
        ),
    ),
    Section(
        "Operations",
        (
            Destination("Operations", "operations:operation-list", Permission.OPERATION_VIEW),
            Destination("Actions", "operations:action-list", Permission.ACTION_VIEW),
            Destination("Trials", "operations:trial-list", Permission.OPERATION_VIEW),
        ),
    ),
    Section(
        "Prevention", (Destination("Prevention", "operations:packs", Permission.PREVENTION_VIEW),)
    ),
    Section(
        "Performance",
        (
            Destination(
                "Boards", "performance:board-list", Permission.BOARD_VIEW, ("/headlines/",)
            ),
            Destination("Indicators", "performance:indicator-list", Permission.BOARD_VIEW),
            Destination("National", "performance:national", Permission.BOARD_VIEW),
            Destination("Papers", "performance:paper-list", Permission.PAPER_VIEW, ("/thematic/",)),
            Destination("Data quality", "performance:data-quality", Permission.BOARD_VIEW),
        ),
    ),
    Section(
        "Data",
        (
            Destination("Imports", "core:import-list", Permission.RECORD_IMPORT),
            Destination("Exports", "core:export-list", Permission.RECORD_EXPORT),
            Destination(
                "People without names", "offenders:unnamed-people", Permission.PEOPLE_ANALYSE
            ),
            Destination("Reference data", "admin:index", Permission.REFERENCE_CHANGE),
        ),
    ),
    Section("Audit", (Destination("Audit", "core:audit-list", Permission.AUDIT_VIEW),)),
    Section("People", (Destination("People", "core:person-list", Permission.USER_MANAGE),)),
)
DEMONSTRATION = Phase("Demonstration force", "Invented people and records.")


def navigation(request: HttpRequest) -> dict[str, Any]:
    """`navigation`: the sections this person may open, `places`: those of the section that they are
    in, where there are several; `phase` and `marking` for every page."""
    return {
        **_menu(request),
        "site_name": settings.SITE_NAME,
        "phase": DEMONSTRATION if settings.DEMO else None,
        "demonstration_is_loading": is_loading,  # asked by the pages of figures alone
        "marking": settings.MARKING,
        "purpose": _purpose(request),
        # Asked by the template: a part of a page has no header.
        "notices": partial(notices_for, getattr(request, "user", None)),
    }


def _purpose(request: HttpRequest) -> dict[str, Any] | None:
    """What this person works on, in words, and until when; None while nothing was chosen."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not (kept := purpose_of(request)):
        return None
    return {
        "words": in_words(kept.code, kept.reference),
        "until": datetime.fromtimestamp(until(request) or 0, UTC),
    }


def _menu(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)  # an error page may be made before anybody is known
    if user is None or not user.is_authenticated:
        return {"navigation": [], "places": [], "section": ""}
    mine = [
        (section.title, [place for place in section.places if user.has(place.permission)])
        for section in MENU
    ]
    here = _here(request.path, [place for _, places in mine for place in places])
    sections = [
        Link(title, reverse(places[0].url_name), here in places) for title, places in mine if places
    ]
    around = next(((title, places) for title, places in mine if here in places), ("", []))
    links = [Link(place.title, reverse(place.url_name), place is here) for place in around[1]]
    return {
        "navigation": sections,
        "places": links if len(links) > 1 else [],
        "section": around[0],
    }


def _here(path: str, places: Sequence[Destination]) -> Destination | None:
    """The place whose address is the longest beginning of this one."""
    found = [
        (len(start), number, place)
        for number, place in enumerate(places)
        for start in (reverse(place.url_name), *place.also)
        if path.startswith(start)
    ]
    return max(found, default=(0, 0, None), key=lambda each: each[:2])[2]
