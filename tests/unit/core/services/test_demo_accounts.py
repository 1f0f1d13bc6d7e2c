import pytest
from django.core.management import CommandError, call_command

from core.access.roles import ROLES
from core.models import User
from core.services.demo_accounts import PASSWORD

pytestmark = pytest.mark.django_db


def test_demo_accounts_are_one_a_role(settings, capsys) -> None:
    settings.DEMO = True
    call_command("demo_accounts")
    call_command("demo_accounts")
    roles = {user.username: user.role_slugs for user in User.objects.all()}
    for second in ("administrator", "act-supervisor"):  # who decides on what the first asks for
        assert roles.pop(f"{second}-2") == {second}
    assert roles == {role.slug: {role.slug} for role in ROLES}
    assert User.objects.get(username="manager").check_password(PASSWORD)
    said = capsys.readouterr().out
    assert PASSWORD in said
    assert "approves what the first one asks for" in said  # or two accounts would look alike


def test_demo_accounts_are_refused_outside_a_demo(settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="where DEMO is set"):
        call_command("demo_accounts")
    assert not User.objects.exists()


def test_create_account_prints_a_sign_in_link(capsys) -> None:
    call_command("create_account", "ada", name="Ada", role=["administrator"])
    assert User.objects.get().role_slugs == {"administrator"}
    assert "/accounts/password/reset/key/" in capsys.readouterr().out
