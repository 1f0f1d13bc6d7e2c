"""Accounts: who has one, which roles they hold, and since when."""

from collections.abc import Iterable
from typing import Any

import django_tables2
from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import FormView
from django_tables2 import SingleTableView

from core.access.permissions import Permission
from core.access.person import person as signed_in_person
from core.access.policy import requires
from core.access.roles import BY_SLUG, POWERFUL, ROLES
from core.concurrency import SeenPlainForm
from core.editing import ServiceFormMixin
from core.models import RoleGrant, User
from core.policies import can_change_account, can_issue_token, can_open_account
from core.selectors.approvals import asked_about
from core.selectors.people import grants_of, people, tokens_of
from core.services.people import change_account, create_account, set_roles, sign_in_link
from core.tables import DateTimeColumn, Table


def role_choices() -> list[tuple[str, str]]:
    return [(role.slug, f"{role.name}: {role.description}") for role in ROLES]


class RolesField(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self) -> None:
        super().__init__(choices=role_choices, required=False)


def reason_field() -> forms.CharField:
    return forms.CharField(
        label="Why administrator or auditor?",
        help_text="Only where one of these two is added: a second administrator decides.",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RolesForm(SeenPlainForm):
    roles = RolesField()
    reason = reason_field()


class AccountForm(SeenPlainForm):
    full_name = forms.CharField(label="Name", max_length=150)
    email = forms.EmailField(label="Email address", required=False)
    is_active = forms.BooleanField(label="May sign in", required=False)


class NewAccountForm(forms.Form):
    username = forms.CharField(
        label="User name", max_length=150, help_text="Letters, digits and @ . + - _"
    )
    full_name = forms.CharField(label="Name", max_length=150)
    email = forms.EmailField(label="Email address", required=False)
    roles = RolesField()
    reason = reason_field()


class PeopleTable(Table):
    caption = "People"
    noun = "people"

    full_name = django_tables2.Column(
        linkify=lambda record: reverse("core:person-detail", args=[record.username]),
        verbose_name="Name",
    )
    username = django_tables2.Column(verbose_name="User name")
    roles = django_tables2.Column(accessor="current_grants", orderable=False)
    is_active = django_tables2.Column(verbose_name="May sign in")
    last_login = DateTimeColumn(verbose_name="Last signed in")

    def render_roles(self, value: Iterable[RoleGrant]) -> str:
        return ", ".join(grant.role_name for grant in value)

    def render_is_active(self, value: bool) -> str:
        return "Yes" if value else "No"


@requires(Permission.USER_MANAGE)
class PersonList(SingleTableView):
    table_class = PeopleTable
    template_name = "core/person/list.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[User]:
        return people()


@requires(Permission.USER_MANAGE)
@require_safe
def person_detail(request: HttpRequest, username: str) -> HttpResponse:
    person = get_object_or_404(User, username=username)
    by = signed_in_person(request)
    context = {
        "person": person,
        "grants": [(grant, BY_SLUG.get(grant.role)) for grant in grants_of(person)],
        "tokens": tokens_of(person),
        "may_change": can_change_account(by, person),
        "may_link": can_open_account(by, person),
        "asked": asked_about(person),
        "may_audit": by.has(Permission.AUDIT_VIEW),
        "may_issue_token": by != person and can_issue_token(by, person),
        "trail": [("People", reverse("core:person-list"))],
    }
    return render(request, "core/person/detail.html", context)


@requires(Permission.USER_MANAGE)
@require_POST
def person_link(request: HttpRequest, username: str) -> HttpResponse:
    """Shown on the answer itself and nowhere else: the link opens the account."""
    person = get_object_or_404(User, username=username)
    path = sign_in_link(by=signed_in_person(request), user=person)
    context = {"person": person, "link": request.build_absolute_uri(path)}
    return render(request, "core/person/link.html", context)


ASKED = "A second administrator is asked for the grant of administrator or auditor."


class PersonForm(ServiceFormMixin, FormView[Any]):
    @property
    def by(self) -> User:
        return signed_in_person(self.request)

    def person(self) -> User:
        return get_object_or_404(User, username=self.kwargs["username"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        trail = [("People", reverse("core:person-list"))]
        return super().get_context_data(**kwargs) | {"trail": trail, "caption": self.caption()}

    def caption(self) -> str:
        return str(self.person())

    def address_of(self, record: User) -> str:
        return reverse("core:person-detail", args=[record.username])


@requires(Permission.USER_MANAGE)
class PersonCreate(PersonForm):
    form_class = NewAccountForm
    title = "New account"
    submit = "Make the account"
    done = "The account is made. Make a sign-in link and hand it over."

    def caption(self) -> str:
        return ""

    def perform(self, form: forms.Form) -> User:
        if POWERFUL & set(form.cleaned_data["roles"]):
            messages.info(self.request, ASKED)
        return create_account(by=self.by, **form.cleaned_data)


@requires(Permission.USER_MANAGE)
class PersonChange(PersonForm):
    form_class = AccountForm
    title = "Change account"

    def get_initial(self) -> dict[str, Any]:
        person = self.person()
        names = ("full_name", "email", "is_active")
        return {name: getattr(person, name) for name in names}

    def perform(self, form: forms.Form) -> User:
        return change_account(by=self.by, user=self.person(), **form.cleaned_data)


@requires(Permission.USER_MANAGE)
class PersonRoles(PersonForm):
    form_class = RolesForm
    title = "Change roles"
    done = "Saved. If a role changed, this person has to sign in again."

    def get_initial(self) -> dict[str, Any]:
        return {"roles": sorted(self.person().role_slugs)}

    def perform(self, form: forms.Form) -> User:
        person = self.person()
        asked = set_roles(by=self.by, user=person, **form.cleaned_data)
        if asked is not None:
            messages.info(self.request, ASKED)
        return person
