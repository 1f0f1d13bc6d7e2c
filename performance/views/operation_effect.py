"""The offence of an operation on a chart, with its dates and the neighbouring areas beside it."""

from typing import Any

from django.urls import reverse
from django.views.generic import TemplateView

from core.access.permissions import Permission
from core.access.policy import requires
from core.dates import last_day
from operations.models import Operation
from operations.views.operations import OneOperation
from performance.charts.control import Pin, control_chart
from performance.charts.figures import series_of
from performance.charts.lines import MOST_LINES, line_chart
from performance.comparisons.spc import xmr
from performance.selectors.annotations import annotations_for
from performance.selectors.operation_effect import OperationEffect, Place, Stretch, effect_of


@requires(Permission.OPERATION_VIEW)
class OperationEffectPage(OneOperation, TemplateView):
    template_name = "performance/operation_effect/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        effect = effect_of(self.operation)
        return super().get_context_data(**kwargs) | {
            "trail": self.trail(),
            "operation": self.operation,
            "effect": effect,
            **(_shown(self.operation, effect) if effect else {}),
        }


def _shown(operation: Operation, effect: OperationEffect) -> dict[str, Any]:
    indicator, whole = effect.indicator, effect.whole
    series = series_of(indicator.title, indicator, whole.months)
    pins = _pins(operation, effect)
    lines = [series_of(str(one.unit), indicator, one.months) for one in effect.places]
    title = " beside ".join(line.name for line in lines[:MOST_LINES])
    address = reverse("performance:indicator-detail", args=[indicator.slug])
    return {
        "chart": control_chart(series, xmr(series.values), key="effect", pins=pins),
        "pins": pins,
        "beside": line_chart(lines[:MOST_LINES], key="beside", title=title) if lines else "",
        "beside_title": title,
        "neighbours": any(not place.is_within for place in effect.places),
        "lines": [_line(one) for one in (whole, *effect.places)],
        "months": [
            (month, *(line.shown(line.values[at]) for line in (series, *lines)))
            for at, (month, _) in enumerate(whole.months)
        ][::-1],
        "heads": [str(whole.unit), *(str(one.unit) for one in effect.places)],
        "indicator_url": f"{address}?unit={whole.unit.code}",
    }


def _pins(operation: Operation, effect: OperationEffect) -> list[Pin]:
    """The operation first, then what stands inside it, then what else happened meanwhile."""
    first, last = effect.whole.months[0][0], last_day(effect.whole.months[-1][0])
    family = Operation.objects.family_of(operation).exclude(pk=operation.pk)
    spans = [(str(one), one.starts_on, one.ends_on) for one in (operation, *family)]
    notes = annotations_for(
        indicator=effect.indicator, unit=effect.whole.unit, first=first, last=last
    )
    spans += [(note.title, note.starts_on, note.ends_on) for note in notes]
    return [Pin(number, *span) for number, span in enumerate(spans, start=1)]


def _line(place: Place) -> dict[str, Any]:
    return {
        "unit": place.unit,
        "role": "Operation" if place.is_within else "Neighbour",
        "before": _stretch(place.before),
        "since": _stretch(place.since),
        "change": "-" if place.change is None else f"{place.change:+.1f}%",
    }


def _stretch(stretch: Stretch) -> str:
    if stretch.mean is None or stretch.interval is None:
        return "-"
    low, high = stretch.interval
    return f"{stretch.mean:.1f} ({low:.1f} to {high:.1f}) in {stretch.months} months"
