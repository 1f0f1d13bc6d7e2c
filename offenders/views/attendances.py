from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.views.generic import FormView, TemplateView

from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from core.editing import ServiceFormMixin
from core.selectors.history import history_of
from core.words import facts_of
from offenders.forms.custody import AttendanceChangeForm, AttendanceForm
from offenders.models import VoluntaryAttendance
from offenders.nominal_tables import nominal_url
from offenders.selectors.custody import attendance_url
from offenders.selectors.nominals import nominal_for
from offenders.services.attendances import amend_attendance, record_attendance
from offenders.views.nominals import NominalFormView

FACTS = ("attended_at", "station", "reason", "appropriate_adult", "officer", "result")


@requires(Permission.NOMINAL_CHANGE)
class AttendanceOf(NominalFormView):
    form_class = AttendanceForm
    title = "Log a voluntary attendance"
    submit = "Log the attendance"
    done = "Attendance logged. No clock runs: the person may leave at will."

    def perform(self, form: AttendanceForm) -> VoluntaryAttendance:
        by = person(self.request)
        return record_attendance(by=by, nominal=self.nominal, officer=by, **form.cleaned_data)

    def address_of(self, record: VoluntaryAttendance) -> str:
        return attendance_url(record)


class OneAttendance:
    """`attendance`, after one look at its nominal in the log."""

    attendance: VoluntaryAttendance
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        rows = VoluntaryAttendance.objects.select_related("nominal", "officer")
        self.attendance = get_object_or_404(rows, pk=kwargs["pk"])
        nominal_for(person(request), self.attendance.nominal_id, why="attendance")
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # a view's mixin

    def trail(self) -> list[tuple[str, str]]:
        nominal = self.attendance.nominal
        return [(str(nominal), nominal_url(nominal.pk))]


@requires(Permission.NOMINAL_VIEW)
class AttendanceDetail(OneAttendance, TemplateView):
    template_name = "offenders/attendance/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "trail": self.trail(),
            "attendance": self.attendance,
            "facts": facts_of(self.attendance, FACTS),
            "history": history_of(self.attendance),
            "may_change": person(self.request).has(Permission.NOMINAL_CHANGE),
        }


@requires(Permission.NOMINAL_CHANGE)
class AttendanceEdit(OneAttendance, ServiceFormMixin, FormView[Any]):
    form_class = AttendanceChangeForm
    title = "Change an attendance"
    submit = "Save changes"
    amends = True

    def get_form_kwargs(self) -> dict[str, Any]:
        # A copy: the form writes what was typed into its instance.
        copy = VoluntaryAttendance.objects.get(pk=self.attendance.pk)
        return super().get_form_kwargs() | {"instance": copy}

    def perform(self, form: AttendanceChangeForm) -> VoluntaryAttendance:
        version = form.cleaned_data["version"]
        return amend_attendance(
            by=person(self.request), attendance=self.attendance, version=version, **form.facts()
        )

    def address_of(self, record: VoluntaryAttendance) -> str:
        return attendance_url(record)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        url = attendance_url(self.attendance)
        return super().get_context_data(**kwargs) | {
            "trail": [*self.trail(), ("Voluntary attendance", url)],
            "caption": str(self.attendance),
            "is_child": self.attendance.nominal.is_child,
            "cancel": url,
        }
