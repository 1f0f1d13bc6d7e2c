from django.contrib import admin

from core.access.admin_site import KeyedAdmin
from core.models import Unit


@admin.register(Unit)
class UnitAdmin(KeyedAdmin):
    list_display = ["name", "code", "kind", "parent", "valid_from", "valid_to"]
    list_filter = ["kind"]
    search_fields = ["code", "name", "gss_code"]
