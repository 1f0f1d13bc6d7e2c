"""Did packs and works do anything: counts, rates and intervals, and no verdict."""

from typing import Any

from django.views.generic import TemplateView

from core.access.permissions import Permission
from core.access.policy import requires
from operations.views.prevention import InPrevention
from performance.selectors.treated_homes import Watched, treated_homes


def _line(title: str, group: Watched) -> dict[str, Any]:
    rate, interval = group.rate, group.interval
    return {
        "title": title,
        "homes": f"{group.homes:,}",
        "again": f"{group.again:,}",
        "years": f"{group.years:,.1f}",
        "rate": "-" if rate is None else f"{rate:.1f}",
        "interval": "-" if interval is None else f"{interval[0]:.1f} to {interval[1]:.1f}",
    }


@requires(Permission.PREVENTION_VIEW)
class TreatedHomesEffect(InPrevention, TemplateView):
    """Shows how many, and no record of a crime."""

    template_name = "performance/treated_homes/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = treated_homes()
        return super().get_context_data(**kwargs) | {
            "lines": [_line("Treated", found.treated), _line("Similar, untreated", found.similar)],
            "found": found,
            "chance": None if found.chance is None else f"{found.chance:.2f}",
        }
