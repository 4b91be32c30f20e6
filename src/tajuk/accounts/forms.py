"""The engine's forms, where ours ask for less or say more."""

from typing import Any

from allauth.account.forms import ChangePasswordForm as EngineChangePasswordForm
from allauth.account.forms import LoginForm as EngineLoginForm
from allauth.account.forms import ResetPasswordKeyForm
from allauth.account.forms import SetPasswordForm as EngineSetPasswordForm
from allauth.account.forms import SignupForm as EngineSignupForm
from allauth.account.models import EmailAddress
from django import forms
from django.contrib.auth import get_user_model
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

from tajuk.accounts.editions import edition
from tajuk.accounts.models import User
from tajuk.accounts.session_life import limit
from tajuk.terms.clock import now

_SHORT_ENOUGH = MaxLengthValidator(128)  # longer ones would only cost us their hashing


class SignInForm(EngineLoginForm):
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """A password of any length that is worth hashing."""
        super().__init__(*args, **kwargs)
        self.fields["password"].validators.append(_SHORT_ENOUGH)

    def _setup_password_field(self) -> None:
        """Kept: the engine takes it out where sign-up asks for no password."""

    def add_prefix(self, field_name: str) -> str:
        """The address is sent as `email`, as on every other form."""
        return "email" if field_name == "login" else str(super().add_prefix(field_name))

    def clean(self) -> Any:
        """Whatever is wrong with what was typed, the answer is the same: nobody is told who has an account."""
        if self.errors:
            self._errors = forms.utils.ErrorDict()
            raise self._mismatch()
        return super().clean()

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Signed in, or at the second factor. The engine has set a life of its own here: ours is set again."""
        response: HttpResponse = super().login(request, redirect_url=redirect_url)
        if isinstance(request.user, User):
            limit(request, request.user, now=now())
        return response

    def _mismatch(self) -> forms.ValidationError:
        from allauth.account.adapter import get_adapter

        error: forms.ValidationError = get_adapter().validation_error("email_password_mismatch")
        return error


class SignUpForm(EngineSignupForm):
    """An address, and a name if the reader likes."""

    name = forms.CharField(max_length=150, required=False)

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """A new account; or, for an address nobody has proved yet, the same one again: the form was sent twice, or the
        reader lost the first mail. An address that is somebody's gets a letter, and the same answer.
        """
        try:
            with transaction.atomic():
                waiting = self._waiting() if self.account_already_exists else None
                if waiting is not None:
                    return self._again(waiting)
                answer: tuple[User | None, HttpResponse | None] = super().try_save(request)
                return answer
        except IntegrityError:  # the other of two sent at once was a moment earlier
            waiting = self._waiting()
            if waiting is None:
                raise
            return self._again(waiting)

    def custom_signup(self, request: HttpRequest, user: User) -> None:
        """Name and language."""
        super().custom_signup(request, user)
        user.name, user.language = self.cleaned_data["name"], edition().value
        user.save(update_fields=["name", "language"])

    def _again(self, waiting: User) -> tuple[User, None]:
        waiting.name = self.cleaned_data["name"] or waiting.name
        waiting.save(update_fields=["name"])
        return waiting, None

    def _waiting(self) -> User | None:
        """Who signed up with this address and has neither proved it nor ever signed in."""
        found = (
            get_user_model()
            .objects.filter(email=self.cleaned_data["email"], last_login__isnull=True)
            .first()
        )
        if found is None or found.has_usable_password():
            return None
        return None if EmailAddress.objects.filter(user=found, verified=True).exists() else found


class _Once:
    """A new password is typed once: browsers show it, and keep it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Without the second field."""
        super().__init__(*args, **kwargs)
        del self.fields["password2"]  # type: ignore[attr-defined]
        self.fields["password1"].validators.append(_SHORT_ENOUGH)  # type: ignore[attr-defined]


class SetPasswordForm(_Once, EngineSetPasswordForm):
    """A first password."""


class ChangePasswordForm(_Once, EngineChangePasswordForm):
    """The present password, and a new one."""


class NewPasswordForm(_Once, ResetPasswordKeyForm):
    """A new password after recovery."""
