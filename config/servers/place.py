"""Where the servers keep their data, as whom they run, and where their sockets are."""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAME = "aware"
LONGEST_SOCKET = "/.s.PGSQL.5432"
SOCKET_PATH_LIMIT = 107  # bytes, of the kernel


class ServerError(Exception):
    """One sentence for the person who ran the command."""


@dataclass(frozen=True)
class Place:
    home: Path  # AWARE_HOME
    data: Path  # of the servers; private to their account
    account: pwd.struct_passwd | None  # whom root turns into; PostgreSQL refuses root

    @property
    def sockets(self) -> Path:
        inside = self.data / "run"
        fits = len(os.fsencode(inside)) + len(LONGEST_SOCKET) <= SOCKET_PATH_LIMIT
        if fits and re.fullmatch(r"[\w/.-]+", str(inside), re.ASCII):
            return inside
        return Path("/tmp") / f"{NAME}-{digest(self.home)}"  # noqa: S108 - private, owner checked

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
    if not data.exists() and not _reachable_by_all(where):
        data = Path("/var/tmp") / f"{NAME}-{digest(where)}"  # noqa: S108 - outlives a restart; private
    # PostgreSQL looks its account up by name, so a bare number would not do.
    return Place(where, data, pwd.getpwnam("nobody"))


def prepare(where: Place) -> None:
    try:
        _make_home(where)
        for folder in (where.data, where.sockets):
            private_folder(folder, where.account)
        where.logs.mkdir(exist_ok=True)
    except PermissionError as error:
        raise ServerError(
            f"{error.filename} cannot be written by this account: "
            "set AWARE_HOME to a folder of its own."
        ) from error
    except OSError as error:
        raise ServerError(f"{error.filename} cannot be made: {error.strerror}.") from error
    if where.account and not _reachable_by_all(where.data.parent):
        raise ServerError(
            f"The servers run as '{where.account.pw_name}', which cannot enter {where.data.parent}: "
            f"allow that (chmod o+x on it and its parents), or remove {where.data} to begin anew."
        )


def _make_home(where: Place) -> None:
    if not where.home.exists():
        where.home.mkdir(parents=True)
        where.home.chmod(0o711 if where.account else 0o700)


def private_folder(folder: Path, account: pwd.struct_passwd | None) -> None:
    owner = account.pw_uid if account else os.geteuid()
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        os.chown(folder, owner, account.pw_gid if account else -1)
    found = folder.lstat()
    if found.st_uid != owner or folder.is_symlink():
        raise ServerError(
            f"{folder} belongs to another account: run as that account, "
            "or set AWARE_HOME to another folder."
        )
    folder.chmod(0o700)


def _reachable_by_all(folder: Path) -> bool:
    return all(part.stat().st_mode & 0o001 for part in (folder, *folder.parents) if part.exists())


def require_space(folder: Path, needed: int) -> None:
    """`needed` in bytes."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise ServerError(
            f"The disk that holds {folder} is full: {needed // 2**20} MB are needed, "
            f"{free // 2**20} MB are free."
        )


def package_folder(name: str) -> Path | None:
    """The folder of an installed package, without importing it."""
    found = importlib.util.find_spec(name)
    if found and found.submodule_search_locations:
        return Path(found.submodule_search_locations[0])
    return None


def can_run(program: Path, account: pwd.struct_passwd) -> bool:
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


def give(folder: Path, account: pwd.struct_passwd) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)


def version(program: Path) -> str:
    """Another one for every place and release of a program."""
    return digest(program / str(program.stat().st_mtime_ns))


def digest(path: Path) -> str:
    return hashlib.sha256(f"{os.geteuid()} {path}".encode()).hexdigest()[:12]


@contextlib.contextmanager
def locked(file: Path) -> Iterator[None]:
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
