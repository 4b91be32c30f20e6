"""Django's settings of signing in: made from the paper's own, taken in by `tajuk.site.settings`.

The one place that says what is asked of a reader and how often something may be tried.
"""

from typing import Any

from tajuk.terms.paper import Paper

CODE_MINUTES = 10
"""So long a code that came by mail is good, for three tries."""
RECENTLY = 10 * 60
"""Seconds for which a reader who has just proved who they are isn't asked again."""
STAFF_HOURS = 12
"""After so long a colleague signs in again, whatever they did meanwhile."""
MOST_COUNTED = 5_000_000
"""A bound that no flood of tries reaches between two tidyings: beyond it counts would be dropped, and begin anew."""

APPS = [
    # Without "allauth" itself: every template and every word readers meet is ours, and a forgotten one fails loudly.
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.google",
]

CACHES: dict[str, dict[str, Any]] = {
    # What is counted has to be the same in every process, so the cache is a table. Nothing else of ours or of Wagtail's
    # asks it often: pictures have one of their own. It is written when somebody signs in, never when somebody reads.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_tally",
        "OPTIONS": {"MAX_ENTRIES": MOST_COUNTED},
    },
    "renditions": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

RATE_LIMITS = {
    # per client (an IPv6 network of 64 bits is one), per `key` (the address, the account) or per signed-in user
    "login": "60/m/ip",
    "login_failed": "10/5m/ip,10/5m/key,60/h/key",
    "signup": "20/m/ip,100/d/ip",
    "request_login_code": "20/m/ip,3/m/key,30/d/key",
    "confirm_email": "3/m/key,30/d/key",
    "reset_password": "20/m/ip,3/m/key,30/d/key",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "10/m/user",
    "manage_email": "10/m/user",
    "change_password": "5/m/user",
}
SECOND_FACTOR_RATE_LIMITS = {"login_failed": "10/5m/user", "webauthn_login": "60/m/ip"}


def sign_in_settings(paper: Paper) -> dict[str, Any]:
    """Everything django-allauth is told, and the cache in which it counts."""
    by_code = {"TIMEOUT": CODE_MINUTES * 60, "MAX_ATTEMPTS": 3}
    return {
        "CACHES": CACHES,
        "AUTHENTICATION_BACKENDS": ["allauth.account.auth_backends.AuthenticationBackend"],
        "SESSION_COOKIE_AGE": 30 * 24 * 3600,  # as long as a reader's passes are renewed
        "LOGIN_URL": "account_login",
        "LOGIN_REDIRECT_URL": "account_mine",
        "ALLAUTH_USER_CODE_FORMAT": {"numeric": True, "length": 8},
        "ACCOUNT_ADAPTER": "tajuk.accounts.adapter.HouseAdapter",
        "ACCOUNT_FORMS": {
            "login": "tajuk.accounts.forms.SignInForm",
            "signup": "tajuk.accounts.forms.SignUpForm",
            "set_password": "tajuk.accounts.forms.SetPasswordForm",
            "change_password": "tajuk.accounts.forms.ChangePasswordForm",
            "reset_password_from_key": "tajuk.accounts.forms.NewPasswordForm",
        },
        "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
        "ACCOUNT_USER_DISPLAY": "tajuk.accounts.adapter.display_name",
        "ACCOUNT_LOGIN_METHODS": {"email"},
        # No password at sign-up: nobody can prepare an account with theirs for an address that is somebody else's.
        "ACCOUNT_SIGNUP_FIELDS": ["email*"],
        "ACCOUNT_UNIQUE_EMAIL": True,
        "ACCOUNT_CHANGE_EMAIL": True,
        "ACCOUNT_PREVENT_ENUMERATION": True,
        "ACCOUNT_EMAIL_VERIFICATION": "mandatory",
        "ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED": True,
        "ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND": True,
        "ACCOUNT_LOGIN_BY_CODE_ENABLED": True,
        "ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND": True,
        "ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED": True,
        **{
            f"ACCOUNT_{flow}_BY_CODE_{name}": value
            for flow in ("EMAIL_VERIFICATION", "LOGIN", "PASSWORD_RESET")
            for name, value in by_code.items()
        },
        "ACCOUNT_LOGIN_TIMEOUT": CODE_MINUTES * 60,
        "ACCOUNT_LOGIN_ON_PASSWORD_RESET": True,
        "ACCOUNT_SESSION_REMEMBER": True,
        "ACCOUNT_EMAIL_NOTIFICATIONS": True,
        "ACCOUNT_REAUTHENTICATION_REQUIRED": True,
        "ACCOUNT_REAUTHENTICATION_TIMEOUT": RECENTLY,
        "ACCOUNT_RATE_LIMITS": RATE_LIMITS,
        "MFA_ADAPTER": "tajuk.accounts.second_factor.SecondFactorAdapter",
        "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        "MFA_TOTP_ISSUER": paper.name,
        "MFA_TOTP_TOLERANCE": 0,  # each code is good once: the mark of its use lasts as long as the code
        "MFA_RATE_LIMITS": SECOND_FACTOR_RATE_LIMITS,
        "SOCIALACCOUNT_ADAPTER": "tajuk.accounts.adapter.OutsideAdapter",
        "SOCIALACCOUNT_EMAIL_VERIFICATION": "mandatory",
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT": True,
        "SOCIALACCOUNT_STORE_TOKENS": False,
        "SOCIALACCOUNT_PROVIDERS": _providers(paper),
    }


def _providers(paper: Paper) -> dict[str, Any]:
    if not paper.google_client_id:
        return {}
    app = {"client_id": paper.google_client_id, "secret": paper.google_client_secret, "key": ""}
    return {
        "google": {
            "APPS": [app],
            "SCOPE": ["email", "profile"],
            "AUTH_PARAMS": {"access_type": "online", "prompt": "select_account"},
            "OAUTH_PKCE_ENABLED": True,
            # Who has an account with the address here is that reader, where Google can know: `OutsideAdapter`.
            "EMAIL_AUTHENTICATION": True,
        }
    }
