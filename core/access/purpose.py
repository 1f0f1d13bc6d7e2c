"""Why somebody looks: chosen once for a piece of work, kept in the session, written on every look.

What it is needed for is a setting (PURPOSE_NEEDED), since the Data (Use and Access) Act 2025 takes
the justification out of s.62: docs/adr/0057.
"""

from django.conf import settings
from django.db.models import TextChoices
from django.http import HttpRequest
from django.utils import timezone

from core import looks
from core.access.decision import NotAllowed, Reason
from core.looks import NO_PURPOSE, Purpose

KEY = "purpose"
HEADER = "X-Purpose"


class Code(TextChoices):
    """The code is stored with each look and stays; its words may be put better."""

    CRIME = "crime", "Investigating a crime"
    CUSTODY = "custody", "An arrest, custody or bail"
    OFFENDER = "offender", "Managing an offender of a cohort"
    OPERATION = "operation", "An operation or a briefing"
    SAFEGUARDING = "safeguarding", "Protecting somebody from harm"
    COURT = "court", "A file for the prosecutor or the court"
    QUALITY = "quality", "Correcting or reviewing records"
    REQUEST = "request", "A request for information"
    AUDIT = "audit", "An audit, a complaint or a matter of conduct"
    TASK = "task", "The task that led there"  # given by the software, not chosen


CHOICES = [(code.value, code.label) for code in Code if code is not Code.TASK]


class Need(TextChoices):
    """The words of PURPOSE_NEEDED."""

    SEARCH = "search"
    VIEW = "view"
    PRINT = "print"
    EXPORT = "export"
    OUT_OF_AREA = "out-of-area"
    RESTRICTED = "restricted"


def require_purpose(need: Need) -> None:
    """Raises NotAllowed, which a page answers by asking. Work that no request asks for has none."""
    if not has_purpose_for(need):
        raise NotAllowed(Reason.PURPOSE)


def has_purpose_for(need: Need) -> bool:
    """Whether require_purpose would let it pass."""
    request = looks.current()
    return request is None or need not in settings.PURPOSE_NEEDED or bool(request.purpose())


def purpose_of(request: HttpRequest) -> Purpose:
    """Of the session, while it lasts; a call of the API may say it in a header."""
    if said := request.headers.get(HEADER):
        return _from_header(said)
    kept = request.session.get(KEY) if hasattr(request, "session") else None
    if not kept or kept["until"] <= timezone.now().timestamp():
        return NO_PURPOSE
    return Purpose(kept["code"], kept["reference"])


def choose(request: HttpRequest, code: str, reference: str) -> None:
    until = timezone.now().timestamp() + 60 * settings.PURPOSE_MINUTES
    request.session[KEY] = {"code": code, "reference": reference, "until": until}


def end(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def until(request: HttpRequest) -> float | None:
    kept = request.session.get(KEY)
    return kept["until"] if kept else None


def _from_header(said: str) -> Purpose:
    """`crime; 35/1/21`. A code that is not known is none."""
    code, _, reference = said.partition(";")
    known = dict(CHOICES)
    code = code.strip().lower()
    return Purpose(code, reference.strip()[:100]) if code in known else NO_PURPOSE


def in_words(code: str, reference: str) -> str:
    label = str(dict(Code.choices).get(code, code))
    return f"{label} ({reference})" if reference else label
