"""The settings as production has them: a process of its own, for settings are read once."""

import json
import os
import subprocess
import sys
from pathlib import Path

from config.quality import PRODUCTION
from config.servers import ROOT
from tests.unit.config.test_settings import settings_with


def test_deployment_check_has_nothing_to_say(tmp_path: Path) -> None:
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    environment = {**kept, **PRODUCTION, "AWARE_HOME": str(tmp_path)}
    servers = {
        "DATABASE_URL": "postgresql://nobody@127.0.0.1/none",
        "REDIS_URL": "redis://127.0.0.1/0",
    }
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    checked = subprocess.run(
        command,
        cwd=ROOT,
        env={**environment, **servers, "CELERY_BROKER_URL": "redis://127.0.0.1/1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout


def test_cookies_belong_to_this_host_alone(tmp_path: Path) -> None:
    names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SECURE_HSTS_SECONDS", "MESSAGE_STORAGE")
    shown = json.loads(settings_with(tmp_path, *names, **PRODUCTION).stdout)
    assert shown == {
        "SESSION_COOKIE_NAME": "__Host-sessionid",
        "CSRF_COOKIE_NAME": "__Host-csrftoken",
        "SECURE_HSTS_SECONDS": 365 * 24 * 3600,
        "MESSAGE_STORAGE": "django.contrib.messages.storage.session.SessionStorage",
    }
