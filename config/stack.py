"""The whole of Aware on one machine: servers, web, workers, schedule. Standard library only.

Each part is a child in a session of its own, is started again when it dies, and is told to end when we end, whatever
the reason. Ctrl-C stops what was started here and nothing else.
"""

import contextlib
import ctypes
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from types import FrameType
from typing import IO

from config.servers import ROOT, ServerError, Servers, addresses, home, place

PYTHON = sys.executable
FIRST_PAGE_LIMIT = 120  # seconds
STOP_LIMIT = 15  # seconds, then it is killed
PORT_LIMIT = 8  # seconds: what a killed run.py left is ending
LOG_LIMIT = 20 * 2**20  # bytes
RESTART_PAUSE = 2  # seconds between two starts of a part
PR_SET_PDEATHSIG = 1
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def start(arguments: list[str]) -> int:
    if arguments:
        raise ServerError(
            f"“{' '.join(arguments)}” is not understood: see `python3 run.py --help`."
        )
    signal.signal(signal.SIGINT, _interrupt)  # a background job of a shell has it ignored
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGHUP, _interrupt)
    with _only_one():
        _require_port()
        servers = Servers()
        stack = Stack(servers)
        try:
            stack.run()
        except KeyboardInterrupt:
            print(f"\n{_farewell()}", flush=True)
        finally:
            stack.stop()
    return 0


def _farewell() -> str:
    if os.environ.get("DATABASE_URL"):
        return "Stopping ..."
    return "Stopping: PostgreSQL writes its last records (may take half a minute) ..."


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


@dataclass
class Part:
    """A child process that is kept running."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0

    def start(self, environment: Mapping[str, str]) -> None:
        self.started = time.monotonic()
        with log_of(self.name) as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_end_with_parent,  # noqa: PLW1509 - there are no threads here
            )

    @property
    def ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None


@dataclass
class Stack:
    servers: Servers
    parts: list[Part] = field(default_factory=list)
    demo: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        given = {name: value for name, value in addresses().items() if not os.environ.get(name)}
        self.environment = {
            **os.environ,
            **given,
            "AWARE_HOME": str(home()),
            "PYTHONUNBUFFERED": "1",
        }
        own_database = "DATABASE_URL" in given
        self.environment.setdefault("DEMO", "1" if own_database else "0")
        self.environment.setdefault("HTTPS", "0")  # the site is served here without a certificate
        self.has_demo = self.environment["DEMO"].lower() in {"1", "true", "yes"}

    def run(self) -> None:
        if self.servers.servers:
            _say(f"Starting {' and '.join(server.name for server in self.servers.servers)}")
        self.servers.start()
        self._prepare()
        _say("Starting the web server and the workers")
        for name, command in _commands().items():
            part = Part(name, command)
            part.start(self.environment)
            self.parts.append(part)
        self._wait_for_first_page()
        self._say_hello()
        self._watch()

    def _prepare(self) -> None:
        (home() / "files").mkdir(mode=0o700, exist_ok=True)
        collecting = self._collect_static()
        _say("Bringing the database up to date")
        self._manage("migrate", "--no-input", "--verbosity", "0")
        if collecting and collecting.wait():
            raise ServerError(
                f"The static files were not collected: see {home() / 'log/static.log'}."
            )
        if collecting:
            _static_stamp().write_text(_static_fingerprint())

    def _collect_static(self) -> subprocess.Popen[bytes] | None:
        stamp = _static_stamp()
        if stamp.exists() and stamp.read_text() == _static_fingerprint():
            return None
        command = [
            PYTHON,
            "manage.py",
            "collectstatic",
            "--no-input",
            "--clear",
            "--verbosity",
            "0",
        ]
        _say("Collecting static files")
        with log_of("static") as log:
            return subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)

    def _manage(self, *arguments: str) -> str:
        """What it printed; its errors go to the terminal."""
        done = subprocess.run(
            [PYTHON, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            check=False,
            stdout=subprocess.PIPE,
            text=True,
        )
        if done.returncode:
            print(done.stdout, end="", flush=True)
            raise ServerError(f"`manage.py {arguments[0]}` failed: its message is above.")
        return done.stdout

    def _wait_for_first_page(self) -> None:
        until = time.monotonic() + FIRST_PAGE_LIMIT
        while not _answers():
            if self.parts[0].ended or time.monotonic() > until:
                raise ServerError(f"The web server does not start: see {home() / 'log/web.log'}.")
            time.sleep(0.1)

    def _say_hello(self) -> None:
        accounts = self._manage("demo_accounts") if self.has_demo else ""
        print(f"\nAware runs at {address()}\n{accounts}", end="", flush=True)
        if accounts and host() not in LOOPBACK:
            print("Anybody who can reach this machine can sign in as one of these.")
        print(f"Logs are in {home() / 'log'}. Ctrl-C stops everything.\n", flush=True)
        if self.has_demo and not _demo_stamp().exists():
            print(
                "Loading the demonstration force; figures are complete once it is loaded.",
                flush=True,
            )
            self.demo = subprocess.Popen(
                [PYTHON, "manage.py", "load_demo"],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                preexec_fn=_end_with_parent,  # noqa: PLW1509 - there are no threads here
            )

    def _watch(self) -> None:
        while True:
            time.sleep(1)
            for name in self.servers.mend():
                print(f"{name} did not answer and was started again.", flush=True)
            for part in self.parts:
                if part.ended and time.monotonic() - part.started > RESTART_PAUSE:
                    print(f"{part.name} had ended and was started again.", flush=True)
                    part.start(self.environment)
            self._finish_demo()

    def _finish_demo(self) -> None:
        if self.demo is None or self.demo.poll() is None:
            return
        if self.demo.returncode == 0:
            _demo_stamp().touch()
            print("The demonstration force is loaded.", flush=True)
        else:
            print("The demonstration force was not loaded: its message is above.", flush=True)
        self.demo = None

    def stop(self) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        running = [part.process for part in self.parts if part.process]
        running += [self.demo] if self.demo else []
        for process in running:
            process.terminate()
        until = time.monotonic() + STOP_LIMIT
        for process in running:
            try:
                process.wait(max(until - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self.servers.stop()


def _commands() -> dict[str, list[str]]:
    celery = [PYTHON, "-m", "celery", "--app", "config", "--quiet"]
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    web = [PYTHON, "-m", "gunicorn", "config.wsgi", "--bind", f"{host()}:{port()}"]
    return {
        "web": [
            *web,
            "--workers",
            "2",
            "--threads",
            "4",
            "--timeout",
            "120",
            "--no-control-socket",
        ],
        # The figures have a worker of their own: a long import must not hold them up.
        "figures": [*celery, "worker", "-Q", "figures", "-c", "1", "-n", "figures@%h", *quiet],
        "work": [*celery, "worker", "-Q", "work", "-c", "2", "-n", "work@%h", *quiet],
        "schedule": [*celery, "beat", "--schedule", str(home() / "schedule"), "--pidfile="],
    }


def host() -> str:
    return os.environ.get("HOST") or "127.0.0.1"


def port() -> int:
    given = os.environ.get("PORT") or "8000"
    if not given.isdecimal() or not 0 < int(given) < 2**16:
        raise ServerError(f"PORT is “{given}”: give a number from 1 to 65535.")
    return int(given)


def address() -> str:
    return f"http://{'localhost' if host() in {'127.0.0.1', '0.0.0.0'} else host()}:{port()}/"  # noqa: S104 - compared


def _answers() -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port()}/healthz", timeout=5) as answer:
            return bool(answer.status == HTTPStatus.OK)
    except (urllib.error.URLError, OSError):
        return False


def _require_port() -> None:
    until = time.monotonic() + PORT_LIMIT
    while True:
        try:
            with socket.socket() as line:
                line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                line.bind((host(), port()))
                return
        except PermissionError:
            raise ServerError(
                f"Port {port()} is not allowed to this account: choose one above 1023, as in "
                "`PORT=8001 python3 run.py`."
            ) from None
        except OSError as error:
            if time.monotonic() > until:
                raise ServerError(
                    f"Port {port()} is taken by another program ({error.strerror}): choose another, as in "
                    f"`PORT={port() + 1} python3 run.py`."
                ) from None
        time.sleep(0.2)


@contextlib.contextmanager
def _only_one() -> Iterator[None]:
    """Hold AWARE_HOME for this run; the address in the lock file is for whoever comes second."""
    try:
        home().mkdir(mode=0o711, parents=True, exist_ok=True)
        handle = os.open(home() / "run.lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise ServerError(f"{home()} cannot be written: {error.strerror}.") from error
    with os.fdopen(handle, "r+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ServerError(
                f"Aware already runs here, {lock.read().strip()}: stop that one first, or set AWARE_HOME and "
                "PORT for a second one."
            ) from None
        lock.truncate(0)
        lock.write(f"at {address()} (process {os.getpid()})")
        lock.flush()
        yield


@contextlib.contextmanager
def log_of(name: str) -> Iterator[IO[bytes]]:
    folder = home() / "log"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.log"
    if file.exists() and file.stat().st_size > LOG_LIMIT:
        file.replace(file.with_suffix(".log.1"))
    with file.open("ab") as log:
        yield log


def _end_with_parent() -> None:
    """In the child: be told to stop when run.py dies, even by kill -9 (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _say(step: str) -> None:
    """A first start takes a minute or more: nobody should wonder what it does."""
    print(f"{step} ...", flush=True)


def _demo_stamp() -> Path:
    return home() / "demo.loaded"


def _static_stamp() -> Path:
    return home() / "static.collected"


def _static_fingerprint() -> str:
    """Of our own files, the built ones and the packages' lock file."""
    files = [path for path in sorted((ROOT / "static").rglob("*")) if path.is_file()]
    about = [f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files]
    lock = (ROOT / "requirements" / "base.txt").read_text()
    return sha256("\n".join([*about, lock]).encode()).hexdigest()


def reset(arguments: list[str]) -> int:
    where = place()
    with _only_one():
        question = f"Delete every record, figure and file in {where.home}? Write yes: "
        if "--yes" not in arguments and (not sys.stdin.isatty() or input(question) != "yes"):
            print("Nothing was deleted. `python3 run.py reset --yes` deletes without asking.")
            return 1
        servers = Servers({})
        servers.start()  # adopts what a killed process left, so that it can be stopped
        servers.stop()
        for folder in (where.data, where.sockets, where.home):
            shutil.rmtree(folder, ignore_errors=True)
    print("Deleted. `python3 run.py` begins anew.")
    return 0
