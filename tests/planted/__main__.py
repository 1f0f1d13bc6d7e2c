"""Plants each mistake in a copy of the project and runs its tests: caught, or missed.

`--only WORDS` for some; `--write` keeps the table in docs/reference/security-tests.md.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config import servers
from config.servers import ROOT
from tests.planted.defects import DEFECTS, Defect

PAGE = ROOT / "docs/reference/security-tests.md"
HEADING = "## Planted mistakes"
NOT_COPIED = shutil.ignore_patterns(
    ".git", ".venv", "var", "node_modules", "__pycache__", ".*_cache", "docs"
)


@contextmanager
def copied() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="aware-planted-") as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(ROOT, copy, ignore=NOT_COPIED, symlinks=True)
        yield copy


@contextmanager
def planted(defect: Defect, copy: Path) -> Iterator[None]:
    file = copy / defect.file
    text = file.read_text()
    if text.count(defect.before) != 1:
        raise SystemExit(
            f"{defect.file} holds “{defect.before}” {text.count(defect.before)} times."
        )
    file.write_text(text.replace(defect.before, defect.after))
    yield
    file.write_text(text)


def failure_of(copy: Path, tests: tuple[str, ...]) -> str:
    """Empty where they pass. In a database and with a cache of its own, beside those of other tests."""
    addresses = servers.addresses()
    database = addresses["DATABASE_URL"].replace("/aware?", "/planted?")
    environment = {
        **os.environ,
        **addresses,
        "DATABASE_URL": database,
        "AWARE_HOME": str(servers.home()),
        "PYTEST_XDIST_WORKER": "gw6",
        "LOG_LEVEL": "CRITICAL",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-m", "pytest", "--reuse-db", "-q", "-x", "-p", "no:cacheprovider"]
    command += ["-p", "no:xdist", "-p", "no:playwright", *tests]
    done = subprocess.run(
        command, cwd=copy, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode not in (0, 1):
        raise SystemExit(done.stdout[-2000:] + done.stderr[-2000:])
    return "" if done.returncode == 0 else done.stdout


def try_all(defects: list[Defect]) -> list[tuple[Defect, bool]]:
    found = []
    with copied() as copy:
        every = tuple(dict.fromkeys(test for defect in defects for test in defect.tests))
        if failure := failure_of(copy, every):
            raise SystemExit(
                f"{failure[-2000:]}\nThe tests fail without any mistake: mend that first."
            )
        for defect in defects:
            with planted(defect, copy):
                caught = bool(failure_of(copy, defect.tests))
            print(f"{'caught' if caught else 'MISSED'}: {defect.what}", flush=True)
            found.append((defect, caught))
    return found


def table(found: list[tuple[Defect, bool]]) -> str:
    caught = sum(is_caught for _, is_caught in found)
    lines = [
        f"{HEADING}\n",
        "Written by `python3 run.py security --write`: each mistake, of one line, is made in a copy, and the tests",
        f"named beside it are run. **{caught} of {len(found)} are caught.** The list is `tests/planted/defects.py`.\n",
        "| Mistake | In | Caught by | Caught |",
        "| --- | --- | --- | --- |",
    ]
    for defect, is_caught in found:
        tests = ", ".join(f"`{test.partition('[')[0]}`" for test in defect.tests)
        lines.append(
            f"| {defect.what} | `{defect.file}` | {tests} | {'yes' if is_caught else 'no'} |"
        )
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="")
    parser.add_argument("--write", action="store_true")
    said = parser.parse_args()
    found = try_all([defect for defect in DEFECTS if said.only in defect.what])
    print(f"\nplanted mistakes caught: {sum(caught for _, caught in found)} of {len(found)}")
    if said.write:
        before = PAGE.read_text().partition(HEADING)[0]
        PAGE.write_text(f"{before.rstrip()}\n\n{table(found)}")
    return 0 if all(caught for _, caught in found) else 1


if __name__ == "__main__":
    sys.exit(main())
