from django.contrib import admin

from core.access.admin_site import KeyedAdmin, ReferenceAdmin, ReferenceInline
from offenders.models import (
    DisposalType,
    OffenceCode,
    OffenceGroup,
    OffenceGroupCode,
    OutcomeCode,
    OutcomeSet,
    OutcomeSetCode,
    RetentionClass,
    RetentionPeriod,
)


@admin.register(OffenceCode)
class OffenceCodeAdmin(KeyedAdmin):
    list_display = ["code", "title", "subgroup", "valid_from", "valid_to"]
    list_filter = ["group"]
    search_fields = ["code", "title"]


@admin.register(OutcomeCode)
class OutcomeCodeAdmin(KeyedAdmin):
    list_display = ["code", "title", "group", "position", "valid_from", "valid_to"]
    search_fields = ["code", "title"]


class OffenceGroupCodes(ReferenceInline):
    model = OffenceGroupCode


@admin.register(OffenceGroup)
class OffenceGroupAdmin(KeyedAdmin):
    list_display = ["title", "slug"]
    inlines = [OffenceGroupCodes]


class OutcomeSetCodes(ReferenceInline):
    model = OutcomeSetCode


@admin.register(OutcomeSet)
class OutcomeSetAdmin(KeyedAdmin):
    list_display = ["title", "slug"]
    inlines = [OutcomeSetCodes]


@admin.register(DisposalType)
class DisposalTypeAdmin(KeyedAdmin):
    list_display = ["title", "stage", "tier", "outcome", "in_force_from", "in_force_to"]
    list_filter = ["stage", "tier"]
    search_fields = ["code", "title"]


@admin.register(RetentionClass)
class RetentionClassAdmin(ReferenceAdmin):
    list_display = ["offence", "group", "valid_from", "valid_to"]
    list_filter = ["group"]
    search_fields = ["offence__code", "offence__title"]


@admin.register(RetentionPeriod)
class RetentionPeriodAdmin(ReferenceAdmin):
    list_display = ["group", "valid_from", "years", "until_age"]
