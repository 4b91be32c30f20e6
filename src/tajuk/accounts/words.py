"""What accounts say to readers: the engine's errors and notes in our words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_NOT_TOGETHER = _("That address and password don’t belong together. Look at both and try again.")
_TOO_MANY = _("Too many tries. Wait five minutes, then try again.")
_WRONG_CODE = _("That code isn’t right. Look at the newest mail, or ask for another code.")

ERRORS: dict[str, Promise] = {
    "account_inactive": _("This account is closed. Write to us if that is a mistake."),
    "duplicate_email": _("This is your address already."),
    "email_password_mismatch": _NOT_TOGETHER,
    "email_taken": _(
        "This address belongs to another account. Sign in with it, or choose another."
    ),
    "enter_current_password": _("That isn’t your present password."),
    "incorrect_code": _WRONG_CODE,
    "incorrect_password": _("That isn’t your password."),
    "invalid_login": _NOT_TOGETHER,
    "rate_limited": _TOO_MANY,
    "same_as_current": _("This is your address already."),
    "too_many_login_attempts": _TOO_MANY,
    "unverified_primary_email": _("Prove first that your address is yours."),
}
"""By the engine's codes. Codes of what we don't offer (user names, telephones) are the engine's own."""

SECOND_FACTOR_ERRORS: dict[str, Promise] = {
    "cannot_delete_authenticator": _(
        "The desk asks for a second factor: add another before you take this one away."
    ),
    "cannot_generate_recovery_codes": _("Recovery codes need a second factor: add one first."),
    "incorrect_code": _("That code isn’t right. Wait for the next one and try again."),
    "unverified_email": _("Prove first that your address is yours."),
    "rate_limited": _TOO_MANY,
}

OUTSIDE_ERRORS: dict[str, Promise] = {
    "email_taken": _("There is an account with this address already. Sign in to it first."),
    "no_password": _("Set a password first, or keep Google: else you couldn’t sign in any more."),
    "no_verified_email": _("Prove first that your address is yours."),
    "disconnect_last": _(
        "Set a password first, or keep Google: else you couldn’t sign in any more."
    ),
    "connected_other": _("That Google account belongs to another reader."),
    "invalid_token": _("Google’s answer couldn’t be used. Please try again."),
}

NOTES: dict[str, Promise] = {
    "account/messages/email_confirmed.txt": _("Your address is confirmed."),
    "account/messages/email_confirmation_failed.txt": _("This address belongs to another account."),
    "account/messages/password_changed.txt": _(
        "Your password is changed. Every other device is signed out."
    ),
    "account/messages/password_set.txt": _(
        "Your password is set. Every other device is signed out."
    ),
    "mfa/messages/totp_activated.txt": _("The authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": _("The authenticator app is taken away."),
    "mfa/messages/webauthn_added.txt": _("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is taken away."),
    "mfa/messages/recovery_codes_generated.txt": _(
        "Here are your recovery codes. Keep them where only you look."
    ),
    "socialaccount/messages/account_connected.txt": _("Google is connected."),
    "socialaccount/messages/account_connected_other.txt": _(
        "That Google account belongs to another reader."
    ),
    "socialaccount/messages/account_disconnected.txt": _("Google is no longer connected."),
}
"""By the engine's templates. What isn't here is not said: that you signed in, a reader sees."""
