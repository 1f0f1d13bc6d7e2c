import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.servers import ROOT

SHOW = """
import json
from config import settings
names = {names!r}
print(json.dumps({{name: getattr(settings, name) for name in names}}))
"""


def settings_with(home: Path, *names: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Settings are read once in a process, so every case has one of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", SHOW.format(names=list(names))],
        cwd=ROOT,
        env={**kept, "AWARE_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_a_word_from_the_environment_everything_is_strict(tmp_path: Path) -> None:
    names = ("DEBUG", "DEMO", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE")

    shown = json.loads(settings_with(tmp_path, *names, "REQUIRE_SECOND_FACTOR").stdout)

    assert shown == {
        "DEBUG": False,
        "DEMO": False,
        "SECURE_SSL_REDIRECT": True,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "REQUIRE_SECOND_FACTOR": True,
    }


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("DEBUG", "perhaps", "DEBUG is “perhaps”: write true or false."),
        (
            "SESSION_IDLE_MINUTES",
            "an hour",
            "SESSION_IDLE_MINUTES is “an hour”: write a whole number.",
        ),
        (
            "OIDC_ISSUER",
            "http://login.example",
            "OIDC_ISSUER is “http://login.example”: write an address with https://.",
        ),
    ],
)
def test_a_value_that_cannot_be_read_is_said_in_a_sentence(
    tmp_path: Path, name: str, value: str, sentence: str
) -> None:
    refused = settings_with(tmp_path, name, **{name: value})

    assert refused.returncode == 1
    assert refused.stderr.strip().endswith(sentence)


def test_the_secret_key_is_kept_and_private(tmp_path: Path) -> None:
    first = settings_with(tmp_path, "SECRET_KEY").stdout
    second = settings_with(tmp_path, "SECRET_KEY").stdout

    assert first == second
    assert len(json.loads(first)["SECRET_KEY"]) > 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_secret_key_that_cannot_be_kept_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    refused = settings_with(tmp_path / "file", "SECRET_KEY")

    assert "SECRET_KEY is not set, and none can be kept in" in refused.stderr


def test_a_socket_in_the_database_url_survives_our_options(tmp_path: Path) -> None:
    url = "postgresql://aware@/aware?host=%2Frun%2Fa%20socket"

    shown = json.loads(settings_with(tmp_path, "DATABASES", DATABASE_URL=url).stdout)

    assert shown["DATABASES"]["default"]["OPTIONS"] == {
        "host": "/run/a socket",
        "application_name": "aware",
    }
