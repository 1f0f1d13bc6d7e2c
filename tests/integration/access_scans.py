"""Addresses of actions and of the daily scan."""

from tests.integration.access_rows import OFFICERS, ONE, WORKERS, Row

OF_SCANS: dict[str, Row] = {
    "operations:action-list": Row(WORKERS),
    "operations:action-new": Row(WORKERS),
    "operations:action-detail": Row(WORKERS, 404, ONE),
    "operations:action-step": Row(WORKERS, 404, {**ONE, "step": "accept"}),
    "operations:action-of": Row(OFFICERS, 404, ONE),
    "operations:scan-list": Row(OFFICERS),
    "operations:scan-new": Row(OFFICERS),
    "operations:scan-detail": Row(OFFICERS, 404, ONE),
    "operations:scan-summary": Row(OFFICERS, 404, ONE),
    "operations:scan-finish": Row(OFFICERS, 404, ONE),
    "operations:scan-row-mark POST": Row(OFFICERS, 404, {**ONE, "position": 1}),
    "operations:scan-row-link": Row(OFFICERS, 404, {**ONE, "position": 1}),
    "operations:scan-row-action": Row(OFFICERS, 404, {**ONE, "position": 1}),
    "api:scan-list": Row(OFFICERS),
    "api:scan-list POST": Row(OFFICERS, 400),
    "api:scan-detail": Row(OFFICERS, 404, ONE),
    "api:scan-finish POST": Row(OFFICERS, 404, ONE),
    "api:scan-row-step POST": Row(OFFICERS, 404, {**ONE, "position": 1, "step": "mark"}),
    "api:action-list": Row(WORKERS),
    "api:action-list POST": Row(WORKERS, 400),
    "api:action-detail": Row(WORKERS, 404, ONE),
    "api:action-step POST": Row(WORKERS, 404, {**ONE, "step": "accept"}),
}
