"""Cohorts, owners and what is due, by the same services as the pages."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_201_CREATED

from core import audit
from core.access.permissions import Permission
from core.access.person import person
from core.api.base import Api
from core.api.values import StrictInput, record_of
from core.dates import today
from core.models import User
from offenders.api.nominal_fields import NominalByKey
from offenders.models import Cohort, Handover, Membership, MembershipStep, Nominal
from offenders.models.cohort import BY_ONE, Category, Rag
from offenders.policies.cohorts import Said, Step
from offenders.selectors.cohorts import as_member, cohorts, members_of, memberships
from offenders.selectors.nominals import nominal_for
from offenders.selectors.work import team_of, work_of
from offenders.services.cohort_list import amend_cohort, close_cohort, open_cohort
from offenders.services.cohorts import nominate, take_step
from offenders.services.handovers import hand_over, hand_over_many


class CohortSerializer(serializers.ModelSerializer[Cohort]):
    inside = serializers.IntegerField()
    waiting = serializers.IntegerField()
    overdue = serializers.IntegerField()

    class Meta:
        model = Cohort
        fields = [
            "slug",
            "name",
            "purpose",
            "opened_on",
            "closed_on",
            "closed_reason",
            "inside",
            "waiting",
            "overdue",
            "version",
        ]


class CohortInput(StrictInput):
    """The slug is made from the name."""

    name = serializers.CharField(max_length=80)
    purpose = serializers.CharField(required=False, allow_blank=True)
    opened_on = serializers.DateField(required=False)


class CohortChangeInput(StrictInput):
    """`version` is that of the cohort as the caller read it. The slug stays."""

    version = serializers.IntegerField(min_value=1)
    name = serializers.CharField(max_length=80, required=False)
    purpose = serializers.CharField(required=False, allow_blank=True)


class CohortCloseInput(StrictInput):
    version = serializers.IntegerField(min_value=1)
    reason = serializers.CharField(max_length=500)
    on = serializers.DateField(required=False)
    ends_memberships = serializers.BooleanField(required=False)


class StepSerializer(serializers.ModelSerializer[MembershipStep]):
    decided_by = serializers.CharField(source="decided_by.username")

    class Meta:
        model = MembershipStep
        fields = ["step", "state", "category", "rag", "on", "reason", "decided_by"]


class MemberSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="membership.pk")
    cohort = serializers.CharField(source="membership.cohort_id")
    nominal = serializers.IntegerField(source="nominal.pk")
    name = serializers.CharField(source="nominal")
    state = serializers.CharField(source="membership.state")
    category = serializers.CharField(source="membership.category")
    rag = serializers.CharField(source="membership.rag")
    nominated_on = serializers.DateField(source="membership.nominated_on")
    joined_on = serializers.DateField(source="membership.joined_on", allow_null=True)
    closed_on = serializers.DateField(source="membership.closed_on", allow_null=True)
    exit = serializers.CharField(source="membership.exit")
    due_on = serializers.DateField(allow_null=True)
    is_overdue = serializers.BooleanField()
    lead_officer = serializers.CharField(source="nominal.lead_officer.username")
    version = serializers.IntegerField(source="membership.version")


class MemberDetailSerializer(MemberSerializer):
    steps = StepSerializer(source="membership.steps", many=True)


class NominationInput(StrictInput):
    nominal = serializers.IntegerField(min_value=1)
    reason = serializers.CharField(max_length=500)
    category = serializers.ChoiceField(Category.choices, required=False)
    on = serializers.DateField(required=False)


class CohortStepInput(StrictInput):
    version = serializers.IntegerField(min_value=1)
    reason = serializers.CharField(max_length=500)
    category = serializers.ChoiceField(Category.choices, required=False)
    rag = serializers.ChoiceField(Rag.choices, required=False)
    exit = serializers.ChoiceField(BY_ONE, required=False)
    on = serializers.DateField(required=False)


class HandoverInput(StrictInput):
    lead_officer = serializers.SlugRelatedField(
        slug_field="username", queryset=User.objects.filter(is_active=True)
    )
    second_officer = serializers.SlugRelatedField(
        slug_field="username", queryset=User.objects.filter(is_active=True), required=False
    )
    reason = serializers.CharField(max_length=500)
    version = serializers.IntegerField(min_value=1)


class HandoverSerializer(serializers.ModelSerializer[Handover]):
    lead = serializers.CharField(source="lead.username")
    lead_before = serializers.CharField(source="lead_before.username")

    class Meta:
        model = Handover
        fields = ["nominal", "lead_before", "lead", "reason", "at"]


class HandoverManyInput(StrictInput):
    """Nominals by their ids; each is handed over by itself."""

    nominals = NominalByKey(
        queryset=Nominal.objects.live().select_related("second_officer"),
        many=True,
        allow_empty=False,
    )
    lead_officer = serializers.SlugRelatedField(
        slug_field="username", queryset=User.objects.filter(is_active=True)
    )
    reason = serializers.CharField(max_length=500)


class HandedOverSerializer(serializers.Serializer[Any]):
    nominal = serializers.IntegerField(source="nominal.pk")
    problem = serializers.CharField(help_text="Empty where it was handed over")


class TaskSerializer(serializers.Serializer[Any]):
    day = serializers.DateField()
    time = serializers.DateTimeField(allow_null=True)
    title = serializers.CharField(source="due.title")
    nominal = serializers.IntegerField(source="due.nominal.pk", default=None)
    officer = serializers.CharField(source="due.owner.username", default=None)
    is_overdue = serializers.BooleanField()
    words = serializers.CharField()


class WorkParameters(serializers.Serializer[Any]):
    whose = serializers.ChoiceField(["me", "team"], default="me")


class CohortListApi(Api):
    """Every cohort. POST makes one: Op Aware is the first of any number."""

    access = {"GET": Permission.NOMINAL_VIEW, "POST": Permission.NOMINAL_SUPERVISE}

    @extend_schema(responses=CohortSerializer(many=True))
    def get(self, request: Request) -> Response:
        return Response(CohortSerializer(cohorts(), many=True).data)

    @extend_schema(request=CohortInput, responses={201: CohortSerializer})
    def post(self, request: Request) -> Response:
        made = open_cohort(by=person(request), **_checked(CohortInput, request))
        return Response(CohortSerializer(cohorts().get(pk=made.pk)).data, HTTP_201_CREATED)


class CohortDetailApi(Api):
    """One cohort. PATCH renames it."""

    access = {"GET": Permission.NOMINAL_VIEW, "PATCH": Permission.NOMINAL_SUPERVISE}

    @extend_schema(responses=CohortSerializer)
    def get(self, request: Request, slug: str) -> Response:
        return Response(_cohort(slug))

    @extend_schema(request=CohortChangeInput, responses=CohortSerializer)
    def patch(self, request: Request, slug: str) -> Response:
        said, cohort = _checked(CohortChangeInput, request), record_of(Cohort, slug)
        amend_cohort(by=person(request), cohort=cohort, **said)
        return Response(_cohort(slug))


class CohortCloseApi(Api):
    """Ends every membership with it where `ends_memberships` says so, and is refused otherwise."""

    access = {"POST": Permission.NOMINAL_SUPERVISE}

    @extend_schema(request=CohortCloseInput, responses=CohortSerializer)
    def post(self, request: Request, slug: str) -> Response:
        said, cohort = _checked(CohortCloseInput, request), record_of(Cohort, slug)
        seen = {f"cohort {slug}": [row.nominal.pk for row in members_of(cohort)]}
        audit.record(by=person(request), action=audit.Action.NOMINAL_VIEWED, detail=seen)
        close_cohort(by=person(request), cohort=cohort, **said)
        return Response(_cohort(slug))


class CohortMembersApi(Api):
    """Nominated and inside. POST nominates, and accepts at once where a category is given."""

    access = {"GET": Permission.NOMINAL_VIEW, "POST": Permission.NOMINAL_CHANGE}

    @extend_schema(responses=MemberSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        cohort = record_of(Cohort, slug)
        rows = members_of(cohort)
        seen = {f"cohort {slug}": [row.nominal.pk for row in rows]}
        audit.record(by=person(request), action=audit.Action.NOMINAL_VIEWED, detail=seen)
        return Response(MemberSerializer(rows, many=True).data)

    @extend_schema(request=NominationInput, responses={201: MemberDetailSerializer})
    def post(self, request: Request, slug: str) -> Response:
        said, by = _checked(NominationInput, request), person(request)
        cohort = record_of(Cohort, slug)
        said["nominal"] = nominal_for(by, said["nominal"], why="nomination")
        made = nominate(by=by, cohort=cohort, **said)
        return Response(_shown(made.pk), HTTP_201_CREATED)


class MemberDetailApi(Api):
    access = {"GET": Permission.NOMINAL_VIEW}

    @extend_schema(responses=MemberDetailSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(_shown(_member(request, pk).pk))


class MemberStepApi(Api):
    """Takes a step. One that is not open is answered 400 with its sentence."""

    access = {"POST": Permission.NOMINAL_CHANGE}

    @extend_schema(request=CohortStepInput, responses=MemberDetailSerializer)
    def post(self, request: Request, pk: int, step: str) -> Response:
        said = _checked(CohortStepInput, request)
        version = said.pop("version")
        taken = Said(**{"on": today()} | said)
        member, known = _member(request, pk), _known(step)
        take_step(by=person(request), member=member, step=known, said=taken, version=version)
        return Response(_shown(pk))


class HandoverApi(Api):
    access = {"POST": Permission.NOMINAL_CHANGE}

    @extend_schema(request=HandoverInput, responses={201: HandoverSerializer})
    def post(self, request: Request, pk: int) -> Response:
        said, by = _checked(HandoverInput, request), person(request)
        nominal = nominal_for(by, pk, why="handover")
        made = hand_over(by=by, nominal=nominal, **said)
        return Response(HandoverSerializer(made).data, HTTP_201_CREATED)


class HandoverManyApi(Api):
    """What an officer leaves behind, each nominal with its own answer."""

    access = {"POST": Permission.NOMINAL_SUPERVISE}

    @extend_schema(request=HandoverManyInput, responses=HandedOverSerializer(many=True))
    def post(self, request: Request) -> Response:
        said, by = _checked(HandoverManyInput, request), person(request)
        seen = {"handover": [row.pk for row in said["nominals"]]}
        audit.record(by=by, action=audit.Action.NOMINAL_VIEWED, detail=seen)
        return Response(HandedOverSerializer(hand_over_many(by=by, **said), many=True).data)


class MyWorkApi(Api):
    """Due and overdue, the earliest first."""

    access = {"GET": Permission.NOMINAL_VIEW}
    parameters_class = WorkParameters

    @extend_schema(parameters=[WorkParameters], responses=TaskSerializer(many=True))
    def get(self, request: Request) -> Response:
        by = person(request)
        owners = team_of(by) if self.parameters()["whose"] == "team" else [by]
        tasks = work_of(owners, timezone.now())
        seen = sorted({task.due.nominal.pk for task in tasks if task.due.nominal})
        audit.record(by=by, action=audit.Action.NOMINAL_VIEWED, detail={"my work": seen})
        return Response(TaskSerializer(tasks, many=True).data)


def _checked(input_class: Any, request: Request) -> dict[str, Any]:
    said = input_class(data=request.data)
    said.is_valid(raise_exception=True)
    return dict(said.validated_data)


def _cohort(slug: str) -> Any:
    """As it stands now; 404 where there is none."""
    record_of(Cohort, slug)
    return CohortSerializer(cohorts().get(pk=slug)).data


def _known(step: str) -> Step:
    known = serializers.ChoiceField(Step.choices)
    return Step(known.run_validation(step))


def _member(request: Request, pk: int) -> Membership:
    """After one look at its nominal in the log."""
    found: Membership = record_of(Membership, pk)
    nominal_for(person(request), found.nominal_id, why="cohort")
    return found


def _shown(pk: int) -> Any:
    row = memberships().prefetch_related("steps__decided_by").get(pk=pk)
    return MemberDetailSerializer(as_member(row)).data
