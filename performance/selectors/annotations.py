"""What explains a figure: lockdowns, recording changes, operations."""

from datetime import date

from django.db.models import Q, QuerySet

from core.models import Unit
from performance.measures import Indicator
from performance.models import Annotation


def annotations_for(
    *, indicator: Indicator, unit: Unit, first: date, last: date
) -> QuerySet[Annotation]:
    """Those of the indicator (or of all) and of the unit or one that contains it, in those days."""
    above = Unit.objects.filter(below__descendant=unit)
    return Annotation.objects.filter(
        Q(ends_on__gte=first) | Q(ends_on__isnull=True, starts_on__gte=first),
        Q(unit__isnull=True) | Q(unit__in=above),
        indicator__in=["", indicator.slug],
        starts_on__lte=last,
    )
