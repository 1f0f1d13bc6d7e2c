"""Query counts of pages: pinned by name, and flat as rows grow.

`tests/query_counts.json` holds them; `UPDATE_QUERY_COUNTS=1` writes it anew.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

COUNTS = Path(__file__).with_name("query_counts.json")


def queries_of(get: Callable[[], Any]) -> list[str]:
    with CaptureQueriesContext(connection) as found:
        response = get()
    assert response.status_code == 200, response
    return [query["sql"] for query in found.captured_queries]


def assert_queries(name: str, get: Callable[[], Any]) -> None:
    """As many as are written down under the name."""
    found = queries_of(get)
    counts = json.loads(COUNTS.read_text())
    if os.environ.get("UPDATE_QUERY_COUNTS"):
        counts[name] = len(found)
        COUNTS.write_text(json.dumps(counts, indent=2, sort_keys=True) + "\n")
    assert len(found) == counts.get(name), "\n".join([f"{len(found)} queries:", *found])


def assert_flat(get: Callable[[], Any], add_row: Callable[[], Any], *, rows: int = 20) -> None:
    """As many queries with twenty rows as with one."""
    add_row()
    one = queries_of(get)
    for _ in range(rows - 1):
        add_row()
    many = queries_of(get)
    assert len(many) == len(one), "\n".join([f"{len(one)} became {len(many)}:", *many])
