"""Which pages a browser walks, as whom, and with which records in them.

The list is the access matrix, so a new page is walked without being named here; one that shows a
record needs a line in `arguments`.
"""

from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

from core.access.permissions import Permission
from core.dates import today
from core.models import (
    Approval,
    AuditEvent,
    DipSample,
    Document,
    ExportRun,
    ImportRun,
    ImportState,
    Unit,
    User,
)
from offenders.models import WarningMarker
from offenders.services.merges import merge_nominals
from performance.models import Paper, PaperBlock, VerdictChange
from performance.services.figures import fold_changes
from performance.services.paper_release import release, send_to_review
from performance.services.papers import (
    add_paragraph,
    add_section,
    ask_question,
    remove_section,
)
from performance.services.verdict_watch import subscribe
from tests.browser.offender_pages import offender_pages
from tests.browser.operation_pages import operation_pages
from tests.browser.prevention_pages import prevention_pages
from tests.browser.retention_pages import retention_pages
from tests.browser.scan_pages import scan_pages
from tests.factories.access import excluded, restricted
from tests.factories.break_glass import glass_of
from tests.factories.cohorts import rated
from tests.factories.crimes import CrimeFactory
from tests.factories.custody import ArrestOffenceFactory, AttendanceFactory, detained
from tests.factories.incidents import IncidentFactory
from tests.factories.integrity_audits import IntegrityAuditFactory
from tests.factories.nominals import NominalFactory
from tests.factories.operations import OperationFactory
from tests.factories.outcomes import OutcomeFactory
from tests.factories.papers import EARLIER, paper_of
from tests.factories.series import SeriesCrimeFactory, SeriesSuspectFactory
from tests.factories.supervisory_reviews import SupervisoryReviewFactory
from tests.factories.users import UserFactory
from tests.factories.victim_care_contracts import VictimCareContractFactory
from tests.integration.access_matrix import MATRIX
from tests.integration.access_rows import Row
from tests.integration.board_records import burglaries

# Answers that are no page, and pages of the API's own documentation.
LEFT_OUT = (
    "api:",
    "healthz",
    "readyz",
    "metrics",
    "account_logout",
    "core:export-download",
    "core:document-download",
    "core:import-rejects",
    "core:saved-view-open",
    "offenders:subject-access-file",
    "performance:board-download",
    "mfa_",
    "openid_connect_",
    "performance:paper-file",
)
SHOWN = {200, 404}  # 404: the matrix names a record that is not there; the walk one that is
PERSON = [f"core:person-{page}" for page in ("detail", "change", "roles", "tokens")]
CRIME = [f"offenders:crime-{page}" for page in ("detail", "edit", "cancel", "reinstate")] + [
    "offenders:outcome-new",
    "offenders:referral-new",
    "offenders:crime-series",
]
ARREST = [
    f"offenders:{page}" for page in ("arrest-detail", "arrest-edit", "custody-new", "offence-new")
]
OFFENCE = ["offenders:offence-edit", "offenders:offence-remove"]
COHORT = ("detail", "edit", "close")
CUSTODY = [f"offenders:custody-{page}" for page in ("detail", "edit", "end")]
NOMINAL = [f"offenders:nominal-{page}" for page in ("detail", "edit", "briefing", "history")] + [
    "offenders:priority-new",
    "offenders:merge-new",
]
ACCESS = [f"offenders:nominal-{page}" for page in ("access", "lift", "clear", "exclude")]
SERIES = [
    f"offenders:series-{page}"
    for page in ("detail", "edit", "close", "reopen", "link", "suspect-new")
]
REVIEW = ["performance:review-detail", "performance:review-edit"]
AUDIT = ["performance:audit-detail", "performance:audit-edit"]
# Between them they open everything: the first that may open a page walks it.
WALKERS = (
    "analyst",
    "administrator",
    "auditor",
    "manager",
    "act-officer",
    "act-supervisor",
    "data-protection",
    "isd-staff",
)


def is_page(name: str, row: Row) -> bool:
    with_get = " " not in name  # other methods follow the name
    return with_get and not name.startswith(LEFT_OUT) and row.status in SHOWN


def names_for(role: str) -> list[str]:
    """The pages that this role walks, because no walker before it may open them."""
    before = set(WALKERS[: WALKERS.index(role)])
    return [
        name
        for name, row in MATRIX.items()
        if is_page(name, row) and role in row.allowed and not before & row.allowed
    ]


def names_beside(role: str) -> list[str]:
    """The other pages that this role may open: walked as this role too, for they may differ."""
    first = names_for(role) if role in WALKERS else []
    return [
        name
        for name, row in MATRIX.items()
        if is_page(name, row) and role in row.allowed and name not in first
    ]


def arguments(viewer: User) -> dict[str, dict[str, Any]]:
    """Arguments of every address that names a record, of records made here."""
    person = UserFactory.create(roles=["manager", "machine"])
    crime = CrimeFactory.create()
    review = SupervisoryReviewFactory.create()
    audit = IntegrityAuditFactory.create()
    offence, detention = ArrestOffenceFactory.create(), detained()
    arrest, attendance = offence.arrest, AttendanceFactory.create()
    fold_changes()
    return {
        **{name: {"username": person.username} for name in PERSON},
        **{name: {"ref": crime.pk} for name in CRIME},
        **{name: {"ref": review.pk} for name in REVIEW},
        **{name: {"ref": audit.pk} for name in AUDIT},
        "offenders:outcome-withdraw": _outcome(),
        **{name: {"pk": arrest.pk} for name in ARREST},
        **{name: {"pk": arrest.pk, "offence": offence.pk} for name in OFFENCE},
        **{name: {"pk": detention.pk} for name in CUSTODY},
        **_nominal_pages(viewer),
        **_cohort_pages(viewer),
        **offender_pages(),
        **_series_pages(),
        **retention_pages(),
        **scan_pages(viewer),
        **operation_pages(),
        **prevention_pages(),
        "offenders:custody-event-new": {"pk": detention.pk, "kind": "extended"},
        "offenders:custody-event-withdraw": {
            "pk": detention.pk,
            "event": detention.entries.get(kind="authorised").pk,
        },
        "offenders:arrest-of": {"pk": arrest.nominal_id},
        "offenders:attendance-of": {"pk": arrest.nominal_id},
        "offenders:attendance-detail": {"pk": attendance.pk},
        "offenders:attendance-edit": {"pk": attendance.pk},
        "core:export-detail": {"pk": _export(viewer).pk},
        "offenders:break-glass-detail": {"pk": glass_of(ago=timedelta(hours=2)).pk},
        "core:document-new": {"owner": "operation", "key": OperationFactory.create().pk},
        "core:document-remove": {"pk": _document().pk},
        "core:approval-detail": {"pk": _approval(viewer).pk},
        "core:dip-sample-detail": {"pk": _sample(viewer).pk},
        "core:import-detail": {"pk": _import(viewer).pk},
        "operations:incident-detail": {"ref": IncidentFactory.create().pk},
        "performance:victim-care-detail": {"ref": VictimCareContractFactory.create().pk},
        **_paper_pages(viewer),
        "performance:board-detail": {"slug": "combat-acquisitive-crime"},
        "performance:indicator-detail": {"slug": "dwelling-burglary-outcome-rate"},
        "performance:rows": {"slug": "dwelling-burglary-recorded"},
    }


def _paper_pages(viewer: User) -> dict[str, dict[str, Any]]:
    """A draft, with a question of the board of the month before, whose paper was released."""
    author = UserFactory.create(roles=["analyst"])
    told = _released_paper(author)
    asked = ask_question(by=author, paper=told, text="Why?")
    _notice(viewer)
    paper = paper_of(author)
    block = PaperBlock.objects.filter(section__paper=paper, kind="paragraph").earliest("pk")
    section, of_paper = {"pk": block.section_id}, {"pk": paper.pk}
    return {
        **{f"performance:paper-{page}": of_paper for page in ("detail", "read", "edit", "back")},
        **{f"performance:{page}-new": of_paper for page in ("section", "question")},
        **{f"performance:{page}-new": section for page in ("paragraph", "block")},
        "performance:section-edit": section,
        "performance:paragraph-edit": {"pk": block.pk},
        "performance:question-answer": {**of_paper, "question": asked.pk},
        "performance:paper-restatements": {"pk": told.pk},
        "performance:paper-lineage": {"pk": told.pk, "figure": told.figures.earliest("pk").pk},
    }


def _notice(viewer: User) -> None:
    """A subscription of whoever reads boards, and one verdict that changed since."""
    if not viewer.has(Permission.BOARD_VIEW):
        return
    force = Unit.objects.get(parent=None)
    subscribe(by=viewer, unit=force, indicator="dwelling-burglary-recorded")
    change = VerdictChange.objects.create(
        indicator="dwelling-burglary-recorded", unit=force, against="1 year average",
        month=date(2021, 1, 1), word="Lower", before="Comparable", before_month=date(2020, 12, 1),
        shown="77", beyond_chance=True,
    )  # fmt: skip
    change.notices.create(user=viewer)


def _released_paper(author: User) -> Paper:
    """One paragraph of one figure; its files are walked by nobody, so none is made."""
    paper = paper_of(author, month=date(2020, 12, 1), **EARLIER)
    for section in paper.sections.all():
        remove_section(by=author, section=section)
    section = add_section(by=author, paper=paper, title="Burglary")
    burglaries(2, date(2020, 12, 1))
    text = "{{figure:dwelling-burglary-recorded|force|month}} burglaries were recorded."
    add_paragraph(by=author, section=section, text=text)
    send_to_review(by=author, paper=paper)
    with patch("performance.services.paper_release.forms", list):
        return release(by=UserFactory.create(roles=["manager"]), paper=paper)


def _nominal_pages(viewer: User) -> dict[str, dict[str, Any]]:
    """One nominal with a warning, and a duplicate merged into them."""
    supervisor = UserFactory.create(roles=["act-supervisor"])
    kept, gone = NominalFactory.create(), NominalFactory.create(surname="Brambleholt")
    warning = WarningMarker.objects.create(nominal=kept, marker="weapons")
    merge = merge_nominals(by=supervisor, kept=kept, gone=gone, reason="Same fingerprints")
    part = {"pk": kept.pk, "part": "warning"}
    return {
        **_access_pages(viewer if viewer.has(Permission.NOMINAL_SUPERVISE) else supervisor),
        **{name: {"pk": kept.pk} for name in NOMINAL},
        "offenders:part-new": part,
        "offenders:part-edit": {**part, "row": warning.pk},
        "offenders:part-remove": {**part, "row": warning.pk},
        "offenders:merge-undo": {"pk": kept.pk, "merge": merge.pk},
    }


def _access_pages(supervisor: User) -> dict[str, dict[str, Any]]:
    """A record behind a mask that the supervisor is cleared for, and one person kept from it."""
    masked, out = (
        restricted("masked", cleared=supervisor),
        UserFactory.create(roles=["act-officer"]),
    )
    excluded(out, masked)
    row, kept_out = masked.restrictions.get().clearances.get(), masked.exclusions.get()
    return {
        **{name: {"pk": masked.pk} for name in ACCESS},
        "offenders:clearance-end": {"pk": masked.pk, "row": row.pk},
        "offenders:exclusion-end": {"pk": masked.pk, "row": kept_out.pk},
        "offenders:nominal-restrict": {"pk": NominalFactory.create().pk},
    }


def _cohort_pages(viewer: User) -> dict[str, dict[str, Any]]:
    """A member of Op Aware, led by whoever walks the pages."""
    member = rated(nominal=NominalFactory.create(lead_officer=viewer))
    return {
        **{f"offenders:cohort-{page}": {"slug": member.cohort_id} for page in COHORT},
        "offenders:member-detail": {"pk": member.pk},
        "offenders:member-step": {"pk": member.pk, "step": "suspended"},
        "offenders:handover": {"pk": member.nominal_id},
    }


def _series_pages() -> dict[str, dict[str, Any]]:
    """A series with a crime and a suspect."""
    link = SeriesCrimeFactory.create()
    suspect = SeriesSuspectFactory.create(series=link.series)
    return {
        **{name: {"pk": link.series_id} for name in SERIES},
        "offenders:series-unlink": {"pk": link.series_id, "link": link.pk},
        "offenders:series-standing": {"pk": link.series_id, "row": suspect.pk},
        "offenders:series-of": {"pk": suspect.nominal_id},
    }


def _outcome() -> dict[str, Any]:
    outcome = OutcomeFactory.create()
    return {"ref": outcome.crime_id, "outcome": outcome.pk}


def _sample(viewer: User) -> DipSample:
    """With one look that waits and one that was judged."""
    sample = DipSample.objects.create(by=viewer, since=today(), until=today(), found=2)
    for is_judged in (True, False):
        look = AuditEvent.objects.create(
            action="nominal.viewed", actor="somebody", people=[NominalFactory.create().pk]
        )
        said = {"is_justified": True, "reason": "Seen", "judged_by": viewer, "judged_at": look.at}
        sample.looks.create(event=look.pk, **(said if is_judged else {}))
    return sample


def _document() -> Document:
    """Of an operation; the walk opens no file."""
    return Document.objects.create(
        owner_type="operation",
        owner_key=OperationFactory.create().pk,
        title="Plan",
        name="plan.pdf",
        kind="pdf",
        size=1,
        sha256="0" * 64,
        added_by=UserFactory.create(),
    )


def _approval(viewer: User) -> Approval:
    """That waits for whoever walks the page."""
    return Approval.objects.create(
        kind="large-export",
        target_type="core.exportrun",
        target_id=str(_export(viewer).pk),
        payload={"export": "crimes", "query": "", "people": 1200},
        reason="For the court",
        asked_by=UserFactory.create(roles=["manager"]),
    )


def _export(viewer: User) -> ExportRun:
    return ExportRun.objects.create(kind="crimes", format="csv", by=viewer)


def _import(viewer: User) -> ImportRun:
    return ImportRun.objects.create(
        kind="crimes",
        file_name="crimes.csv",
        by=viewer,
        state=ImportState.RUNNING,
        rows_total=1000,
        read=250,
    )
