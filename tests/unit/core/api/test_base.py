from typing import Any

import pytest
from django.core.exceptions import ValidationError
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory, force_authenticate

from core.access.decision import NotAllowed, Reason
from core.access.permissions import Permission
from core.api.base import Api, ListApi
from core.concurrency import EditConflict
from core.filters import FromDay, RecordFilter
from core.models import AuditEvent, Unit
from tests.factories.crimes import CrimeFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


class UnitFilter(RecordFilter):
    from_day = FromDay("valid_from")

    class Meta:
        model = Unit
        fields = ["kind"]


class UnitSerializer(serializers.ModelSerializer[Unit]):
    class Meta:
        model = Unit
        fields = ["code"]


class Units(ListApi):
    access = Permission.BOARD_VIEW
    queryset = Unit.objects.order_by("code")
    serializer_class = UnitSerializer
    filterset_class = UnitFilter


class Parameters(serializers.Serializer[Any]):
    n = serializers.IntegerField(default=7)


class Doubled(Api):
    access = Permission.BOARD_VIEW
    parameters_class = Parameters

    def get(self, request: Request) -> Response:
        return Response(self.parameters()["n"] * 2)


def ask(view: type[Api] | type[ListApi], method: str = "get", **query: Any) -> Response:
    request = getattr(APIRequestFactory(), method)("/", query)
    force_authenticate(request, UserFactory.create(roles=["manager"]))
    answer: Response = view.as_view()(request)
    return answer


def test_list_takes_filter_and_page() -> None:
    answer = ask(Units, kind="district", page=2, page_size=4)
    assert [row["code"] for row in answer.data["results"]] == [
        "peterborough",
        "south-cambridgeshire",
    ]


@pytest.mark.parametrize(
    ("view", "query"),
    [(Units, {"colour": "red"}), (Doubled, {"page": "1"}), (Units, {"from_day_gte": "x"})],
)
def test_unknown_parameter_is_a_mistake(view: type[Api], query: dict[str, str]) -> None:
    answer = ask(view, **query)
    assert answer.status_code == 400
    assert answer.data == {name: ["There is no such parameter."] for name in query}


def test_wrong_value_of_a_filter_is_a_mistake() -> None:
    assert ask(Units, from_day="yesterday").status_code == 400


def test_page_is_never_longer_than_a_hundred() -> None:
    Unit.objects.bulk_create(
        Unit(code=f"u{n}", name="U", kind="district", parent_id="force") for n in range(120)
    )
    assert len(ask(Units, page_size=100).data["results"]) == 100
    assert ask(Units, page_size=101).status_code == 400
    assert ask(Units, page_size="0" * 5000 + "1").status_code == 400


def test_parameters_are_typed_and_have_defaults() -> None:
    assert (ask(Doubled).data, ask(Doubled, n="4").data) == (14, 8)


def test_wrong_parameter_is_told() -> None:
    answer = ask(Doubled, n="many")
    assert (answer.status_code, list(answer.data)) == (400, ["n"])


def test_method_that_is_not_there_is_told() -> None:
    assert ask(Doubled, "delete").status_code == 405


def failing(error: Exception) -> type[Api]:
    class Failing(Api):
        access = Permission.BOARD_VIEW

        def get(self, request: Request) -> Response:
            raise error

    return Failing


def test_refusal_of_a_service_is_told_and_logged() -> None:
    answer = ask(failing(NotAllowed(Reason.NOT_YOURS)))
    assert (answer.status_code, str(answer.data["detail"])) == (
        403,
        "This belongs to somebody else.",
    )
    assert AuditEvent.objects.get(action="access.refused").detail["reason"] == "not-yours"


def test_validation_error_names_its_field() -> None:
    answer = ask(failing(ValidationError({"recorded_at": ["It lies in the future."]})))
    assert answer.status_code == 400
    assert answer.data == {"recorded_at": ["It lies in the future."]}


def test_conflict_tells_what_stands_now() -> None:
    crime = CrimeFactory.create(district_id="fenland")
    answer = ask(failing(EditConflict(crime)))
    assert answer.status_code == 409
    assert answer.data["version"] == 1
    assert answer.data["stored"]["district"] == "fenland"


def test_unknown_error_is_not_swallowed() -> None:
    with pytest.raises(ZeroDivisionError):
        ask(failing(ZeroDivisionError()))
