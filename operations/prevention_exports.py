"""Lists of prevention as files. There is nobody in them, so whoever reads a list may take it."""

from typing import Any

from django.db.models import QuerySet

from core.access.permissions import Permission
from core.exports.lists import export_of_list
from core.filters import RecordFilter
from operations import prevention_filters as filters
from operations.models import (
    Assessment,
    AwarenessGiven,
    Consultation,
    EstateWorks,
    PackMovement,
    PlanningApplication,
    WatchScheme,
    WorksOrder,
)
from operations.selectors.properties import properties


def same(*names: str, **others: str) -> dict[str, str]:
    """Headings that are the field's own name, and those that are not."""
    return {name: name for name in names} | others


PACK_COLUMNS = same(
    "movement_ref", "kind", "level", "number", "moved_on", "address", "gift_ref", "note",
    place="place_id", partner="partner_id", property_ref="home_id", district="district_id",
    withdrawn_at="withdrawn_at", withdrawn_why="withdrawn_why",
)  # fmt: skip
ASSESSMENT_COLUMNS = same(
    "assessed_on", "asked_for", "result", "why", property_ref="home_id", district="district_id"
)
PLANNING_COLUMNS = same(
    "application_ref", "authority", "about", "received_on", "due_on", "answered_on", "days_taken",
    "advice", "advice_text", "taken_up", district="district_id",
)  # fmt: skip

LISTS: tuple[tuple[str, str, QuerySet[Any], type[RecordFilter], dict[str, str]], ...] = (
    (
        "pack-movements",
        "Pack movements",
        PackMovement.objects.all(),
        filters.PackMovementFilter,
        PACK_COLUMNS,
    ),
    (
        "properties",
        "Properties",
        properties(),
        filters.PropertyFilter,
        same(
            "property_ref", "address", "postcode", "kind", "latitude", "longitude", "level",
            "assessed_on", district="district_id",
        ),
    ),
    (
        "assessments",
        "Assessments of properties",
        Assessment.objects.all(),
        filters.AssessmentFilter,
        ASSESSMENT_COLUMNS,
    ),
    (
        "works-orders",
        "Works orders",
        WorksOrder.objects.all(),
        filters.WorksOrderFilter,
        same(
            "kind", "what", "state", "quoted_on", "quoted", "ordered_on", "done_on", "cost",
            property_ref="assessment__home_id", address="assessment__home__address",
        ),
    ),
    (
        "planning-applications",
        "Planning applications",
        PlanningApplication.objects.all(),
        filters.PlanningFilter,
        PLANNING_COLUMNS,
    ),
    (
        "consultations",
        "Consultations",
        Consultation.objects.all(),
        filters.ConsultationFilter,
        same("title", "held_on", "channel", "people", "involved", "result", district="district_id"),
    ),
    (
        "watch-schemes",
        "Neighbourhood Watch schemes",
        WatchScheme.objects.all(),
        filters.WatchSchemeFilter,
        same(
            "name", "area", "coordinator", "members", "started_on", "ended_on",
            district="district_id",
        ),
    ),
    (
        "estate-works",
        "Estate works",
        EstateWorks.objects.all(),
        filters.EstateWorksFilter,
        same("estate", "council", "homes", "started_on", "done_on", "note", district="district_id"),
    ),
    (
        "awareness",
        "Awareness given",
        AwarenessGiven.objects.all(),
        filters.AwarenessFilter,
        same("given_on", "subject", "audience", "people", "note", district="district_id"),
    ),
)  # fmt: skip
for slug, title, rows, filterset_class, columns in LISTS:
    export_of_list(slug, title, rows, filterset_class, columns, Permission.PREVENTION_VIEW)
