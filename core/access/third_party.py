"""The policy of every URL whose view comes from a package and so cannot state its own."""

from django.urls import ResolverMatch

from core.access.permissions import Permission
from core.access.policy import AnyOf, Policy, Standing

BY_NAME: dict[str, Policy] = {
    "account_login": Standing.PUBLIC,
    "account_logout": Standing.PUBLIC,
    "account_inactive": Standing.PUBLIC,
    "account_reset_password": Standing.PUBLIC,
    "account_reset_password_done": Standing.PUBLIC,
    "account_reset_password_from_key": Standing.PUBLIC,
    "account_reset_password_from_key_done": Standing.PUBLIC,
    "account_reauthenticate": Standing.ENROLLING,
    "account_change_password": Standing.ENROLLING,
    # Accounts are made by administrators, addresses come with them, sign-in codes are not offered.
    "account_signup": Standing.NOBODY,
    "account_set_password": Standing.NOBODY,
    "account_email": Standing.NOBODY,
    "account_email_verification_sent": Standing.NOBODY,
    "account_confirm_email": Standing.NOBODY,
    "account_confirm_login_code": Standing.NOBODY,
    # The second step of signing in: the person is known to the session, not yet signed in.
    "mfa_authenticate": Standing.PUBLIC,
    "mfa_trust": Standing.NOBODY,
    "mfa_index": Standing.ENROLLING,
    "mfa_reauthenticate": Standing.ENROLLING,
    "mfa_activate_totp": Standing.ENROLLING,
    "mfa_deactivate_totp": Standing.ENROLLING,
    "mfa_list_webauthn": Standing.ENROLLING,
    "mfa_add_webauthn": Standing.ENROLLING,
    "mfa_edit_webauthn": Standing.ENROLLING,
    "mfa_remove_webauthn": Standing.ENROLLING,
    "mfa_reauthenticate_webauthn": Standing.ENROLLING,
    "mfa_login_webauthn": Standing.PUBLIC,
    # The force's own provider of identities. An account is found by its address, never made.
    "openid_connect_login": Standing.PUBLIC,
    "openid_connect_callback": Standing.PUBLIC,
    "socialaccount_login_cancelled": Standing.PUBLIC,
    "socialaccount_login_error": Standing.PUBLIC,
    "socialaccount_signup": Standing.NOBODY,
    "socialaccount_connections": Standing.NOBODY,
    "mfa_view_recovery_codes": Standing.ENROLLING,
    "mfa_generate_recovery_codes": Standing.ENROLLING,
    "mfa_download_recovery_codes": Standing.ENROLLING,
}

BY_NAMESPACE: dict[str, Policy] = {
    # Each kind of row then asks its own permission: core.access.admin_site.
    "admin": AnyOf(
        frozenset(
            [
                Permission.REFERENCE_CHANGE,
                Permission.BASELINE_CHANGE,
                Permission.ANNOTATION_CHANGE,
            ]
        )
    ),
}


def policy_of(match: ResolverMatch) -> Policy | None:
    if match.view_name in BY_NAME:
        return BY_NAME[match.view_name]
    return BY_NAMESPACE.get(match.namespaces[0]) if match.namespaces else None
