from django.contrib import admin

from core.access.admin_site import ReferenceAdmin
from core.access.permissions import Permission
from performance.models import Annotation, Baseline, ComparisonRule


@admin.register(ComparisonRule)
class ComparisonRuleAdmin(ReferenceAdmin):
    list_display = ["name", "indicator", "kind", "tolerance", "valid_from", "valid_to"]
    list_filter = ["kind"]


@admin.register(Baseline)
class BaselineAdmin(ReferenceAdmin):
    permissions = (Permission.REFERENCE_CHANGE, Permission.BASELINE_CHANGE)
    list_display = ["indicator", "unit", "year_start", "numerator", "denominator", "in_use"]
    list_filter = ["in_use", "unit"]
    search_fields = ["indicator"]


@admin.register(Annotation)
class AnnotationAdmin(ReferenceAdmin):
    permissions = (Permission.REFERENCE_CHANGE, Permission.ANNOTATION_CHANGE)
    may_delete = True
    list_display = ["title", "starts_on", "ends_on", "indicator", "unit"]
