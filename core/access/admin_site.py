"""Django's admin as the page of reference data: one permission opens it, every change is logged."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin, TabularInline
from django.contrib.admin.models import LogEntry
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from core import audit
from core.access.decision import NotAllowed, Reason
from core.access.permissions import Permission
from core.access.person import person
from core.changes import announce
from core.concurrency import SeenForm


class ReferenceSite(AdminSite):
    site_header = "Reference data"
    site_title = "Reference data"
    index_title = "Codes, sets, units and rules"
    enable_nav_sidebar = False
    # Without it every address below /admin/ exists; a wrong one should be a plain 404.
    final_catch_all_view = False

    def has_permission(self, request: HttpRequest) -> bool:
        """As the middleware asked already: each kind of row asks its own permission."""
        return request.user.is_authenticated

    def password_change(  # type: ignore[override]  # the stubs know one kind of answer
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """There is one page for it, with the rules and the log of signing in."""
        return redirect("account_change_password")

    def register(
        self,
        model_or_iterable: type[Model] | Iterable[type[Model]],
        admin_class: type[ModelAdmin[Any]] | None = None,
        **options: Any,
    ) -> None:
        """Only ours: what packages offer (groups, addresses, authenticators) has other doors."""
        if admin_class is not None and issubclass(admin_class, ReferenceAdmin):
            super().register(model_or_iterable, admin_class, **options)


class Policed:
    """Our permissions in place of Django's own, which nobody here is given."""

    permissions: tuple[Permission, ...] = (Permission.REFERENCE_CHANGE,)
    may_delete = False

    def may_change(self, request: HttpRequest) -> bool:
        return any(person(request).has(permission) for permission in self.permissions)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_delete and self.may_change(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.may_change(request)


class ReferenceInline(Policed, TabularInline[Any, Any]):
    extra = 1  # so that a row can be added without scripts
    may_delete = True


class ReferenceAdmin(Policed, ModelAdmin[Any]):
    form = SeenForm
    list_per_page = 100

    def history_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Django looks for the row before it asks for the permission."""
        if not self.may_change(request):
            raise NotAllowed(Reason.PERMISSION)
        return super().history_view(request, object_id, extra_context)

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> LogEntry:
        self._record(request, obj, "added")
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> LogEntry:
        self._record(request, obj, message)
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for obj in queryset:
            self._record(request, obj, "deleted")
        return super().log_deletions(request, queryset)

    def _record(self, request: HttpRequest, obj: Model, change: Any) -> None:
        audit.record(
            by=person(request),
            action=audit.Action.REFERENCE_CHANGED,
            target=obj,
            detail={"name": str(obj), "change": change},
        )
        announce()  # where figures are made with these rows, they are made anew at once


class KeyedAdmin(ReferenceAdmin):
    """Records carry the key, so it stays once it is made."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [self.model._meta.pk.name] if obj else []
