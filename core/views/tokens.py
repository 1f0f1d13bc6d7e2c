from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST
from django.views.generic import FormView

from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires, signed_in
from core.models import ApiToken, User
from core.selectors.people import tokens_of
from core.services.tokens import issue_token, revoke_token


class TokenForm(forms.Form):
    name = forms.CharField(label="What is it for?", max_length=100)


class TokenPage(FormView[TokenForm]):
    """Lists the tokens of `owner()`, and makes one: its secret is on the answer to the form only."""

    form_class = TokenForm
    template_name = "core/token/list.html"

    def owner(self) -> User:
        return person(self.request)

    def form_valid(self, form: TokenForm) -> HttpResponse:
        token, secret = issue_token(
            by=person(self.request), owner=self.owner(), name=form.cleaned_data["name"]
        )
        return render(self.request, "core/token/made.html", {"token": token, "secret": secret})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        owner = self.owner()
        return super().get_context_data(**kwargs) | {"owner": owner, "tokens": tokens_of(owner)}


@requires(Permission.API_TOKEN)
class TokenList(TokenPage):
    pass


@requires(Permission.USER_MANAGE)
class MachineTokens(TokenPage):
    """The tokens of a machine account, which cannot come to this page itself."""

    def owner(self) -> User:
        return get_object_or_404(User, username=self.kwargs["username"])


@signed_in
@require_POST
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    by = person(request)
    token = get_object_or_404(ApiToken.objects.select_related("user"), pk=pk)
    revoke_token(by=by, token=token)
    messages.success(request, f"The token “{token.name}” is revoked. Nothing can use it any more.")
    if token.user == by:
        return redirect("core:token-list")
    return redirect("core:person-detail", username=token.user.username)
