import pytest
import yaml
from django.core.management import call_command

pytestmark = pytest.mark.django_db


def test_schema_is_made_without_a_warning(tmp_path):
    file = tmp_path / "schema.yaml"
    call_command("spectacular", file=str(file), fail_on_warn=True, validate=True)
    paths = yaml.safe_load(file.read_text())["paths"]
    assert "/api/v1/boards/{slug}/" in paths


def test_schema_names_the_columns_of_a_board(sign_in):
    text = sign_in("machine").get("/api/v1/schema/").content.decode()
    assert "performance_v_benchmark" in text


def test_docs_hold_no_inline_script_or_style(sign_in):
    text = sign_in("analyst").get("/api/v1/docs/").text
    assert "<style" not in text
    assert "<script>" not in text
    assert (
        "style-src 'self'"
        in sign_in("analyst").get("/api/v1/docs/").headers["Content-Security-Policy"]
    )


def test_docs_are_for_those_signed_in(client):
    assert client.get("/api/v1/docs/").status_code == 401
