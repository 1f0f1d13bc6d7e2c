from typing import Any

from allauth.account.forms import LoginForm


class SignInForm(LoginForm):
    """Says what to type in the label; what to do about a forgotten password stands below the form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "Username or email"
        self.fields["password"].help_text = ""
