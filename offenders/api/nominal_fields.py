"""Fields of the API that name a nominal: only somebody whom the caller may see."""

from typing import Any

from rest_framework import serializers

from offenders.models import Nominal
from offenders.models.scope import open_rows


class _OfTheCaller:
    def get_queryset(self) -> Any:
        """The one of the class was made when the program began, for nobody."""
        return open_rows(super().get_queryset())  # type: ignore[misc]  # a field's mixin


class NominalByRef(_OfTheCaller, serializers.SlugRelatedField[Nominal]):
    def __init__(self, **more: Any) -> None:
        super().__init__("ref", queryset=Nominal.objects.live(), **more)


class NominalByKey(_OfTheCaller, serializers.PrimaryKeyRelatedField[Nominal]):
    """Of live nominals, unless `queryset` says which."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("queryset", Nominal.objects.live())
        super().__init__(**more)
