import django_filters
from django import forms
from django.db.models import Case, CharField, Exists, IntegerField, OuterRef, Value, When

from core.dates import today, years_ago
from core.filters import OneOf, Rows, Sort, UnitFilter, YesNo
from core.models import User
from offenders.filters import NamesPeople
from offenders.models import Nominal, Typology
from offenders.models.identity import TypologyKind
from offenders.models.nominal import ADULT, NominalQuerySet
from offenders.selectors.officers import officers
from offenders.selectors.search import find_nominals


class FoundBy(django_filters.CharFilter):
    """Best first, each with `why`."""

    def filter(self, qs: NominalQuerySet, value: str) -> NominalQuerySet:
        if not value:
            return qs
        hits = find_nominals(value)
        if not hits:
            return qs.none()
        places = [When(pk=hit.pk, then=Value(at)) for at, hit in enumerate(hits)]
        whys = [When(pk=hit.pk, then=Value(hit.why)) for hit in hits]
        return (
            qs.filter(pk__in=[hit.pk for hit in hits])
            .annotate(
                place=Case(*places, output_field=IntegerField()),
                why=Case(*whys, output_field=CharField()),
            )
            .order_by("place")
        )


class ChildFilter(YesNo):
    def filter(self, qs: Rows, value: bool | None) -> Rows:
        if value is None:
            return qs
        children = qs.filter(date_of_birth__gt=years_ago(ADULT, today()))
        return children if value else qs.exclude(pk__in=children.values("pk"))


class TypologyFilter(django_filters.ChoiceFilter):
    def filter(self, qs: NominalQuerySet, value: str) -> NominalQuerySet:
        if not value:
            return qs
        current = Typology.objects.current().filter(nominal=OuterRef("pk"), kind=value)
        return qs.filter(Exists(current))


class LeadFilter(OneOf):
    def filter(self, qs: NominalQuerySet, value: User | None) -> NominalQuerySet:
        return qs if value is None else qs.filter(lead_officer=value)


class NominalFilter(NamesPeople):
    asks_nothing = frozenset({"q"})
    q = FoundBy(
        label="Name, date of birth, number or registration mark",
        help_text="Misspelt and part names are found too",
        widget=forms.HiddenInput,  # the list shows its box above, in sight; this keeps the words
    )
    unit = UnitFilter(district="unit")
    lead = LeadFilter(queryset=lambda _: officers(), label="Lead officer")
    typology = TypologyFilter(choices=TypologyKind.choices, label="Typology")
    child = ChildFilter("date_of_birth", label="Child")
    sort = Sort(
        {
            "name": ("surname", "forenames"),
            "ref": ("ref",),
            "born": ("date_of_birth",),
            "priority": ("priority_total", "surname"),
        }
    )

    class Meta:
        model = Nominal
        fields: list[str] = []
