"""The shape of the code: short files and functions, one way in for every write."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from config.servers import ROOT

APPS = ("config", "core", "offenders", "operations", "performance")
LONGEST_FILE = 400  # lines
LONGEST_FUNCTION = 60  # lines
WRITES = {
    "save",
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
}
NO_WRITES_IN = {"views", "api", "forms", "tasks", "filters", "tables", "selectors", "policies"}


def sources(*folders: str) -> Iterator[tuple[Path, str]]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(ROOT), path.read_text()


def functions(text: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_files_are_short() -> None:
    lengths = {str(path): text.count("\n") for path, text in sources(*APPS, "tests")}

    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_functions_are_short() -> None:
    lengths = {
        f"{path}: {function.name}": (function.end_lineno or 0) - function.lineno + 1
        for path, text in sources(*APPS, "tests")
        for function in functions(text)
    }

    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}


def test_only_services_write() -> None:
    found = [
        f"{path}:{node.lineno}: {node.func.attr}"
        for path, text in sources(*APPS)
        if NO_WRITES_IN & {part.removesuffix(".py") for part in path.parts}
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in WRITES and _is_of_records(node.func.value)
    ]

    assert found == []


def _is_of_records(target: ast.expr) -> bool:
    """`.objects.`, a queryset's or an instance's method; not `dict.update` or `form.save`."""
    text = ast.unparse(target)
    return ".objects" in text or text in {"self.object", "instance", "serializer", "form"}


def test_services_know_no_request() -> None:
    found = [
        f"{path}: {function.name}"
        for path, text in sources(*APPS)
        if "services" in path.parts or "services.py" in path.parts
        for function in functions(text)
        if any(
            argument.arg == "request"
            for argument in [*function.args.args, *function.args.kwonlyargs]
        )
    ]

    assert found == []


def test_no_file_is_a_drawer_for_everything() -> None:
    drawers = {"utils.py", "helpers.py", "misc.py", "common.py"}

    assert [str(path) for path, _ in sources(*APPS, "tests") if path.name in drawers] == []


def test_nothing_is_left_for_later() -> None:
    mark = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")

    assert [str(path) for path, text in sources(*APPS, "tests") if mark.search(text)] == []


def test_suppressions_name_their_rule() -> None:
    bare = re.compile(r"# (?:noqa|type: ignore)(?![:\[])")

    assert [str(path) for path, text in sources(*APPS, "tests") if bare.search(text)] == []
