"""Tests, checks and measurements, as people and CI run them. Standard library only."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from config.installation import install
from config.servers import ROOT, running

PYTHON = sys.executable
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
NO_CHROMIUM = (
    "Left out: the browser tests, for no Chromium is on this machine. To run them: apt-get install chromium "
    "(Debian), or name a browser of its kind in PLAYWRIGHT_BROWSER_EXECUTABLE_PATH."
)
PRODUCTION = {"DEMO": "0", "DEBUG": "0", "HTTPS": "1", "ALLOWED_HOSTS": "aware.example"}


def test(arguments: list[str]) -> int:
    install("dev")
    command = [
        PYTHON,
        "-m",
        "pytest",
        *(arguments or ["-n", str(_processes()), "--durations", "25"]),
    ]
    with running():
        code = subprocess.run(command, cwd=ROOT, check=False).returncode
    if not _has_chromium():
        print(NO_CHROMIUM)
    return code


def security(arguments: list[str]) -> int:
    """The long part: what takes minutes and prints a figure for docs/reference/security-tests.md.

    `--write` keeps the result of the planted mistakes there; other arguments go to pytest alone.
    """
    install("dev")
    planted = [PYTHON, "-m", "tests.planted", *(word for word in arguments if word == "--write")]
    chosen = [word for word in arguments if word != "--write"]
    command = [
        PYTHON,
        "-m",
        "pytest",
        "-m",
        "security",
        "-s",
        "-q",
        *(chosen or ["tests/security"]),
    ]
    quiet = os.environ | {"LOG_LEVEL": "CRITICAL"}  # the figures alone
    with running():
        steps = [command] if chosen else [command, planted]
        codes = [
            subprocess.run(step, cwd=ROOT, env=quiet, check=False).returncode for step in steps
        ]
    return max(codes)


def _has_chromium() -> bool:
    named = os.environ.get("PLAYWRIGHT_BROWSER_EXECUTABLE_PATH")
    return bool(named or any(map(shutil.which, CHROMIUM)))


def _processes() -> int:
    return max(2, min(os.cpu_count() or 2, 6))


def check(arguments: list[str]) -> int:
    install("dev")
    with running():
        failed = [name for name, command in _checks().items() if not _passes(name, command)]
    print(f"\nNot in order: {', '.join(failed)}." if failed else "\nEverything is in order.")
    return 1 if failed else 0


def _checks() -> dict[str, list[str]]:
    manage = [PYTHON, "manage.py"]
    return {
        "format": [_tool("ruff"), "format", "--check", "."],
        "lint": [_tool("ruff"), "check", "."],
        "types": [_tool("mypy"), "."],
        "imports": [_tool("lint-imports")],
        "templates": [_tool("djade"), "--check", "--target-version", "5.2", *_templates()],
        "migrations": [*manage, "makemigrations", "--check", "--dry-run"],
        "deployment": [*manage, "check", "--deploy", "--fail-level", "WARNING"],
        "documents": [*manage, "docs", "--check"],
    }


def _passes(name: str, command: list[str]) -> bool:
    print(f"--- {name}", flush=True)
    environment = os.environ | (PRODUCTION if name == "deployment" else {})
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0


def fix(arguments: list[str]) -> int:
    install("dev")
    subprocess.run([_tool("ruff"), "check", "--fix", "--quiet", "."], cwd=ROOT, check=False)
    subprocess.run([_tool("ruff"), "format", "--quiet", "."], cwd=ROOT, check=False)
    djade = [_tool("djade"), "--target-version", "5.2", *_templates()]
    subprocess.run(djade, cwd=ROOT, check=False)
    return 0


def bench(arguments: list[str]) -> int:
    install("dev")
    return _manage("bench", *arguments)


def docs(arguments: list[str]) -> int:
    return _manage("docs", *arguments)


def _manage(*arguments: str) -> int:
    command = [PYTHON, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def _tool(name: str) -> str:
    return str(Path(PYTHON).parent / name)


def _templates() -> list[str]:
    return [str(path) for path in sorted((ROOT / "templates").rglob("*.html"))]
