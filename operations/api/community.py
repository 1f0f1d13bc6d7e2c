"""What is done with the community, by the services of the pages."""

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from core.api.values import StrictInput
from operations import prevention_filters as filters
from operations.api.changes import Changing, DetailAndChange
from operations.api.packs import district
from operations.api.prevention import ListAndNew, some_people
from operations.models import AwarenessGiven, Consultation, EstateWorks, WatchScheme
from operations.models.community import Channel, EstateMeasure, Subject
from operations.services import community


class ConsultationSerializer(serializers.ModelSerializer[Consultation]):
    class Meta:
        model = Consultation
        fields = ["id", "title", "held_on", "district", "channel", "people", "involved", "result",
                  "version"]  # fmt: skip


class ConsultationInput(StrictInput):
    title = serializers.CharField(max_length=120)
    held_on = serializers.DateField()
    district = district()
    channel = serializers.ChoiceField(Channel.choices)
    people = some_people()
    involved = serializers.IntegerField(min_value=0, required=False)
    result = serializers.CharField(max_length=1000, required=False)


@extend_schema_view(
    post=extend_schema(request=ConsultationInput, responses={201: ConsultationSerializer})
)
class ConsultationListApi(ListAndNew):
    queryset = Consultation.objects.all()
    serializer_class = ConsultationSerializer
    filterset_class = filters.ConsultationFilter
    input_class = ConsultationInput
    record = staticmethod(community.record_consultation)


class ConsultationChange(Changing, ConsultationInput):
    clearable = ("district", "result")


@extend_schema_view(
    patch=extend_schema(request=ConsultationChange, responses=ConsultationSerializer)
)
class ConsultationDetailApi(DetailAndChange):
    queryset = Consultation.objects.all()
    serializer_class = ConsultationSerializer
    change_class = ConsultationChange
    amend = staticmethod(community.amend_consultation)


class WatchSerializer(serializers.ModelSerializer[WatchScheme]):
    class Meta:
        model = WatchScheme
        fields = ["id", "name", "area", "district", "coordinator", "members", "started_on",
                  "ended_on", "version"]  # fmt: skip


class WatchInput(StrictInput):
    name = serializers.CharField(max_length=120)
    area = serializers.CharField(max_length=200)
    district = district()
    coordinator = serializers.CharField(max_length=80)
    members = some_people()
    started_on = serializers.DateField()


@extend_schema_view(post=extend_schema(request=WatchInput, responses={201: WatchSerializer}))
class WatchListApi(ListAndNew):
    queryset = WatchScheme.objects.all()
    serializer_class = WatchSerializer
    filterset_class = filters.WatchSchemeFilter
    input_class = WatchInput
    record = staticmethod(community.record_scheme)


class WatchChange(Changing, WatchInput):
    clearable = ("district", "ended_on")
    ended_on = serializers.DateField()


@extend_schema_view(patch=extend_schema(request=WatchChange, responses=WatchSerializer))
class WatchDetailApi(DetailAndChange):
    queryset = WatchScheme.objects.all()
    serializer_class = WatchSerializer
    change_class = WatchChange
    amend = staticmethod(community.amend_scheme)


class EstateSerializer(serializers.ModelSerializer[EstateWorks]):
    class Meta:
        model = EstateWorks
        fields = ["id", "estate", "council", "district", "measures", "homes", "started_on",
                  "done_on", "note", "version"]  # fmt: skip


class EstateInput(StrictInput):
    estate = serializers.CharField(max_length=120)
    council = serializers.CharField(max_length=80)
    district = district()
    measures = serializers.ListField(child=serializers.ChoiceField(EstateMeasure.choices))
    homes = some_people()
    started_on = serializers.DateField()
    done_on = serializers.DateField(required=False)
    note = serializers.CharField(max_length=1000, required=False)


@extend_schema_view(post=extend_schema(request=EstateInput, responses={201: EstateSerializer}))
class EstateListApi(ListAndNew):
    queryset = EstateWorks.objects.all()
    serializer_class = EstateSerializer
    filterset_class = filters.EstateWorksFilter
    input_class = EstateInput
    record = staticmethod(community.record_estate)


class EstateChange(Changing, EstateInput):
    clearable = ("district", "done_on", "note")


@extend_schema_view(patch=extend_schema(request=EstateChange, responses=EstateSerializer))
class EstateDetailApi(DetailAndChange):
    queryset = EstateWorks.objects.all()
    serializer_class = EstateSerializer
    change_class = EstateChange
    amend = staticmethod(community.amend_estate)


class AwarenessSerializer(serializers.ModelSerializer[AwarenessGiven]):
    class Meta:
        model = AwarenessGiven
        fields = ["id", "given_on", "subject", "audience", "district", "people", "note", "version"]


class AwarenessInput(StrictInput):
    given_on = serializers.DateField()
    subject = serializers.ChoiceField(Subject.choices)
    audience = serializers.CharField(max_length=120)
    district = district()
    people = some_people()
    note = serializers.CharField(max_length=1000, required=False)


@extend_schema_view(
    post=extend_schema(request=AwarenessInput, responses={201: AwarenessSerializer})
)
class AwarenessListApi(ListAndNew):
    queryset = AwarenessGiven.objects.all()
    serializer_class = AwarenessSerializer
    filterset_class = filters.AwarenessFilter
    input_class = AwarenessInput
    record = staticmethod(community.record_awareness)


class AwarenessChange(Changing, AwarenessInput):
    clearable = ("district", "note")


@extend_schema_view(patch=extend_schema(request=AwarenessChange, responses=AwarenessSerializer))
class AwarenessDetailApi(DetailAndChange):
    queryset = AwarenessGiven.objects.all()
    serializer_class = AwarenessSerializer
    change_class = AwarenessChange
    amend = staticmethod(community.amend_awareness)
