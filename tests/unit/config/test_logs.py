import pytest
import structlog

from config.logs import leave_out_noise


@pytest.mark.parametrize(
    "event",
    [
        {"event": "request_started", "request": "GET /"},
        {"event": "request_finished", "request": "GET /healthz", "code": 200},
    ],
)
def test_beginnings_and_good_health_are_left_out(event: dict[str, object]) -> None:
    with pytest.raises(structlog.DropEvent):
        leave_out_noise(None, "info", event)


def test_a_failed_health_check_is_logged() -> None:
    event = {"event": "request_finished", "request": "GET /readyz", "code": 503}

    assert leave_out_noise(None, "info", event) == event
