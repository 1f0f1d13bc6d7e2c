from typing import Any

from django import forms

from core.concurrency import VersionedForm
from core.form_fields import DateField
from core.models import Unit, UnitKind
from performance.models import IntegrityAudit, SupervisoryReview


class ReviewForm(VersionedForm):
    opened_on = DateField(label="Asked for")
    due_on = DateField(label="Due")
    done_on = DateField(label="Done", required=False)
    direction = forms.CharField(
        label="Direction", widget=forms.Textarea(attrs={"rows": 4}), required=False
    )

    class Meta:
        model = SupervisoryReview
        fields = ["crime_ref", "department", "opened_on", "due_on", "done_on", "direction"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_kind(self, "department", UnitKind.DEPARTMENT)


class NewReviewForm(ReviewForm):
    class Meta(ReviewForm.Meta):
        fields = ["review_ref", *ReviewForm.Meta.fields]


class IntegrityAuditForm(VersionedForm):
    audited_on = DateField(label="Audited")
    finding = forms.CharField(
        label="Finding", widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    action = forms.CharField(
        label="Action", widget=forms.Textarea(attrs={"rows": 4}), required=False
    )

    class Meta:
        model = IntegrityAudit
        fields = [
            "audited_on",
            "subject",
            "district",
            "incidents_audited",
            "crimes_required",
            "crimes_recorded",
            "finding",
            "action",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_kind(self, "district", UnitKind.DISTRICT)
        for name in ("incidents_audited", "crimes_required", "crimes_recorded"):
            self.fields[name].widget.attrs["class"] = "govuk-input--width-5"


class NewIntegrityAuditForm(IntegrityAuditForm):
    class Meta(IntegrityAuditForm.Meta):
        fields = ["audit_ref", *IntegrityAuditForm.Meta.fields]


def of_kind(form: forms.BaseForm, name: str, kind: UnitKind) -> None:
    form.fields[name].queryset = Unit.objects.filter(kind=kind)  # type: ignore[attr-defined]  # a choice of models
