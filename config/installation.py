"""The virtual environment, the locked packages, and the design systems of the pages. Standard library only."""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from config.servers import ROOT, ServerError

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed"
NO_NPM = 3  # exit code of frontend/build.py
LOCK = ROOT / ".venv.lock"


def ensure() -> None:
    """Install what the lock files name, then go on as the environment's own Python."""
    if Path(sys.prefix) != VENV:
        with _alone():
            _make_environment()
            install("base")
            _build_pages()
        os.execv(PYTHON, [str(PYTHON), str(ROOT / "run.py"), *sys.argv[1:]])
    install("base")
    _build_pages()


def only(arguments: list[str]) -> int:
    print("Everything is installed. Start it with: python3 run.py")
    return 0


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Two set-ups at once would write over each other."""
    try:
        lock = os.open(LOCK, os.O_RDWR | os.O_CREAT)
    except OSError as error:
        raise ServerError(f"{ROOT} cannot be written: {error.strerror}.") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _make_environment() -> None:
    if _works(PYTHON):
        return
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise ServerError(
            "This Python cannot make virtual environments: install its venv package "
            "(Debian and Ubuntu: apt-get install python3-venv) and run this again."
        )
    print("Making the virtual environment ...", flush=True)
    _run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)], "The virtual environment was not made"
    )


def _works(python: Path) -> bool:
    if not python.exists():
        return False
    done = subprocess.run([python, "-c", "import pip"], capture_output=True, check=False)
    return done.returncode == 0


def install(lock: str) -> None:
    """Bring in `requirements/<lock>.txt`, unless it is in. The lock "dev" holds all of "base"."""
    wanted = _fingerprint(lock)
    done = set(STAMP.read_text().split()) if STAMP.exists() else set()
    if wanted in done:
        return
    print(
        f"Installing packages ({lock}); the first time takes half a minute, longer on a slow machine ...",
        flush=True,
    )
    requirements = ROOT / "requirements" / f"{lock}.txt"
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _run(
        [*pip, "--no-input", "--require-hashes", "-r", str(requirements)],
        "The packages were not installed",
    )
    stamps = {wanted} if lock == "base" else done | {wanted, _fingerprint("base")}
    STAMP.write_text("\n".join(sorted(stamps)))


def _fingerprint(lock: str) -> str:
    content = (ROOT / "requirements" / f"{lock}.txt").read_bytes()
    about = (VENV / "pyvenv.cfg").read_bytes()  # its Python
    return f"{lock}-{hashlib.sha256(content + about).hexdigest()}"


def _build_pages() -> None:
    """The design systems, from npm. Where the machine has none, Node comes as a Python package."""
    build = [str(PYTHON), str(ROOT / "frontend" / "build.py")]
    code = subprocess.run(build, check=False, stderr=subprocess.DEVNULL).returncode
    if code == NO_NPM:
        install("node")
    if code:
        _run(build, "The pages' design systems were not built")


def _run(command: list[str], failure: str) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip() or "no message").splitlines()
        errors = [line for line in said if "error" in line.lower()] or said
        raise ServerError(f"{failure}: {errors[-1].strip()}")
