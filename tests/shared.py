"""Reference data beside the checkout. Nothing at run time reads it, and it may be absent."""

import os
from pathlib import Path

import pytest

from config.servers import ROOT

FOLDER = Path(os.environ.get("AWARE_SHARED") or ROOT.parent / "shared")


def shared(path: str) -> Path:
    """The file or folder; the test is skipped where it is not there."""
    found = FOLDER / path
    if not found.exists():
        pytest.skip(f"the reference data shared/{path} are not beside the checkout")
    return found
