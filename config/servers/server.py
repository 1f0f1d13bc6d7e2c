"""One server process: started in the foreground as our child, or adopted from a killed one."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path

from config.servers.place import Place, ServerError, require_space

START_LIMIT = 300  # seconds: a recovery after a crash may be long
GIVE_UP_AFTER = 15  # seconds of a server that ends as soon as it starts
STOP_LIMIT = 60  # seconds
SPACE_TO_START = 64 * 2**20  # bytes


class Server(ABC):
    name: str
    stop_signals: tuple[signal.Signals, ...]

    def __init__(self, where: Place) -> None:
        self.where = where
        self.child: subprocess.Popen[bytes] | None = None

    @abstractmethod
    def command(self) -> list[str]: ...

    @abstractmethod
    def answers(self) -> bool:
        """Over a connection of its own: a process that is there may still be a zombie."""

    @abstractmethod
    def running_process(self) -> int | None: ...

    @property
    def log(self) -> Path:
        return self.where.logs / f"{self.name.lower()}.log"

    def start(self) -> None:
        """Start it and wait for its first answer; an older one that is still ending is waited for."""
        began = time.monotonic()
        while not self.answers():
            waited = time.monotonic() - began
            if self.child is not None and self.child.poll() is not None:
                self.child = None
                if waited > GIVE_UP_AFTER:
                    raise ServerError(self._why_not())
                time.sleep(0.3)
            if waited > START_LIMIT:
                raise ServerError(self._why_not())
            if self.child is None and self.running_process() is None:
                self.child = self._spawn()
            time.sleep(0.03)

    def stop(self) -> None:
        child = self.child if self.child and self.child.poll() is None else None
        process = child.pid if child else self.running_process()
        for how in self.stop_signals if process else ():
            with contextlib.suppress(ProcessLookupError):
                os.kill(process or 0, how)
            if self._ended(process or 0):
                break
        self.child = None

    def _spawn(self) -> subprocess.Popen[bytes]:
        account = self.where.account
        with self.log.open("ab") as log:
            return subprocess.Popen(
                self.command(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Ctrl-C at the terminal is for its users, who stop it in order.
                start_new_session=True,
                cwd=self.where.data,
                env=plain_environment(self.where),
                umask=0o077,
                user=account.pw_uid if account else None,
                group=account.pw_gid if account else None,
                extra_groups=[] if account else None,
            )

    def _ended(self, process: int) -> bool:
        until = time.monotonic() + STOP_LIMIT
        while time.monotonic() < until:
            if self.child is not None and self.child.pid == process:
                ended = self.child.poll() is not None  # reaps it
            else:
                ended = not lives(process)
            if ended:
                return True
            time.sleep(0.02)
        return False

    def _why_not(self) -> str:
        require_space(self.where.data, SPACE_TO_START)
        said = self.log.read_text(errors="replace").strip() if self.log.exists() else ""
        reason = said.splitlines()[-1] if said else "it said nothing"
        return f"{self.name} does not start: {reason} (the whole log: {self.log})"


def plain_environment(where: Place) -> dict[str, str]:
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC", "HOME": str(where.data)}


def lives(process: int, name: str = "") -> bool:
    """Whether the process is there and no zombie, and its program's name holds `name`."""
    try:
        about = Path(f"/proc/{process}/stat").read_text()
    except FileNotFoundError:
        return not Path("/proc/self/stat").exists() and _lives_by_ps(process, name)
    except ProcessLookupError:  # it ended while it was read
        return False
    program, state = about[about.index("(") + 1 :].rsplit(") ", 1)
    return not state.startswith(("Z", "X")) and name in program


def _lives_by_ps(process: int, name: str) -> bool:
    """For systems without /proc."""
    command = ["ps", "-o", "stat=,comm=", "-p", str(process)]
    shown = subprocess.run(command, capture_output=True, check=False, text=True).stdout.strip()
    return bool(shown) and not shown.startswith("Z") and name in shown


@contextlib.contextmanager
def connected(path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(5)
        line.connect(str(path))
        yield line
