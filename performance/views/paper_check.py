"""The claim check of a paper that was written elsewhere."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.generic import FormView

from core.access.permissions import Permission
from core.access.policy import requires
from performance.paper_forms import CheckForm
from performance.selectors.months import latest_month
from performance.selectors.paper_check import check_elsewhere


@requires(Permission.PAPER_VIEW)
class PaperCheck(FormView[Any]):
    """Nothing is kept: the text comes back beside what was found in it."""

    form_class = CheckForm
    template_name = "performance/paper/check.html"

    def get_initial(self) -> dict[str, Any]:
        return {"month": f"{latest_month():%Y-%m}"}

    def form_valid(self, form: CheckForm) -> HttpResponse:
        said = form.cleaned_data
        check = check_elsewhere(said["text"], said["month"])
        return self.render_to_response(self.get_context_data(form=form, check=check))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        trail = [("Board papers", reverse("performance:paper-list"))]
        return super().get_context_data(**kwargs) | {"trail": trail}
