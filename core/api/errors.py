from typing import Any

from django.core.exceptions import ValidationError
from django.forms import model_to_dict
from rest_framework import status
from rest_framework.exceptions import ValidationError as ApiValidationError
from rest_framework.response import Response
from rest_framework.serializers import as_serializer_error
from rest_framework.views import exception_handler

from core.access.decision import NotAllowed, Reason
from core.access.middleware import record_refusal
from core.access.purpose import CHOICES, HEADER
from core.concurrency import EditConflict, version_of


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """Domain errors as the API says them; an unknown one stays a 500 and is logged."""
    if isinstance(error, EditConflict):
        stored = {name: str(value) for name, value in model_to_dict(error.current).items()}
        body = {"detail": str(error), "version": version_of(error.current), "stored": stored}
        return Response(body, status=status.HTTP_409_CONFLICT)
    if isinstance(error, NotAllowed) and error.reason is Reason.PURPOSE:
        body = {"detail": str(error), "header": HEADER, "codes": [code for code, _ in CHOICES]}
        return Response(body, status=status.HTTP_403_FORBIDDEN)
    if isinstance(error, NotAllowed):
        record_refusal(context["request"], error.reason, error.target)
    if isinstance(error, ValidationError):
        error = ApiValidationError(as_serializer_error(error))
    return exception_handler(error, context)
