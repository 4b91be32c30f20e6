"""The addresses of readers' accounts, in each edition: the engine's views and ours. Registered in `tajuk.site.surfaces`."""

from functools import wraps
from typing import Any

from allauth.account import views as engine
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as outside
from allauth.socialaccount.providers.google import views as google
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver, path
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tajuk.accounts.editions import in_each_edition
from tajuk.circulation import views
from tajuk.circulation.doors import Door, View, opened, see_other
from tajuk.circulation.enrolling import ending_the_others
from tajuk.circulation.types import Dressed

_SIGN_IN, _CONFIRM = _("Sign in"), _("Is it you?")
_Row = tuple[str, View, str, str | Promise]

_ENTRANCES: tuple[_Row, ...] = (
    ("sign-in", views.SignIn.as_view(), "account_login", _SIGN_IN),
    ("sign-up", engine.signup, "account_signup", _("Register")),
    ("verify", engine.email_verification_sent, "account_email_verification_sent", _("Confirm your address")),
    ("code", engine.request_login_code, "account_request_login_code", _("Sign in with a code")),
    ("code/enter", engine.confirm_login_code, "account_confirm_login_code", _("Enter your code")),
    ("closed", engine.account_inactive, "account_inactive", _("This account is closed")),
    ("recover", engine.password_reset, "account_reset_password", _("A new password")),
    ("recover/code", engine.confirm_password_reset_code, "account_confirm_password_reset_code", _("Enter your code")),
    ("recover/password", engine.complete_password_reset, "account_complete_password_reset", _("A new password")),
    ("recover/done", engine.password_reset_from_key_done, "account_password_reset_completed", _("A new password")),
    ("step", factors.authenticate, "mfa_authenticate", _("The second step")),
    ("passkey", views.PasskeySignIn.as_view(), "mfa_login_webauthn", _SIGN_IN),
)  # fmt: skip
"""On the way in."""

_GUARDED: tuple[_Row, ...] = (
    ("email", engine.email, "account_email", _("Your address")),
    ("password/set", engine.password_set, "account_set_password", _("Your password")),
    ("security/app", ending_the_others(totp.activate_totp), "mfa_activate_totp", _("Authenticator app")),
    ("security/app/remove", totp.deactivate_totp, "mfa_deactivate_totp", _("Authenticator app")),
    ("security/codes", recovery.view_recovery_codes, "mfa_view_recovery_codes", _("Recovery codes")),
    ("security/codes/new", recovery.generate_recovery_codes, "mfa_generate_recovery_codes", _("Recovery codes")),
    ("security/passkeys/add", ending_the_others(passkeys.add_webauthn), "mfa_add_webauthn", _("Add a passkey")),
    ("security/passkeys/<int:pk>/remove", passkeys.remove_webauthn, "mfa_remove_webauthn", _("Take a passkey away")),
    ("security/passkeys/<int:pk>/name", passkeys.edit_webauthn, "mfa_edit_webauthn", _("Name a passkey")),
    ("google", outside.connections, "socialaccount_connections", _("Sign-in with Google")),
    ("data", views.data, "account_data", _("My data")),
    ("delete", views.delete, "account_delete", _("Delete my account")),
)  # fmt: skip
"""Where who signed in long ago proves once more who they are."""

_OTHERS: tuple[_Row, ...] = (
    ("", views.account, "account_mine", _("My account")),
    ("name", views.name, "account_name", _("Your name")),
    ("topics", views.topics, "account_topics", ""),
    ("sign-ins", views.sign_ins, "account_sign_ins", _("Where you are signed in")),
    ("sign-out", views.sign_out, "account_sign_out", ""),
    ("sign-out-everywhere", views.sign_out_everywhere, "account_sign_out_everywhere", ""),
    ("password", engine.password_change, "account_change_password", _("Your password")),
    ("security", factors.index, "mfa_index", _("Second factor and passkeys")),
    ("security/passkeys", passkeys.list_webauthn, "mfa_list_webauthn", _("Passkeys")),
    ("confirm/password", engine.reauthenticate, "account_reauthenticate", _CONFIRM),
    ("confirm/step", factors.reauthenticate, "mfa_reauthenticate", _CONFIRM),
    ("confirm/passkey", passkeys.reauthenticate_webauthn, "mfa_reauthenticate_webauthn", _CONFIRM),
    ("confirm/code", views.confirm_by_code, "account_confirm_by_code", _CONFIRM),
)


def _signing_in_only(view: View) -> View:
    """Without `process`, by which the engine would tie Google to the account signed in here, unproved."""

    @wraps(view)
    def answer(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        for name in ("GET", "POST"):
            values = getattr(request, name).copy()
            values.pop("process", None)
            setattr(request, name, values)
        return view(request, **parts)

    return answer


_GOOGLE: tuple[_Row, ...] = (
    ("google/sign-in", _signing_in_only(google.oauth2_login), "google_login", _SIGN_IN),
    ("google/register", outside.signup, "socialaccount_signup", _("Register")),
    (
        "google/cancelled",
        outside.login_cancelled,
        "socialaccount_login_cancelled",
        _("Sign-in with Google"),
    ),
    ("google/error", outside.login_error, "socialaccount_login_error", _("Sign-in with Google")),
)


def _if_configured(view: View) -> View:
    """Leads to the sign-in where the paper has no Google."""

    @wraps(view)
    def answer(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        return (
            view(request, **parts)
            if settings.PAPER.google_client_id
            else see_other("account_login")
        )

    return answer


def patterns(*, dressed: Dressed) -> list[URLPattern | URLResolver]:
    """All of them, by the names the engine knows them by; `dressed` puts pages into the paper's dress."""
    rows = [
        *((each, Door(each[3], is_entrance=True)) for each in _ENTRANCES),
        *((each, Door(each[3], is_guarded=True)) for each in _GUARDED),
        *((each, Door(each[3])) for each in _OTHERS),
        *(
            ((place, _if_configured(view), name, title), Door(title, is_entrance=True))
            for place, view, name, title in _GOOGLE
        ),
    ]
    found = [
        path(f"account/{place}", opened(view, door, dressed=dressed), name=name)
        for (place, view, name, _title), door in rows
    ]
    # One address for both editions: it has to be registered at Google.
    back = opened(_if_configured(google.oauth2_callback), Door(_SIGN_IN), dressed=dressed)
    return [in_each_edition(found), path("account/google/back", back, name="google_callback")]
