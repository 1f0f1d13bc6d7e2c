from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.views.generic import DetailView
from django.views.generic.detail import SingleObjectMixin

from core import audit
from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from core.lists import RecordList
from core.selectors.history import history_of
from core.words import facts_of
from offenders.filters import CrimeFilter
from offenders.models import Crime, HubReferral
from offenders.policies.series import can_work_series
from offenders.selectors.crimes import reason_of_cancelling
from offenders.selectors.series import series_of_crime
from offenders.tables import CrimeTable

WITH_NAMES = ("offence", "district", "department", "outcome")
FACTS = (
    "recorded_at",
    "occurred_from",
    "occurred_to",
    "offence",
    "is_dwelling",
    "district",
    "department",
    "latitude",
    "longitude",
    "has_victim",
    "is_allocated",
)
TRAIL = [("Crimes", "offenders:crime-list")]


@requires(Permission.RECORD_VIEW)
class CrimeList(RecordList):
    queryset = Crime.objects.select_related("offence", "district", "outcome").order_by(
        "-recorded_month", "-recorded_at", "crime_ref"
    )
    filterset_class = CrimeFilter
    table_class = CrimeTable
    title = "Crimes"
    export_kind = "crimes"
    trail = []  # the menu leads here

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_change = person(self.request).has(Permission.RECORD_CHANGE)
        return super().get_context_data(**kwargs) | {
            "new_url": reverse("offenders:crime-new") if may_change else None,
            "new_label": "Record a crime",
        }


class OneCrime(SingleObjectMixin[Crime]):
    queryset: QuerySet[Crime] = Crime.objects.select_related(*WITH_NAMES)
    pk_url_kwarg = "ref"
    context_object_name = "crime"
    object: Crime


@requires(Permission.RECORD_VIEW)
class CrimeDetail(OneCrime, DetailView[Crime]):
    template_name = "offenders/crime/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        crime, by = self.object, person(self.request)
        audit.record(by=by, action=audit.Action.RECORD_VIEWED, target=crime)
        return super().get_context_data(**kwargs) | {
            "trail": [(title, reverse(name)) for title, name in TRAIL],
            "facts": facts_of(crime, FACTS),
            "reason": reason_of_cancelling(crime),
            "outcomes": crime.outcomes.select_related("code"),
            "referral": HubReferral.objects.filter(crime=crime).first(),
            "history": history_of(crime),
            "series_links": series_of_crime(crime),
            "may_change": by.has(Permission.RECORD_CHANGE),
            "may_see_series": by.has(Permission.NOMINAL_VIEW),
            "may_link": bool(can_work_series(by)),
        }
