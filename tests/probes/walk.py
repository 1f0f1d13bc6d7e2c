"""Everything that somebody of one role may send, with what nobody sends in each place of it."""

import json
import random
from collections.abc import Iterator
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

from tests.factories.users import UserFactory
from tests.integration.access_matrix import MATRIX
from tests.probes import openapi
from tests.probes.pages import Form, Forms
from tests.probes.probe import Probe
from tests.probes.records import fitting, records
from tests.probes.values import JSON, LONG, PATHS, TEXTS

BESIDE = ["page", "page_size", "sort", "month", "unit", "next", "format", "there-is-no-such"]
NOT_SENT = ("/accounts/", "/purpose/")  # these would end the session, or tie the next call to it
NO_JSON = ("", "{", "[]", "null", '"x"', "1e999", f'["{LONG}', '{"a": NaN}', '{"a": 1e400}')


def keys_of(role: str) -> list[str]:
    """Each address and method once, by whoever may do the most."""
    return [key for key, row in MATRIX.items() if row.allowed and fitting(key) == role]


class Walk:
    """`thorough` sends many values to every form; else a few, by chance."""

    def __init__(self, role: str, *, thorough: bool) -> None:
        self.user = UserFactory.create(roles=[role])
        self.probe = Probe(self.user)
        self.records = records(self.user)
        self.chance = random.Random(role)
        self.each = 3 if thorough else 1  # values for each field by itself
        self.some = 12 if thorough else 2  # for all fields at once
        self.thorough = thorough

    def address(self, key: str) -> None:
        name, _, method = key.partition(" ")
        path = reverse(name, kwargs=self.records[key])
        for bad in self._paths(name, self.records[key]):
            self._send(method or "GET", bad, {} if method else None)
        if name.startswith("api:"):
            self._api(path, method or "GET")
        elif not method:
            self._page(path)

    def _paths(self, name: str, kwargs: dict[str, Any]) -> Iterator[str]:
        """The address with each of its parts made nasty."""
        for part in kwargs:
            for value in PATHS if self.thorough else self.chance.sample(PATHS, 2):
                try:
                    yield reverse(name, kwargs={**kwargs, part: value})
                except NoReverseMatch:
                    continue

    def _page(self, path: str) -> None:
        answer = self.probe.send("get", path)
        is_html = answer is not None and "text/html" in answer.headers.get("Content-Type", "")
        forms = Forms.of(answer.text) if answer is not None and is_html else []
        self._query(path, [name for form in forms if form.method == "get" for name in form.names])
        for form in forms:
            action = form.action or path
            if form.method == "post" and not action.startswith(NOT_SENT):
                self._form(action, form)

    def _query(self, path: str, names: list[str]) -> None:
        for name in {*names, *BESIDE} if self.thorough else self.chance.sample(BESIDE, 2):
            for value in self._some(TEXTS):
                self.probe.send("get", f"{path}?{urlencode({name: value})}")
        for value in self.chance.sample(TEXTS, self.some) if names else ():
            self.probe.send("get", f"{path}?{urlencode(dict.fromkeys(names, value))}")

    def _form(self, action: str, form: Form) -> None:
        self.probe.send("post", action, form.payload)
        for value in self.chance.sample(TEXTS, self.some):
            self.probe.send("post", action, {name: [value] for name in form.names})
        if self.thorough and form.names:
            self.probe.send("post", action, form.payload | {self.chance.choice(form.names): [LONG]})
        for name in form.names:
            for value in self._some(TEXTS):
                self.probe.send("post", action, form.payload | {name: [value]})

    def _api(self, path: str, method: str) -> None:
        if method == "GET":
            self._query(path, openapi.query_of(path))
            return
        for raw in NO_JSON if self.thorough else self.chance.sample(NO_JSON, 2):
            self._send(method, path, raw)
        body = openapi.body_of(path, method)
        self._send(method, path, body)
        for part in body if isinstance(body, dict) else ():
            for value in JSON if self.thorough else self.chance.sample(JSON, 2):
                self._send(method, path, {**body, part: value})
            if self.thorough:
                self._send(method, path, {**body, part: LONG})

    def _send(self, method: str, path: str, body: Any) -> None:
        raw = body if isinstance(body, str) or body is None else json.dumps(body)
        more = {} if raw is None else {"content_type": "application/json"}
        self.probe.send(method.lower(), path, raw, **more)

    def _some(self, values: list[str]) -> list[str]:
        return self.chance.sample(values, self.each)
