import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db
URL = "/codes/"


def test_codes_are_listed_with_their_days(sign_in):
    shown = sign_in("manager").get(URL).text
    for code in ("28E", "18", "fenland", "act-north", "force"):
        assert f"<code>{code}</code>" in shown
    assert "1 Apr 2017" in shown


def test_import_page_says_how_a_column_is_written_and_where_its_codes_are(sign_in):
    shown = sign_in("analyst").get(reverse("core:import-new")).text
    assert "Home Office class, such as <code>28E</code>" in shown
    assert f'href="{URL}#offence-code"' in shown
    assert 'id="offence-code"' in sign_in("analyst").get(URL).text
