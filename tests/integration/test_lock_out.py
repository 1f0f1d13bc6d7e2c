"""Guesses at a password are counted over every process that serves pages."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as project
from django.core.cache import cache
from django.db import connection
from django.test import Client

from config import servers
from config.servers import ROOT
from tests.factories.users import UserFactory

GUESS = """
import sys, django
django.setup()
from django.test import Client
for _ in range(int(sys.argv[1])):
    said = {"login": "sam", "password": "a wrong guess"}
    print(Client(headers={"host": "localhost"}).post("/accounts/login/", said).status_code)
"""
PASSWORD = "correct horse battery"


def guesses(times: int) -> subprocess.Popen[str]:
    """A process of its own, with a connection and a cache client of its own."""
    place = connection.settings_dict["NAME"]
    database = servers.addresses()["DATABASE_URL"].replace("/aware?", f"/{place}?")
    environment = {
        **os.environ,
        **servers.addresses(),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": os.environ.get("DATABASE_URL", database).replace("/aware?", f"/{place}?"),
    }
    command = [sys.executable, "-c", GUESS, str(times)]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def signs_in(login: str) -> bool:
    browser = Client(
        headers={"host": "localhost"}
    )  # failures are counted for each name of the site
    browser.post("/accounts/login/", {"login": login, "password": PASSWORD})
    return browser.get("/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_guesses_in_several_processes_lock_the_account() -> None:
    cache.clear()
    for name in ("sam", "alex"):
        UserFactory.create(username=name, roles=["manager"])
    processes = [guesses(3), guesses(3)]
    told = [process.communicate(timeout=120) for process in processes]
    assert [process.returncode for process in processes] == [0, 0], told
    assert all(out.split() == ["200"] * 3 for out, _ in told)
    assert not signs_in("sam")
    assert signs_in("alex")
    assert project.CACHES["default"]["BACKEND"].endswith("RedisCache")
