"""The mistakes of tests/planted can still be made: each stands on a line that is there, and on tests that are."""

import pytest

from config.servers import ROOT
from tests.planted.defects import DEFECTS, Defect


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.what)
def test_mistake_can_be_made_in_one_place(defect: Defect) -> None:
    assert (ROOT / defect.file).read_text().count(defect.before) == 1
    for test in defect.tests:
        file, _, name = test.partition("::")
        assert f"def {name.partition('[')[0]}" in (ROOT / file).read_text()


def test_there_are_enough_mistakes() -> None:
    assert len(DEFECTS) >= 20
