"""What every page shows around its content."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from core.access.permissions import Permission
from core.access.purpose import in_words, purpose_of, until
from core.notices import notices_for


@dataclass(frozen=True)
class Destination:
    title: str
    url_name: str
    permission: Permission


@dataclass(frozen=True)
class Link:
    title: str
    url: str
    current: bool


@dataclass(frozen=True)
class Phase:
    tag: str
    text: str


MENU = (
    Destination("Boards", "performance:board-list", Permission.BOARD_VIEW),
    Destination("Indicators", "performance:indicator-list", Permission.BOARD_VIEW),
    Destination("Paper", "performance:paper-list", Permission.PAPER_VIEW),
    Destination("National", "performance:national", Permission.BOARD_VIEW),
    Destination("Nominals", "offenders:nominal-list", Permission.NOMINAL_VIEW),
    Destination("Custody", "offenders:custody-board", Permission.NOMINAL_VIEW),
    Destination("Bail", "offenders:bail-list", Permission.NOMINAL_VIEW),
    Destination("Tags", "offenders:tag-stock", Permission.NOMINAL_VIEW),
    Destination("Cohorts", "offenders:cohort-list", Permission.NOMINAL_VIEW),
    Destination("Series", "offenders:series-list", Permission.NOMINAL_VIEW),
    Destination("Daily scan", "operations:scan-list", Permission.SCAN_CHANGE),
    Destination("Actions", "operations:action-list", Permission.ACTION_VIEW),
    Destination("Operations", "operations:operation-list", Permission.OPERATION_VIEW),
    Destination("Trials", "operations:trial-list", Permission.OPERATION_VIEW),
    Destination("My work", "offenders:my-work", Permission.NOMINAL_VIEW),
    Destination("Prevention", "operations:packs", Permission.PREVENTION_VIEW),
    Destination("Crimes", "offenders:crime-list", Permission.RECORD_VIEW),
    Destination("Records", "performance:record-kinds", Permission.RECORD_VIEW),
    Destination("Imports", "core:import-list", Permission.RECORD_IMPORT),
    Destination("Exports", "core:export-list", Permission.RECORD_EXPORT),
    Destination("Data quality", "performance:data-quality", Permission.BOARD_VIEW),
    Destination("Audit", "core:audit-list", Permission.AUDIT_VIEW),
    Destination("Reference data", "admin:index", Permission.REFERENCE_CHANGE),
    Destination("People", "core:person-list", Permission.USER_MANAGE),
)
DEMONSTRATION = Phase("Demonstration force", "Invented people and records.")


def navigation(request: HttpRequest) -> dict[str, Any]:
    """`navigation`: the destinations this person may open; `phase` and `marking` for every page."""
    return {
        "navigation": _menu(request),
        "site_name": settings.SITE_NAME,
        "phase": DEMONSTRATION if settings.DEMO else None,
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


def _menu(request: HttpRequest) -> list[Link]:
    user = getattr(request, "user", None)  # an error page may be made before anybody is known
    if user is None or not user.is_authenticated:
        return []
    allowed = [
        (place.title, reverse(place.url_name)) for place in MENU if user.has(place.permission)
    ]
    return [Link(title, url, request.path.startswith(url)) for title, url in allowed]
