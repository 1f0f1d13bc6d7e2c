"""What run.py says when it cannot go on: one sentence, and exit code 1."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import installation, quality, servers, stack


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AWARE_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        line.listen()
        yield line.getsockname()[1]


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "run.py", *arguments],
        cwd=servers.ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def test_help_lists_every_word() -> None:
    shown = run("--help").stdout

    for word in ("start", "setup", "test", "check", "fix", "bench", "docs", "reset"):
        assert f"\n  {word} " in shown


def test_an_unknown_word_is_refused() -> None:
    assert run("bananas").returncode == 2


def test_a_taken_port_is_said_in_a_sentence(
    taken_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORT", str(taken_port))
    monkeypatch.setattr(stack, "PORT_LIMIT", 0)

    with pytest.raises(servers.ServerError, match=f"Port {taken_port} is taken by another program"):
        stack._require_port()


@pytest.mark.parametrize("port", ["web", "0", "70000"])
def test_a_port_that_is_none_is_refused(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", port)

    with pytest.raises(servers.ServerError, match="give a number from 1 to 65535"):
        stack.port()


def test_a_second_start_names_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "8765")

    with stack._only_one():
        refused = run(PORT="8766")

    assert refused.returncode == 1
    assert refused.stderr.startswith(
        f"Aware already runs here, at http://localhost:8765/ (process {os.getpid()})"
    )


def test_missing_ensurepip_is_said_with_its_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installation, "PYTHON", tmp_path / "no-python")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)

    with pytest.raises(servers.ServerError, match="apt-get install python3-venv"):
        installation._make_environment()


def test_an_old_python_is_said_in_a_sentence() -> None:
    program = (
        "import sys; sys.version_info = (3, 9, 2); sys.argv = ['run.py'];"
        "exec(compile(open('run.py').read(), 'run.py', 'exec'))"
    )
    refused = subprocess.run(
        [sys.executable, "-c", program],
        cwd=servers.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert refused.returncode == 1
    assert refused.stderr.startswith("Aware needs Python 3.11 or later, and this is Python 3.9")


def test_packages_that_are_in_are_not_installed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []
    monkeypatch.setattr(installation, "STAMP", tmp_path / "installed")
    monkeypatch.setattr(installation, "_run", lambda command, failure: commands.append(command))

    installation.install("dev")
    installation.install("dev")
    installation.install("base")

    assert [command[-1].rsplit("/", 1)[1] for command in commands] == ["dev.txt"]


def test_reset_deletes_nothing_without_a_yes(own_home: Path) -> None:
    (own_home / "kept").touch()

    assert run("reset").returncode == 1
    assert (own_home / "kept").exists()
    assert run("reset", "--yes").returncode == 0
    assert not own_home.exists()


def test_stopping_says_what_may_take_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert "PostgreSQL writes its last records" in stack._farewell()

    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/aware")
    assert "PostgreSQL" not in stack._farewell()


def test_missing_chromium_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("PLAYWRIGHT_BROWSER_EXECUTABLE_PATH", raising=False)
    assert not quality._has_chromium()

    monkeypatch.setenv("PLAYWRIGHT_BROWSER_EXECUTABLE_PATH", "/some/browser")
    assert quality._has_chromium()


def test_command_on_an_empty_home_says_what_to_do(own_home):
    named = ("DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL")
    found = subprocess.run(
        [sys.executable, "manage.py", "board", "combat-acquisitive-crime", "--month", "2021-01"],
        cwd=servers.ROOT,
        env={name: value for name, value in os.environ.items() if name not in named},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 1
    assert "has no tables yet. Run `python3 run.py setup`" in found.stderr
    assert "Traceback" not in found.stderr
