from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import FormView, ListView, TemplateView

from core import audit
from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from core.dates import today
from core.editing import ServiceFormMixin
from core.words import words_of
from offenders.forms.cohorts import (
    CohortChangeForm,
    CohortCloseForm,
    CohortForm,
    NominateForm,
    StepForm,
)
from offenders.models import Cohort, Membership
from offenders.policies.cohorts import Said, Step, can_run_cohorts, can_step, may_decide
from offenders.selectors.cohorts import (
    Member,
    as_member,
    cohorts,
    dwell_of,
    flow_of,
    members_of,
    membership_url,
    memberships,
    open_steps,
    outside_of,
)
from offenders.selectors.nominals import nominal_for
from offenders.selectors.officers import without_officer
from offenders.services.cohort_list import amend_cohort, close_cohort, open_cohort
from offenders.services.cohorts import nominate, take_step

COHORTS = "offenders:cohort-list"


@requires(Permission.NOMINAL_VIEW)
class CohortList(ListView[Cohort]):
    template_name = "offenders/cohort/list.html"

    def get_queryset(self) -> Any:
        return cohorts()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        left = without_officer().count()
        return super().get_context_data(**kwargs) | {
            "without_officer": left,
            "may_open": bool(can_run_cohorts(person(self.request))),
        }


@requires(Permission.NOMINAL_VIEW)
class CohortDetail(TemplateView):
    """Who is in it, what is late, who flows in and out, and who else could be. One look."""

    template_name = "offenders/cohort/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        cohort = get_object_or_404(Cohort, pk=self.kwargs["slug"])
        members, outside = members_of(cohort), outside_of(cohort)
        seen = [row.nominal.pk for row in members] + [row.pk for row in outside]
        by = person(self.request)
        audit.record(
            by=by, action=audit.Action.NOMINAL_VIEWED, detail={f"cohort {cohort.pk}": seen}
        )
        return super().get_context_data(**kwargs) | {
            "trail": [("Cohorts", reverse(COHORTS))],
            "cohort": cohort,
            "waiting": [row for row in members if row.membership.joined_on is None],
            "members": [row for row in members if row.membership.joined_on],
            "overdue": sum(row.is_overdue for row in members),
            "flow": flow_of(cohort, today()),
            "dwell": dwell_of(cohort, today()),
            "outside": outside,
            "may_change": by.has(Permission.NOMINAL_CHANGE) and not cohort.is_closed,
            "may_run": bool(can_run_cohorts(by)),
        }


@requires(Permission.NOMINAL_SUPERVISE)
class CohortNew(ServiceFormMixin, FormView[CohortForm]):
    form_class = CohortForm
    title = "Make a cohort"
    submit = "Make the cohort"
    done = "Cohort made. Nominate who belongs to it."

    def perform(self, form: CohortForm) -> Cohort:
        return open_cohort(by=person(self.request), **form.cleaned_data)

    def address_of(self, record: Cohort) -> str:
        return reverse("offenders:cohort-detail", args=[record.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        trail = [("Cohorts", reverse(COHORTS))]
        return super().get_context_data(**kwargs) | {"trail": trail, "cancel": reverse(COHORTS)}


class CohortChange(ServiceFormMixin, FormView[Any]):
    """A form about one cohort, back to its page."""

    @cached_property
    def cohort(self) -> Cohort:
        return get_object_or_404(Cohort, pk=self.kwargs["slug"])

    def get_form_kwargs(self) -> dict[str, Any]:
        # A copy: the form writes what was typed into its instance.
        copy = get_object_or_404(Cohort, pk=self.cohort.pk)
        return super().get_form_kwargs() | {"instance": copy}

    def address_of(self, record: Cohort) -> str:
        return reverse("offenders:cohort-detail", args=[record.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        url = self.address_of(self.cohort)
        return super().get_context_data(**kwargs) | {
            "trail": [("Cohorts", reverse(COHORTS)), (str(self.cohort), url)],
            "caption": str(self.cohort),
            "cancel": url,
        }


@requires(Permission.NOMINAL_SUPERVISE)
class CohortEdit(CohortChange):
    form_class = CohortChangeForm
    title = "Rename a cohort"
    submit = "Save changes"
    amends = True

    def perform(self, form: CohortChangeForm) -> Cohort:
        version = form.cleaned_data["version"]
        return amend_cohort(
            by=person(self.request), cohort=self.cohort, version=version, **form.facts()
        )


@requires(Permission.NOMINAL_SUPERVISE)
class CohortClose(CohortChange):
    """Names whoever would go with it before anything is closed, as one look."""

    form_class = CohortCloseForm
    template_name = "offenders/cohort/close.html"
    title = "Close a cohort"
    submit = "Close the cohort"
    done = "Cohort closed."

    @cached_property
    def members(self) -> list[Member]:
        rows = members_of(self.cohort)
        seen = {f"cohort {self.cohort.pk}": [row.nominal.pk for row in rows]}
        audit.record(by=person(self.request), action=audit.Action.NOMINAL_VIEWED, detail=seen)
        return rows

    def get_form_kwargs(self) -> dict[str, Any]:
        waiting = sum(row.membership.joined_on is None for row in self.members)
        counts = {"inside": len(self.members) - waiting, "waiting": waiting}
        return super().get_form_kwargs() | counts

    def perform(self, form: CohortCloseForm) -> Cohort:
        return close_cohort(by=person(self.request), cohort=self.cohort, **form.cleaned_data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"members": self.members}


@requires(Permission.NOMINAL_CHANGE)
class MemberNew(ServiceFormMixin, FormView[NominateForm]):
    form_class = NominateForm
    title = "Nominate to a cohort"
    submit = "Nominate"
    done = "Nominated."

    def get_initial(self) -> dict[str, Any]:
        asked = {name: self.request.GET.get(name) for name in ("nominal", "cohort")}
        return {name: value for name, value in asked.items() if value}

    def get_form_kwargs(self) -> dict[str, Any]:
        may_accept = may_decide(person(self.request), Step.ACCEPTED)
        return super().get_form_kwargs() | {"may_accept": may_accept}

    def perform(self, form: NominateForm) -> Membership:
        data, by = dict(form.cleaned_data), person(self.request)
        data["nominal"] = nominal_for(by, data["nominal"].pk, why="nomination")
        return nominate(by=by, **data)

    def address_of(self, record: Membership) -> str:
        return membership_url(record)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        trail = [("Cohorts", reverse(COHORTS))]
        return super().get_context_data(**kwargs) | {"trail": trail, "cancel": reverse(COHORTS)}


class OneMember:
    """`member`, after one look at its nominal in the log."""

    member: Membership
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.member = get_object_or_404(memberships(), pk=kwargs["pk"])
        nominal_for(person(request), self.member.nominal_id, why="cohort")
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # a view's mixin

    def trail(self) -> list[tuple[str, str]]:
        cohort = self.member.cohort
        url = reverse("offenders:cohort-detail", args=[cohort.pk])
        return [("Cohorts", reverse(COHORTS)), (str(cohort), url)]


@requires(Permission.NOMINAL_VIEW)
class MemberDetail(OneMember, TemplateView):
    template_name = "offenders/cohort/member.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        member = as_member(self.member)
        return super().get_context_data(**kwargs) | {
            "trail": self.trail(),
            "member": member,
            "facts": _facts(self.member),
            "steps": self.member.steps.select_related("decided_by").order_by("-pk"),
            "open": open_steps(self.member, person(self.request)),
        }


def _facts(member: Membership) -> list[dict[str, str]]:
    facts = {
        "State": member.get_state_display(),
        "Category": member.get_category_display() or "Not decided",
        "RAG": member.get_rag_display() or "Not rated",
        "Next review": words_of(as_member(member).due_on) or "None",
        "Nominated": words_of(member.nominated_on),
        "Joined": words_of(member.joined_on) or "Not yet",
        "Left": words_of(member.closed_on) or "No",
        "Why it ended": member.get_exit_display(),
        "Lead officer": str(member.nominal.lead_officer),
        "Second officer": words_of(member.nominal.second_officer) or "Nobody",
    }
    return [{"key": key, "value": value} for key, value in facts.items() if value]


@requires(Permission.NOMINAL_CHANGE)
class MemberStep(OneMember, ServiceFormMixin, FormView[StepForm]):
    form_class = StepForm
    done = "Minuted."

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if kwargs["step"] not in Step.values:
            raise Http404("There is no such step.")
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """What this person may never do is refused before anything is typed."""
        can_step(person(request), self.member, self.step).require()
        return super().get(request, *args, **kwargs)

    @property
    def step(self) -> Step:
        return Step(self.kwargs["step"])

    @property
    def title(self) -> str:  # type: ignore[override]  # it names the step
        return str(self.step.label)

    @property
    def submit(self) -> str:  # type: ignore[override]  # likewise
        return str(self.step.label)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"step": self.step, "instance": self.member}

    def perform(self, form: StepForm) -> Membership:
        return take_step(
            by=person(self.request),
            member=self.member,
            step=self.step,
            said=Said(**form.facts()),
            version=form.cleaned_data["version"],
        )

    def address_of(self, record: Membership) -> str:
        return membership_url(record)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "trail": [*self.trail(), (str(self.member.nominal), membership_url(self.member))],
            "caption": f"{self.member.nominal} ({self.member.nominal.ref})",
            "cancel": membership_url(self.member),
        }
