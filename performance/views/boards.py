from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core import audit
from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from core.dates import financial_year_label
from core.exports.responses import download
from core.exports.writers import CONTENT_TYPES
from core.models import UnitKind
from performance.boards import BOARDS
from performance.papers.writers import forms
from performance.selectors.board_columns import HEADER, records_of
from performance.selectors.board_documents import board_document
from performance.selectors.boards import Board, Period, board_for
from performance.selectors.drill_down import months_in_words
from performance.services.boards_as_at import figures_as_at, parse_day, standing
from performance.views.board_table import groups_of, heads_of
from performance.views.chosen import Chosen, chosen
from performance.views.files import file_of
from performance.views.notices import watched

PERIODS = {
    Period.MONTH: "Month",
    Period.ROLLING_12: "Rolling 12 months",
    Period.FYTD: "Financial year to date",
}
# Known by heart, so that the page need not load what writes the files.
FORMS = (
    ("pdf", "PDF"),
    ("docx", "Word document"),
    ("html", "web page"),
    ("public-pdf", "PDF, small numbers hidden"),
    ("public-docx", "Word document, small numbers hidden"),
    ("public-html", "web page, small numbers hidden"),
)
AGAINST = {
    Period.MONTH: ("v 1yr avg", "v 3yr avg"),
    Period.ROLLING_12: ("v year before", "v 3 years before"),
    Period.FYTD: ("v year before", "v 3 years before"),
}


@requires(Permission.BOARD_VIEW)
@require_safe
def board_list(request: HttpRequest) -> HttpResponse:
    return render(request, "performance/board/list.html", {"boards": BOARDS.values()})


@requires(Permission.BOARD_VIEW)
@require_safe
def board_detail(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        asked = _asked(request, slug)
        with figures_as_at(month=asked.now.month, on=asked.on) as moment:
            board = asked.board(moment)
            reader = person(request) if asked.on is None else None
            groups = list(groups_of(board, list(asked.now.units), by=reader))
    except ValidationError as refusal:
        return _as_it_stands(request, refusal)
    now = asked.now
    context = {
        "board": board,
        "now": now,
        "groups": groups,
        "heads": heads_of(board),
        "against": AGAINST[board.period],
        "benchmark": financial_year_label(BOARDS[slug].benchmark),
        "periods": [
            (period.value, title, period is board.period) for period, title in PERIODS.items()
        ],
        "units": [unit for unit in now.units if unit.kind != UnitKind.DEPARTMENT],
        "departments": [unit for unit in now.units if unit.kind == UnitKind.DEPARTMENT],
        "in_words": months_in_words(board.period, board.month),
        "forms": FORMS,
        "watched": watched(request, board.unit, board=board.slug),
        "trail": [("Boards", reverse("performance:board-list"))],
    }
    return render(request, "performance/board/detail.html", context)


@requires(Permission.BOARD_VIEW)
@require_safe
def board_download(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The table under the names of its columns, as `manage.py board` prints it, or a file to send."""
    written = {each.slug: each for each in forms()} if form not in CONTENT_TYPES else {}
    if form not in CONTENT_TYPES and form not in written:
        raise Http404(f"A board is not written as “{form}”.")
    try:
        asked = _asked(request, slug)
        with figures_as_at(month=asked.now.month, on=asked.on) as moment:
            board = asked.board(moment)
            document = board_document(board) if form in written else None
    except ValidationError as refusal:
        raise Http404(" ".join(refusal.messages)) from None
    detail = {"board": slug, "query": request.GET.urlencode(), "format": form}
    audit.record(by=person(request), action=audit.Action.EXPORT_DOWNLOADED, detail=detail)
    if document:
        return file_of(written[form], document)
    rows = [[_number(record[name]) for name in HEADER] for record in records_of(board)]
    name = f"{slug}-{board.month:%Y-%m}-{board.unit.code}-{board.period.value}"
    if board.as_at:
        name = f"{name}-as-at-{board.as_at}"
    return download(name, form, HEADER, rows)


@dataclass(frozen=True)
class Asked:
    """What the address of a board asks for; `on`: as it stood at the end of that day."""

    slug: str
    now: Chosen
    period: Period
    on: date | None

    def board(self, moment: datetime | None) -> Board:
        board = board_for(
            slug=self.slug, month=self.now.month, unit=self.now.unit, period=self.period
        )
        return standing(board, self.on, moment)


def _asked(request: HttpRequest, slug: str) -> Asked:
    if slug not in BOARDS:
        raise Http404(f"There is no board “{slug}”.")
    period = request.GET.get("period") or Period.MONTH.value
    if period not in list(Period):
        raise Http404(f"“{period}” is not a period.")
    day = request.GET.get("as_at", "").strip()
    return Asked(slug, chosen(request), Period(period), parse_day(day) if day else None)


def _as_it_stands(request: HttpRequest, refusal: ValidationError) -> HttpResponse:
    """The day cannot be answered for: that is said, above the board of now."""
    messages.error(request, f"{' '.join(refusal.messages)} This is the board as it stands now.")
    query = request.GET.copy()
    del query["as_at"]
    return redirect(f"{request.path}?{query.urlencode()}")


def _number(text: str) -> str | Decimal:
    """A spreadsheet adds up numbers, not their text."""
    return Decimal(text) if text.replace(".", "", 1).isdecimal() else text
