"""Pages of reviews, holds, and of what will fall due."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import FormView, TemplateView, View

from core import audit
from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from core.dates import today
from core.editing import ServiceFormMixin
from core.lists import RecordList
from core.models import User
from core.words import known_facts_of
from offenders.forms.nominals import ReasonForm
from offenders.forms.retention import DisposeForm, HoldForm, RetainForm, SimulateForm
from offenders.models import Nominal, RetentionHold, RetentionReview
from offenders.models.retention import ReviewState
from offenders.policies.retention import can_dispose, can_hold
from offenders.retention.periods import years_after
from offenders.retention_list import ReviewFilter, ReviewTable
from offenders.selectors.nominals import nominal_for
from offenders.selectors.retention import (
    Subject,
    approval_of,
    family_of,
    holds,
    outlook,
    periods_on,
    reviews,
    subject_of,
)
from offenders.services.retention import (
    lift_hold,
    open_review,
    place_hold,
    propose_disposal,
    retain,
)
from offenders.views.nominals import NominalFormView, OneNominal

LIST = "offenders:retention-list"
FACTS = (
    "state", "group", "due_on", "why", "is_violent", "is_pattern", "is_vulnerable",
    "is_public_trust", "reason", "next_on", "proposed_by", "proposed_at", "decided_by",
    "decided_at",
)  # fmt: skip
TASK = "retention"  # why somebody is looked at, for the log
SHOWN = 100


def review_url(review: RetentionReview) -> str:
    return reverse("offenders:retention-review", args=[review.pk])


def retention_url(nominal_id: int) -> str:
    return reverse("offenders:retention-of", args=[nominal_id])


@requires(Permission.NOMINAL_REVIEW)
class ReviewList(RecordList):
    filterset_class = ReviewFilter
    table_class = ReviewTable
    title = "Retention reviews"
    trail = []

    def all_rows(self) -> QuerySet[RetentionReview]:
        return reviews()

    def record_reading(self) -> None:
        """Of those on the page: once they are known."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        seen = sorted({row.nominal_id for row in context["object_list"]})
        detail = {"reviews": seen, "query": self.request.GET.urlencode()}
        audit.record(by=person(self.request), action=audit.Action.NOMINAL_VIEWED, detail=detail)
        return context | {
            "lead": "Records of people that have to be looked at: kept for a reason, or disposed of.",
            "more_links": [
                ("What will fall due", reverse("offenders:retention-simulate")),
                ("Holds", reverse("offenders:hold-list")),
            ],
        }


class OneReview:
    """`review`, after one look at its nominal."""

    review: RetentionReview
    nominal: Nominal
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        by = person(request)
        self.review = get_object_or_404(reviews(), pk=kwargs["pk"])
        if self.review.state == ReviewState.DISPOSED:  # there is nobody left to look at
            self.nominal = self.review.nominal
            audit.record(by=by, action=audit.Action.RECORD_VIEWED, target=self.review)
        else:
            self.nominal = nominal_for(by, self.review.nominal_id, why=TASK)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # a view's mixin

    def trail(self) -> list[tuple[str, str]]:
        return [("Retention", reverse(LIST)), (str(self.nominal), review_url(self.review))]


@requires(Permission.NOMINAL_REVIEW)
class ReviewDetail(OneReview, TemplateView):
    template_name = "offenders/retention/review.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        by, is_gone = person(self.request), self.review.state == ReviewState.DISPOSED
        subject = None if is_gone else subject_of(self.nominal)
        why_not = _why_not(by, subject) if subject else ""
        return super().get_context_data(**kwargs) | {
            "trail": self.trail()[:-1],
            "review": self.review,
            "nominal": self.nominal,
            "subject": subject,
            "facts": known_facts_of(self.review, FACTS),
            "holds": holds().filter(nominal__in=family_of(self.nominal.pk)),
            "earlier": reviews().filter(nominal=self.nominal).exclude(pk=self.review.pk),
            "approval": approval_of(self.review),
            "is_due": self.review.state == "due",
            "why_not": why_not,
            "may_hold": not is_gone and bool(can_hold(by)),
        }


def _why_not(by: User, subject: Subject) -> str:
    """No disposal now."""
    decision = can_dispose(by, subject.due, is_held=bool(subject.held), today=today())
    return decision.reason.label if decision.reason else ""


class ReviewForm(OneReview, ServiceFormMixin, FormView[Any]):
    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.review}

    def address_of(self, record: Any) -> str:
        return review_url(self.review)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "trail": self.trail(),
            "caption": f"{self.nominal} ({self.nominal.ref}), group {self.review.group}",
            "cancel": review_url(self.review),
        }


@requires(Permission.NOMINAL_REVIEW)
class ReviewRetain(ReviewForm):
    form_class = RetainForm
    title = "Retain the record"
    submit = "Retain"
    done = "Retained."

    def get_initial(self) -> dict[str, Any]:
        years = periods_on(today())[self.review.group].years
        return {"next_on": years_after(today(), years)}

    def perform(self, form: RetainForm) -> RetentionReview:
        version = form.cleaned_data["version"]
        return retain(by=person(self.request), review=self.review, version=version, **form.facts())


@requires(Permission.NOMINAL_REVIEW)
class ReviewDispose(ReviewForm):
    form_class = DisposeForm
    title = "Propose disposal"
    submit = "Propose disposal"
    done = "Disposal proposed. Another person has to approve it."

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        subject = subject_of(self.nominal)
        is_held = bool(subject.held)
        can_dispose(person(request), subject.due, is_held=is_held, today=today()).require()
        return super().get(request, *args, **kwargs)

    def perform(self, form: DisposeForm) -> RetentionReview:
        by, version = person(self.request), form.cleaned_data["version"]
        return propose_disposal(by=by, review=self.review, version=version, **form.facts())


@requires(Permission.NOMINAL_VIEW)
class RetentionOf(OneNominal, TemplateView):
    """How long the record of one person is kept, with their holds and reviews."""

    template_name = "offenders/retention/of.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        by = person(self.request)
        is_live = self.nominal.merged_into_id is None
        found = reviews().filter(nominal__in=family_of(self.nominal.pk))
        return super().get_context_data(**kwargs) | {
            "trail": self.trail(),
            "nominal": self.nominal,
            "subject": subject_of(self.nominal) if is_live else None,
            "holds": holds().filter(nominal__in=family_of(self.nominal.pk)),
            "reviews": found,
            "may_review": by.has(Permission.NOMINAL_REVIEW),
            "may_open": is_live and not any(review.is_open for review in found),
            "may_hold": bool(can_hold(by)),
        }


@requires(Permission.NOMINAL_REVIEW)
class ReviewOpen(OneNominal, View):
    """A review that nothing has made due yet."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            review = open_review(by=person(request), nominal=self.nominal)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
            return HttpResponseRedirect(retention_url(self.nominal.pk))
        return HttpResponseRedirect(review_url(review))


@requires(Permission.NOMINAL_SUPERVISE)
class HoldNew(NominalFormView):
    form_class = HoldForm
    title = "Place a hold"
    submit = "Place the hold"
    done = "Hold placed. Nothing of this nominal can be disposed of."

    def perform(self, form: HoldForm) -> RetentionHold:
        return place_hold(by=person(self.request), nominal=self.nominal, **form.cleaned_data)

    def address_of(self, record: Any) -> str:
        return retention_url(self.nominal.pk)


@requires(Permission.NOMINAL_SUPERVISE)
class HoldLift(NominalFormView):
    form_class = ReasonForm
    title = "Lift the hold"
    submit = "Lift the hold"
    done = "Hold lifted."

    def perform(self, form: ReasonForm) -> RetentionHold:
        people = family_of(self.nominal.pk)
        hold = get_object_or_404(RetentionHold, pk=self.kwargs["hold"], nominal__in=people)
        return lift_hold(by=person(self.request), hold=hold, **form.cleaned_data)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not holds().live().filter(pk=self.kwargs["hold"]).exists():
            raise Http404("There is no such hold.")
        return super().get(request, *args, **kwargs)

    def address_of(self, record: Any) -> str:
        return retention_url(self.nominal.pk)


@requires(Permission.NOMINAL_REVIEW)
class HoldList(TemplateView):
    template_name = "offenders/retention/holds.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        live = list(holds().live())
        detail = {"holds": sorted({hold.nominal_id for hold in live})}
        audit.record(by=person(self.request), action=audit.Action.NOMINAL_VIEWED, detail=detail)
        trail = [("Retention", reverse(LIST))]
        return super().get_context_data(**kwargs) | {"trail": trail, "holds": live}


@requires(Permission.NOMINAL_REVIEW)
class Simulate(TemplateView):
    """What would fall due by a day; nothing is changed."""

    template_name = "offenders/retention/simulate.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        said = {"on": self.request.GET.get("on") or today().isoformat()}
        form = SimulateForm(said)
        context = super().get_context_data(**kwargs) | {
            "trail": [("Retention", reverse(LIST))],
            "form": form,
        }
        return context | (self._outlook(form) if form.is_valid() else {})

    def _outlook(self, form: SimulateForm) -> dict[str, Any]:
        found = outlook(form.cleaned_data["on"])
        page = Paginator(found.subjects, SHOWN).get_page(self.request.GET.get("page"))
        by = person(self.request)
        named = Nominal.objects.visible_to(by).in_bulk([subject.nominal_id for subject in page])
        detail = {"simulated": found.day.isoformat(), "shown": sorted(named)}
        audit.record(by=by, action=audit.Action.NOMINAL_VIEWED, detail=detail)
        rows = [
            (named[subject.nominal_id], subject) for subject in page if subject.nominal_id in named
        ]
        return {"outlook": found, "page": page, "rows": rows, "not_shown": len(page) - len(rows)}
