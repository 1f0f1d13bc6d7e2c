from django.db import models
from django.db.models import Q

from core.changes import change_triggers
from core.columns import ReferenceField, month_of_day
from core.concurrency import RaiseVersion
from core.models import Unit
from core.revisions import tracked
from core.triggers import known_codes
from offenders.models import OffenceCode
from performance.models.feeds import SURVEY


class Survey(models.TextChoices):
    VICTIM = "victim", "Victim satisfaction"
    PUBLIC = "public", "Public confidence"


@tracked()
class SurveyResponse(models.Model):
    """One answer of one respondent to one question, positive or not."""

    response_ref = ReferenceField("response reference", max_length=40)
    survey = models.CharField(max_length=6, choices=Survey)
    responded_on = models.DateField()
    responded_month = month_of_day("responded_on")
    district = models.ForeignKey(
        Unit, on_delete=models.PROTECT, db_constraint=False, db_index=False,
        db_column="district_code", null=True, blank=True, related_name="+",
    )  # fmt: skip
    offence = models.ForeignKey(
        OffenceCode, on_delete=models.PROTECT, db_constraint=False, db_index=False,
        db_column="offence_code", null=True, blank=True, related_name="+",
    )  # fmt: skip
    question = models.SlugField(max_length=60, db_index=False)
    is_positive = models.BooleanField("positive")
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        ordering = ["-responded_on", "response_ref", "question"]
        triggers = [*known_codes("district", "offence"), *change_triggers(SURVEY), RaiseVersion()]
        indexes = [
            # rows behind a satisfaction or confidence figure
            models.Index(fields=["responded_month", "survey", "question"], name="survey_answer"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["response_ref", "question"],
                name="survey_question_answered_once",
                violation_error_message="This respondent already answered this question.",
            ),
            models.CheckConstraint(
                condition=Q(survey__in=Survey.values),
                name="survey_known",
                violation_error_message="The survey is victim or public.",
            ),
            models.CheckConstraint(
                condition=~Q(response_ref=""),
                name="survey_has_a_reference",
                violation_error_message="Enter the response reference.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.response_ref}: {self.question}"
