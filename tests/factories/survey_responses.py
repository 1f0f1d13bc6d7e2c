from datetime import date

from factory.declarations import Sequence
from factory.django import DjangoModelFactory

from performance.models import Survey, SurveyResponse


class SurveyResponseFactory(DjangoModelFactory[SurveyResponse]):
    """A victim of dwelling burglary who was satisfied with the whole experience."""

    class Meta:
        model = SurveyResponse

    response_ref = Sequence(lambda n: f"VS-{n:06d}")
    survey = Survey.VICTIM
    responded_on = date(2021, 1, 18)
    district_id = "cambridge"
    offence_id = "28E"
    question = "whole-experience"
    is_positive = True
