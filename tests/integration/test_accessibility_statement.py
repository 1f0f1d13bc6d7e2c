from django.test import Client

from tests.factories.users import UserFactory


def test_statement_is_one_click_from_every_page(client: Client, db: None, settings) -> None:
    assert 'href="/accessibility/"' in client.get("/accounts/login/").text
    client.force_login(UserFactory.create(roles=["manager"]))
    assert 'href="/accessibility/"' in client.get("/").text
    assert 'href="/accessibility/"' in client.get("/there-is-no-such/").text


def test_statement_says_how_far_it_complies_and_whom_to_write_to(client: Client, settings) -> None:
    settings.CONTACT = "aware@force.example"
    page = client.get("/accessibility/").text
    for words in ("partially compliant", "2.2 AA", "EHRC", "aware@force.example"):
        assert words in page
