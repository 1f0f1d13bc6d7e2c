"""Wrong passwords are counted for all processes together: two of them share one lock-out."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.cache import cache

pytestmark = pytest.mark.security
ROOT = Path(__file__).resolve().parents[2]
FAILURES = 5  # of one account in five minutes: then nobody is let in
# A process of its own fails to sign in so many times, and says how often it was let try.
PROCESS = """
import sys
import django
django.setup()
from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit
from django.test import RequestFactory
request = RequestFactory().post("/accounts/login/", REMOTE_ADDR="192.0.2.77")
tries = range(int(sys.argv[1]))
let = [bool(ratelimit.consume(request, app="account", action="login_failed", key="sam")) for _ in tries]
print(sum(let))
"""


def let_try(tries: int) -> int:
    command = [sys.executable, "-c", PROCESS, str(tries)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return int(done.stdout.split()[-1])


def test_two_processes_count_the_same_failures():
    cache.clear()
    assert [let_try(3), let_try(3), let_try(3)] == [3, FAILURES - 3, 0]
    cache.clear()
