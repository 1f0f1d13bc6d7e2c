"""A record for every address that names one, pages and API."""

from typing import Any

from core.models import DipSample, SavedView, User
from offenders.models import CustodyEvent
from operations.models import WorksOrder
from performance.models import PaperBlock, PaperSection
from tests.browser.pages import arguments
from tests.integration.access_matrix import MATRIX

ROLES = (
    "act-supervisor",
    "act-officer",
    "analyst",
    "manager",
    "isd-staff",
    "administrator",
    "auditor",
    "data-protection",
    "machine",
    "board-viewer",
)
NOUNS = {  # of the API, where the page has another word
    "works": "works",
    "arrest-offence": "offence-edit",
    "indicator": "indicator-detail",
    "board": "board-detail",
    "paper": "paper-detail",
    "condition": "condition-met",
    "conviction": "conviction-edit",
    "handover": "handover",
    "member": "member-detail",
    "nominal-merge-undo": "merge-undo",
    "nominal-part": "part-edit",
    "outcome-withdraw": "outcome-withdraw",
    "scan-row": "scan-row-link",
    "tag-alert": "tag-alert-close",
    "footwear-step": "footwear-step",
}


def fitting(key: str) -> str:
    """A role that may, of those who may the most first."""
    allowed = MATRIX[key].allowed
    return next((role for role in ROLES if role in allowed), min(allowed))


def records(viewer: User) -> dict[str, dict[str, Any]]:
    """Key of the matrix: arguments of its address, of records that stand there."""
    pages = arguments(viewer) | _own(viewer)
    by_noun = {name.partition(":")[2]: kwargs for name, kwargs in pages.items()}
    return {key: _arguments(key, pages, by_noun) for key in MATRIX}


def _own(viewer: User) -> dict[str, dict[str, Any]]:
    """What only its owner may open."""
    view = SavedView.objects.create(user=viewer, name="Mine", path="/crimes/")
    sample = DipSample.objects.filter(by=viewer).first()
    look = sample.looks.first() if sample else None
    entry = CustodyEvent.objects.latest("pk")
    return {
        "core:saved-view-open": {"pk": view.pk},
        "core:saved-view-delete": {"pk": view.pk},
        "core:dip-look-judge": {"pk": look.sample_id, "look": look.pk} if look else {},
        "api:custody-entry-withdraw": {"pk": entry.detention_id, "entry": entry.pk},
        "api:works-step": {"pk": WorksOrder.objects.earliest("pk").pk},
        "api:works-quote": {"pk": WorksOrder.objects.earliest("pk").assessment_id},
        "performance:section-step": {"pk": PaperSection.objects.latest("pk").pk},
        "performance:block-step": {"pk": PaperBlock.objects.latest("pk").pk},
    }


def _arguments(
    key: str, pages: dict[str, dict[str, Any]], by_noun: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    name = key.split(maxsplit=1)[0]
    wanted = MATRIX[key].kwargs
    if name in pages:
        return wanted | pages[name]
    noun = name.partition(":")[2]
    found = by_noun.get(noun) or _nearest(noun, by_noun)
    return wanted | {part: found[part] for part in wanted if part in found and part != "step"}


def _nearest(noun: str, by_noun: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """`tag-checks` is about a tag."""
    for start in sorted(NOUNS, key=len, reverse=True):
        if noun.startswith(start) and NOUNS[start] in by_noun:
            return by_noun[NOUNS[start]]
    words = noun.split("-")
    for length in range(len(words), 0, -1):
        if (detail := "-".join(words[:length]) + "-detail") in by_noun:
            return by_noun[detail]
    return {}
