from collections.abc import Callable
from datetime import date

import pytest
from django.urls import reverse

from core.changes import DEFINITION
from core.models import AuditEvent, Change, Unit
from offenders.models import OffenceGroup, OffenceGroupCode, OutcomeSetCode
from performance.models import Annotation
from tests.integration.conftest import Browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(sign_in: Callable[..., Browser]) -> Browser:
    return sign_in("administrator")


def form_of(browser: Browser, path: str) -> dict[str, str]:
    """What the page's form would send if nothing were changed."""
    context = browser.get(path).context
    forms = [context["adminform"].form]
    for formset in context["inline_admin_formsets"]:
        forms += [formset.formset.management_form, *formset.formset.forms]
    fields = (field for form in forms for field in form)
    return {
        field.html_name: "" if field.value() in (None, False) else field.value() for field in fields
    }


@pytest.mark.parametrize(
    "model",
    ["core_unit", "offenders_offencecode", "offenders_outcomecode", "offenders_offencegroup",
     "offenders_outcomeset", "performance_comparisonrule", "performance_baseline",
     "performance_annotation"],
)  # fmt: skip
def test_reference_data_is_listed_and_added(administrator: Browser, model: str) -> None:
    assert administrator.get(reverse(f"admin:{model}_changelist")).status_code == 200
    assert administrator.get(reverse(f"admin:{model}_add")).status_code == 200


def test_index_offers_reference_data_only(administrator: Browser) -> None:
    page = administrator.get("/admin/").content.decode()
    assert "Offence codes" in page
    for other in ("Groups", "Authenticators", "Users", "Email addresses"):
        assert other not in page


def test_changed_unit_is_saved_and_logged(administrator: Browser) -> None:
    path = reverse("admin:core_unit_change", args=["fenland"])
    administrator.post(path, form_of(administrator, path) | {"name": "The Fens"})
    assert Unit.objects.get(pk="fenland").name == "The Fens"
    event = AuditEvent.objects.get(action="reference.changed")
    assert (event.actor, event.target_id) == (administrator.user.username, "fenland")
    assert event.detail["change"] == [{"changed": {"fields": ["Name"]}}]


def test_definition_gains_a_code_from_a_month(
    administrator: Browser, django_capture_on_commit_callbacks
) -> None:
    path = reverse("admin:offenders_outcomeset_change", args=["prosecution-possible"])
    form = form_of(administrator, path)
    n = int(form["codes-TOTAL_FORMS"])
    new = {
        "set": "prosecution-possible",
        "outcome": "22",
        "valid_from": "2021-04-01",
        "valid_to": "",
    }
    form |= {f"codes-{n}-{name}": value for name, value in new.items()}
    form["codes-TOTAL_FORMS"] = str(n + 1)
    with django_capture_on_commit_callbacks() as callbacks:
        answer = administrator.post(path, form)
    assert answer.status_code == 302
    assert OutcomeSetCode.objects.filter(set="prosecution-possible", outcome="22").exists()
    assert Change.objects.filter(basis=DEFINITION).exists()  # the figures are made anew
    assert len(callbacks) == 1  # at once


def test_definition_changes_on_the_first_of_a_month_only(administrator: Browser) -> None:
    group = OffenceGroup.objects.create(slug="test", title="Test")
    path = reverse("admin:offenders_offencegroup_change", args=[group.pk])
    form = form_of(administrator, path) | {
        "codes-TOTAL_FORMS": "1",
        "codes-0-group": "test",
        "codes-0-offence": "28E",
        "codes-0-valid_from": "2021-04-15",
    }
    answer = administrator.post(path, form)
    assert "first day of a month" in answer.content.decode()
    assert not OffenceGroupCode.objects.filter(group=group).exists()


def test_second_editor_is_told_and_loses_nothing(administrator: Browser) -> None:
    path = reverse("admin:core_unit_change", args=["fenland"])
    form = form_of(administrator, path) | {"name": "The Fens"}
    Unit.objects.filter(pk="fenland").update(name="Fenland District")
    answer = administrator.post(path, form)
    page = answer.content.decode()
    assert "Somebody else changed this" in page
    assert "Fenland District" in page
    assert 'value="The Fens"' in page
    assert Unit.objects.get(pk="fenland").name == "Fenland District"


def test_key_stays_once_it_is_made(administrator: Browser) -> None:
    page = administrator.get(reverse("admin:core_unit_change", args=["fenland"])).content.decode()
    assert 'name="code"' not in page


def test_code_is_not_deleted(administrator: Browser) -> None:
    path = reverse("admin:offenders_offencecode_delete", args=["28E"])
    assert administrator.post(path, {"post": "yes"}).status_code == 403


@pytest.mark.parametrize(
    ("role", "shown", "hidden"),
    [("analyst", "Baselines", "Offence codes"), ("manager", "Annotations", "Baselines")],
)
def test_index_offers_what_the_role_may_change(
    sign_in: Callable[..., Browser], role: str, shown: str, hidden: str
) -> None:
    page = sign_in(role).get("/admin/").content.decode()
    assert shown in page
    assert hidden not in page


def test_analyst_annotates_a_figure(sign_in: Callable[..., Browser]) -> None:
    browser = sign_in("analyst")
    path = reverse("admin:performance_annotation_add")
    browser.post(path, {"title": "First lockdown", "starts_on": "2020-03-23", "ends_on": ""})
    assert Annotation.objects.get(title="First lockdown").starts_on == date(2020, 3, 23)
    assert AuditEvent.objects.filter(action="reference.changed").exists()
