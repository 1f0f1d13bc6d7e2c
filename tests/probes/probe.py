"""Sends what nobody sends, undoes what it did, and keeps what went wrong."""

import json
import traceback
from collections import Counter
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from core.models import User

LARGEST = 2 * 2**20  # bytes of an answer, beside what it repeats of what was sent
BROKEN = 500


class Probe:
    def __init__(self, user: User) -> None:
        self.user = user
        self.browser = Client()
        self.browser.force_login(user)
        self.faults: Counter[str] = Counter()
        self.answers: Counter[int] = Counter()

    def send(self, method: str, path: str, data: Any = None, **more: Any) -> HttpResponse | None:
        """The answer; None where there was none."""
        try:
            with transaction.atomic():
                answer: HttpResponse = getattr(self.browser, method)(path, data, **more)
                transaction.set_rollback(True)
        except Exception as error:  # whatever it is, a person would see a 500
            self._note(method, path, data, _where(error))
            return None
        self.answers[answer.status_code] += 1
        if answer.headers.get("Location", "").startswith("/accounts/login/"):
            self.browser.force_login(self.user)
        if answer.status_code >= BROKEN:
            self._note(method, path, data, str(answer.status_code))
        elif not answer.streaming and len(answer.content) > LARGEST + 4 * _size(path, data):
            self._note(method, path, data, f"answers {len(answer.content)} bytes")
        return answer

    def _note(self, method: str, path: str, data: Any, what: str) -> None:
        self.faults[f"{method} {path[:200]} {str(data)[:300]!a}\n    {what}"] += 1


def _size(path: str, data: Any) -> int:
    return len(path) + len(data if isinstance(data, str) else json.dumps(data, default=str))


def _where(error: Exception) -> str:
    """The last line of ours before it fell."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [
        frame for frame in frames if ".venv" not in frame.filename and "tests" not in frame.filename
    ]
    at = f"{ours[-1].filename.rpartition('/security/')[2]}:{ours[-1].lineno}" if ours else "outside"
    return f"{type(error).__name__}: {str(error)[:160]!a} at {at}"
