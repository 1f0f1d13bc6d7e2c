"""Servers for the whole run, and who runs which tests."""

from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

from config import servers

SERVERS = pytest.StashKey[servers.Servers]()
DEMO = "tests/integration/demo"  # whose tests share a force that takes a minute to load

# A slow machine is not a wrong answer.
settings.register_profile("aware", deadline=None)
settings.load_profile("aware")


class Scheduling(LoadScopeScheduling):
    """One process takes the demonstration; any other test goes to whoever is free.

    A mark, xdist_group, would say so too, but xdist 3.8 does not find it in the tests of pytest 9.2.
    """

    def _split_scope(self, nodeid: str) -> str:
        return DEMO if nodeid.startswith(DEMO) else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Scheduling:
    return Scheduling(config, log)


def pytest_configure(config: pytest.Config) -> None:
    """The first process starts what is not running; the workers of xdist find it running."""
    if hasattr(config, "workerinput"):
        return
    running = servers.Servers()
    try:
        running.start()
    except servers.ServerError as error:
        pytest.exit(str(error), returncode=1)
    config.stash[SERVERS] = running


def pytest_unconfigure(config: pytest.Config) -> None:
    running = config.stash.get(SERVERS, None)
    if running is not None:
        running.stop()
