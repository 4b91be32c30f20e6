"""The desk's own sign-in screen: Wagtail's, behind which the engine counts tries and asks for the second factor."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from wagtail.admin.forms.auth import LoginForm
from wagtail.admin.views.account import LoginView


class DeskSignInForm(LoginForm):
    """Address and password; too many failures are refused."""

    def clean(self) -> dict[str, Any]:
        """Checked by the engine, which counts."""
        given: dict[str, Any] = self.cleaned_data
        if {"username", "password"} <= given.keys():
            found = get_adapter(self.request).authenticate(
                self.request, email=given["username"], password=given["password"]
            )
            if found is None:
                raise self.get_invalid_login_error()
            self.user_cache = found
        return given


class DeskSignIn(LoginView):
    """Signs in, through whatever steps the account asks for, and goes on to the desk."""

    def get_form_class(self) -> type[forms.Form]:
        """Ours."""
        return DeskSignInForm

    def form_valid(self, form: DeskSignInForm) -> HttpResponse:
        """On to the desk, or to the second factor first."""
        user = form.get_user()
        login = Login(user=user, email=user.email, redirect_url=self.get_success_url())
        response: HttpResponse = perform_password_login(self.request, {"email": user.email}, login)
        return response


def recover(_request: HttpRequest) -> HttpResponseBase:
    """A forgotten password is recovered as readers do it, by a code."""
    return HttpResponseRedirect(reverse("account_reset_password"))
