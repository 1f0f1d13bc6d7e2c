"""What every API view stands on. Each one states `access`, as a page does with `@requires`.

`access` is a Permission, a Standing, or a mapping from method to one of these.
"""

from collections.abc import Iterator
from typing import Any

from rest_framework import generics
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from core.access.policy import Stated
from core.filters import names_of


class Strict(APIView):
    """A query parameter that the view does not know is a mistake of the caller, and answered 400.

    Known are the fields of `parameters_class`, the filters of `filterset_class`, and the page.
    """

    access: Stated
    parameters_class: type[Serializer[Any]] | None = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        unknown = sorted(set(request.query_params) - set(self._known_parameters()))
        if unknown:
            raise ValidationError({name: ["There is no such parameter."] for name in unknown})

    def parameters(self) -> dict[str, Any]:
        """The query, checked and typed by `parameters_class`."""
        if self.parameters_class is None:
            return {}
        serializer = self.parameters_class(data=self.request.query_params)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def _known_parameters(self) -> Iterator[str]:
        yield "format"
        if self.parameters_class is not None:
            yield from self.parameters_class().get_fields()
        filterset = getattr(self, "filterset_class", None)
        if filterset is not None:
            yield from names_of(filterset())
        if getattr(self, "pagination_class", None) is not None:
            yield from ("page", "page_size")


class Api(Strict):
    pass


class ListApi(Strict, generics.ListAPIView[Any]):
    pass


class ListCreateApi(Strict, generics.ListCreateAPIView[Any]):
    pass


class DetailApi(Strict, generics.RetrieveAPIView[Any]):
    pagination_class = None
