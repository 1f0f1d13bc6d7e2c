"""1. A manager adds a passkey. 2. They sign out. 3. They sign in with the passkey alone, without a password."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import TYPED, SignIn

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
}


def test_passkey_is_added_and_signs_in(page: Page, sign_in: SignIn, assert_accessible) -> None:
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    user = sign_in(page, "manager")
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("Password").fill(TYPED)
    page.get_by_role("button", name="Confirm").click()
    assert_accessible(page)
    page.get_by_label("Name").fill("Laptop")
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_text("Security key added.")).to_be_visible()
    page.goto("/accounts/2fa/webauthn/")
    assert_accessible(page)
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(str(user))
