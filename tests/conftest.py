"""Servers for the whole run."""

import pytest
from hypothesis import HealthCheck, settings

from config import servers

SERVERS = pytest.StashKey[servers.Servers]()

# A slow machine is not a wrong answer.
settings.register_profile("aware", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("aware")


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
