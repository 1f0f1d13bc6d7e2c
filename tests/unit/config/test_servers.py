import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import servers
from config.servers.place import ServerError, place, private_folder, require_space
from config.servers.postgres import Postgres
from config.servers.valkey import Valkey


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    home = tmp_path / "a home with spaces"
    monkeypatch.setenv("AWARE_HOME", str(home))
    for name in ("DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL"):
        monkeypatch.delenv(name, raising=False)
    yield home
    for folder in (place().data, place().sockets):
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def started(own_home: Path) -> Iterator[servers.Servers]:
    with servers.running() as running:
        yield running


def _processes(running: servers.Servers) -> list[int | None]:
    return [server.running_process() for server in running.kinds]


def test_servers_are_not_stopped_under_another_user(started: servers.Servers) -> None:
    before = _processes(started)

    with servers.running() as second:
        assert _processes(second) == before

    assert all(server.answers() for server in started.kinds)
    assert _processes(started) == before


def test_servers_stop_with_their_last_user(own_home: Path) -> None:
    with servers.running() as running:
        assert all(_processes(running))

    assert _processes(running) == [None, None]


def test_killed_servers_are_started_again(started: servers.Servers) -> None:
    for server, process in zip(started.kinds, _processes(started), strict=True):
        assert process
        os.kill(process, signal.SIGKILL)
        assert server.child
        server.child.wait()

    assert started.mend() == ["PostgreSQL", "Valkey"]
    assert all(server.answers() for server in started.kinds)


def test_servers_left_by_a_killed_process_are_adopted_and_stopped(own_home: Path) -> None:
    program = (
        "import os; from config import servers; s = servers.Servers(); s.start();"
        "print(*[k.running_process() for k in s.kinds], flush=True); os.kill(os.getpid(), 9)"
    )
    left = subprocess.run(
        [sys.executable, "-c", program], cwd=servers.ROOT, capture_output=True, check=False
    )

    with servers.running() as running:
        assert _processes(running) == [int(number) for number in left.stdout.split()]

    assert _processes(running) == [None, None]


def test_a_data_folder_marked_by_a_foreign_process_starts(own_home: Path) -> None:
    with servers.running() as running:
        mark = running.kinds[0].where.data / "postgres-18/postmaster.pid"
        lines = mark.read_text().split("\n", 1)[1]
    mark.write_text(f"{os.getppid()}\n{lines}")

    with servers.running() as running:
        assert running.kinds[0].answers()


def test_a_named_server_is_used_and_none_started(own_home: Path) -> None:
    given = servers.Servers({"DATABASE_URL": "x", "REDIS_URL": "y", "CELERY_BROKER_URL": "z"})
    given.start()

    assert given.servers == []
    assert not own_home.exists()


@pytest.mark.parametrize(("named", "started"), [("DATABASE_URL", Valkey), ("REDIS_URL", Postgres)])
def test_only_what_is_not_named_is_started(own_home: Path, named: str, started: type) -> None:
    environment = {"CELERY_BROKER_URL": "z", named: "x"}

    assert [type(server) for server in servers.Servers(environment).servers][:1] == [started]


def test_sockets_of_a_long_or_unusual_path_are_in_a_short_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("long" * 30, "with space"):
        monkeypatch.setenv("AWARE_HOME", str(tmp_path / name))
        assert len(os.fsencode(place().sockets)) < 60


def test_a_folder_of_another_account_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(ServerError, match="belongs to another account"):
        private_folder(tmp_path / "link", None)


def test_a_full_disk_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ServerError, match=r"The disk that holds .* is full: \d+ MB are needed"):
        require_space(tmp_path, 2**60)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("unix:///run/valkey.sock?db=1", "unix:///run/valkey.sock?db=5"),
        ("redis+socket:///a/b?virtual_host=0", "redis+socket:///a/b?virtual_host=5"),
        ("redis://:pass@host:6379/0", "redis://:pass@host:6379/5"),
        ("redis://host", "redis://host/5"),
    ],
)
def test_with_database_changes_only_the_number(url: str, expected: str) -> None:
    assert servers.with_database(url, 5) == expected
