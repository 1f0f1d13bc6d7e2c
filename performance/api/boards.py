from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from core.access.permissions import Permission
from core.access.person import person
from core.api.base import Api
from performance.api.parameters import AsAtQuery
from performance.boards import BOARDS
from performance.comparisons.opinions import Reading
from performance.comparisons.verdicts import interval_of
from performance.selectors.board_columns import (
    COLUMNS,
    HEADER,
    ValueCell,
    VerdictCell,
    cells_of,
    records_of,
)
from performance.selectors.boards import Board, BoardRow, Period, Value
from performance.selectors.drill_down import rows_urls
from performance.selectors.values import UNKNOWN
from performance.services.boards_as_at import board_as_at

NUMBER = serializers.FloatField(allow_null=True)
CELL = inline_serializer(
    "BoardCell",
    {
        "shown": serializers.CharField(),
        "value": NUMBER,
        "numerator": serializers.IntegerField(allow_null=True),
        "denominator": serializers.IntegerField(allow_null=True),
        "n": serializers.IntegerField(allow_null=True),
        "interval": serializers.ListField(child=serializers.FloatField(), allow_null=True),
        "p": NUMBER,
        "beyond_chance": serializers.BooleanField(allow_null=True),
        "rule": serializers.CharField(allow_null=True),
        "explanation": serializers.CharField(allow_null=True),
        "reference": NUMBER,
        "rows": serializers.DictField(child=serializers.URLField()),
    },
)
ROW = inline_serializer(
    "BoardRow",
    {name: serializers.CharField() for name in HEADER}
    | {
        "slug": serializers.CharField(),
        "series": serializers.URLField(),
        "cells": inline_serializer("BoardCells", dict.fromkeys(COLUMNS, CELL)),
    },
)
BOARD = inline_serializer(
    "Board",
    {
        "slug": serializers.CharField(),
        "title": serializers.CharField(),
        "month": serializers.CharField(),
        "unit": serializers.CharField(),
        "period": serializers.CharField(),
        "as_of": serializers.DateTimeField(allow_null=True),
        "pending": serializers.IntegerField(),
        "as_at": serializers.DateField(allow_null=True),
        "rows": serializers.ListField(child=ROW),
    },
)
BOARD_ENTRY = inline_serializer(
    "BoardEntry",
    {
        "slug": serializers.CharField(),
        "title": serializers.CharField(),
        "url": serializers.URLField(),
    },
    many=True,
)


class BoardListApi(Api):
    access = Permission.BOARD_VIEW

    @extend_schema(responses=BOARD_ENTRY)
    def get(self, request: Request) -> Response:
        return Response(
            [
                {"slug": board.slug, "title": board.title, "url": _url(request, board.slug)}
                for board in BOARDS.values()
            ]
        )


class BoardDetailApi(Api):
    """The table of a board: the columns of its CSV, and in `cells` what stands behind each.

    With `as_at` the rows behind a figure are not given: its lists are of the records as they are.
    """

    access = Permission.BOARD_VIEW
    parameters_class = AsAtQuery

    @extend_schema(parameters=[AsAtQuery], responses=BOARD)
    def get(self, request: Request, slug: str) -> Response:
        if slug not in BOARDS:
            raise Http404(f"There is no board {slug}.")
        query = self.parameters()
        board = board_as_at(
            slug=slug,
            month=query["month"],
            unit=query["unit"],
            period=Period(query["period"]),
            on=query.get("as_at"),
        )
        return Response(_board(request, board))


def _url(request: Request, slug: str) -> str:
    return reverse("api:board-detail", args=[slug], request=request)


def _board(request: Request, board: Board) -> dict[str, Any]:
    return {
        "slug": board.slug,
        "title": board.title,
        "month": f"{board.month:%Y-%m}",
        "unit": board.unit.code,
        "period": board.period.value,
        "as_of": board.as_of,
        "pending": board.pending,
        "as_at": board.as_at,
        "rows": [
            record | _row(request, board, row)
            for record, row in zip(records_of(board), board.rows, strict=True)
        ],
    }


def _row(request: Request, board: Board, row: BoardRow) -> dict[str, Any]:
    cells = cells_of(board, row)
    figures = [cell for cell in cells.values() if isinstance(cell, ValueCell)]
    spans = interval_of([(row.indicator.nature, _reading(cell.value)) for cell in figures])
    intervals = {cell.column: span for cell, span in zip(figures, spans, strict=True)}
    return {
        "slug": row.indicator.slug,
        "series": reverse("api:indicator-series", args=[row.indicator.slug], request=request),
        "cells": {
            name: _verdict(row, cell)
            if isinstance(cell, VerdictCell)
            else _value(request, row, cell, intervals[name], links=board.as_at is None)
            for name, cell in cells.items()
        },
    }


def _reading(value: Value) -> Reading:
    return Reading(value.value or 0, value.numerator, value.denominator, value.n)  # type: ignore[arg-type]  # 0 is a Fraction's int


def _value(
    request: Request,
    row: BoardRow,
    cell: ValueCell,
    interval: tuple[float, float] | None,
    *,
    links: bool,
) -> dict[str, Any]:
    value = cell.value
    rows = (
        {}
        if not links
        else rows_urls(
            row.indicator,
            value,
            by=person(request),
            month=cell.month,
            unit=row.unit,
            period=cell.period,
            name="api:indicator-rows",
        )
    )
    return _rests_on(value) | {
        "shown": cell.shown,
        "value": None if value.value is None else float(value.value),
        "interval": interval,
        "p": None,
        "beyond_chance": None,
        "rule": None,
        "explanation": None,
        "reference": None,
        "rows": {part: request.build_absolute_uri(url) for part, url in rows.items()},
    }


def _verdict(row: BoardRow, cell: VerdictCell) -> dict[str, Any]:
    """The figure that is judged stands beside the verdict on it."""
    verdict = cell.verdict
    judged = row.rolling if cell.column == "performance_v_benchmark" else row.current
    return _rests_on(judged if verdict else UNKNOWN) | {
        "shown": cell.shown,
        "value": None,
        "interval": verdict.interval if verdict else None,
        "p": verdict.p if verdict else None,
        "beyond_chance": verdict.beyond_chance if verdict else None,
        "rule": verdict.rule if verdict else None,
        "explanation": verdict.explanation if verdict else None,
        "reference": float(verdict.reference) if verdict else None,
        "rows": {},
    }


def _rests_on(value: Value) -> dict[str, int | None]:
    return {
        "numerator": value.numerator,
        "denominator": value.denominator,
        "n": value.numerator if value.n is None else value.n,
    }
