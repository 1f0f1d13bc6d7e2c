"""Supervisory reviews and integrity audits, which people write here."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.generic import FormView
from django.views.generic.detail import SingleObjectMixin

from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from core.details import RecordDetail
from core.editing import ServiceFormMixin
from performance.forms import (
    IntegrityAuditForm,
    NewIntegrityAuditForm,
    NewReviewForm,
    ReviewForm,
)
from performance.models import IntegrityAudit, SupervisoryReview
from performance.services.integrity_audits import amend_integrity_audit, record_integrity_audit
from performance.services.supervisory_reviews import (
    amend_supervisory_review,
    record_supervisory_review,
)


class Written(SingleObjectMixin[Any]):
    """`noun` names a kind in its addresses: `performance:<noun>-detail`, `-edit`, `-list`."""

    pk_url_kwarg = "ref"
    noun = ""
    kind_title = ""
    object: Any = None

    def trail(self) -> list[tuple[str, str]]:
        return [
            ("Records", reverse("performance:record-kinds")),
            (self.kind_title, reverse(f"performance:{self.noun}-list")),
        ]

    def address_of(self, record: Model) -> str:
        return reverse(f"performance:{self.noun}-detail", args=[record.pk])


class WrittenDetail(Written, RecordDetail):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_change = person(self.request).has(Permission.RECORD_CHANGE)
        edit = reverse(f"performance:{self.noun}-edit", args=[self.object.pk])
        return super().get_context_data(**kwargs) | {"edit_url": edit if may_change else None}


class WrittenNew(Written, ServiceFormMixin, FormView[Any]):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "trail": self.trail(),
            "cancel": reverse(f"performance:{self.noun}-list"),
        }


class WrittenEdit(WrittenNew):
    submit = "Save changes"
    amends = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]  # a page answers now

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.get_object()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        url = self.address_of(self.object)
        trail = [*self.trail(), (str(self.object), url)]
        return super().get_context_data(**kwargs) | {"trail": trail, "cancel": url}


class Review(Written):
    queryset = SupervisoryReview.objects.select_related("department")
    noun = "review"
    kind_title = "Supervisory reviews"


@requires(Permission.RECORD_VIEW)
class ReviewDetail(Review, WrittenDetail):
    facts = ("crime_ref", "department", "opened_on", "due_on", "done_on", "direction")


@requires(Permission.RECORD_CHANGE)
class ReviewNew(Review, WrittenNew):
    form_class = NewReviewForm
    title = "Ask for a supervisory review"
    done = "Review recorded. The figures follow within seconds."

    def perform(self, form: NewReviewForm) -> SupervisoryReview:
        return record_supervisory_review(by=person(self.request), **form.facts())


@requires(Permission.RECORD_CHANGE)
class ReviewEdit(Review, WrittenEdit):
    form_class = ReviewForm
    title = "Change a supervisory review"
    done = "Review changed. The figures follow within seconds."

    def perform(self, form: ReviewForm) -> SupervisoryReview:
        return amend_supervisory_review(
            by=person(self.request),
            review=self.object,
            version=form.cleaned_data["version"],
            **form.facts(),
        )


class Audit(Written):
    queryset = IntegrityAudit.objects.select_related("district")
    noun = "audit"
    kind_title = "Crime data integrity audits"


@requires(Permission.RECORD_VIEW)
class AuditDetail(Audit, WrittenDetail):
    facts = (
        "audited_on",
        "subject",
        "district",
        "incidents_audited",
        "crimes_required",
        "crimes_recorded",
        "finding",
        "action",
    )


@requires(Permission.RECORD_CHANGE)
class AuditNew(Audit, WrittenNew):
    form_class = NewIntegrityAuditForm
    title = "Record a crime data integrity audit"
    done = "Audit recorded. The figures follow within seconds."

    def perform(self, form: NewIntegrityAuditForm) -> IntegrityAudit:
        return record_integrity_audit(by=person(self.request), **form.facts())


@requires(Permission.RECORD_CHANGE)
class AuditEdit(Audit, WrittenEdit):
    form_class = IntegrityAuditForm
    title = "Change a crime data integrity audit"
    done = "Audit changed. The figures follow within seconds."

    def perform(self, form: IntegrityAuditForm) -> IntegrityAudit:
        return amend_integrity_audit(
            by=person(self.request),
            audited=self.object,
            version=form.cleaned_data["version"],
            **form.facts(),
        )
