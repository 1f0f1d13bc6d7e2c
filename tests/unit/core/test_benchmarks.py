from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from core.benchmarks import Ratio
from core.management.commands import bench


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    def import_of_crimes(rows: int) -> Iterator[Ratio]:
        yield Ratio(f"import of {rows}", "2 s", "raw COPY 1 s", 0.5, at_least=0.6)

    monkeypatch.setattr(bench, "every_benchmark", lambda: [import_of_crimes])


@pytest.mark.parametrize(
    ("ratio", "goal", "met"),
    [
        (Ratio("a", "", "", 0.4, at_least=0.4), "at least 0.4", True),
        (Ratio("a", "", "", 0.39, at_least=0.4), "at least 0.4", False),
        (Ratio("a", "", "", 8, at_most=8), "at most 8", True),
        (Ratio("a", "", "", 8.1, at_most=8), "at most 8", False),
        (Ratio("a", "", "", 8.1), "none", True),
    ],
)
def test_a_ratio_knows_whether_its_goal_is_met(ratio: Ratio, goal: str, met: bool) -> None:
    assert (ratio.goal, ratio.met) == (goal, met)


@pytest.mark.usefixtures("slow")
def test_bench_prints_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("bench", rows=5)

    assert capsys.readouterr().out.strip().splitlines() == [
        "| What | Measured | Limit | Ratio | Goal | Met |",
        "| --- | --- | --- | --- | --- | --- |",
        "| import of 5 | 2 s | raw COPY 1 s | 0.5 | at least 0.6 | no |",
    ]


@pytest.mark.usefixtures("slow")
def test_bench_fails_over_a_missed_goal_only_when_strict() -> None:
    call_command("bench")

    with pytest.raises(CommandError, match="A goal was not met"):
        call_command("bench", strict=True)


@pytest.mark.usefixtures("slow")
def test_bench_keeps_its_table_when_told_to(tmp_path: Path, settings: Settings) -> None:
    settings.BASE_DIR = tmp_path
    report = tmp_path / "docs/reference/performance.md"
    report.parent.mkdir(parents=True)

    call_command("bench", rows=5, write=True)

    assert "| import of 5 |" in report.read_text()


@pytest.mark.usefixtures("slow")
def test_bench_keeps_lines_of_other_sizes(tmp_path: Path, settings: Settings) -> None:
    settings.BASE_DIR = tmp_path
    report = tmp_path / "docs/reference/performance.md"
    report.parent.mkdir(parents=True)

    for rows in (5, 7, 5):
        call_command("bench", rows=rows, write=True)

    lines = [line for line in report.read_text().splitlines() if line.startswith("| import")]
    assert [line.split(" | ")[0] for line in lines] == ["| import of 5", "| import of 7"]
