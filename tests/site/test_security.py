"""What Django's answers say to the browser."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from wagtail.admin.widgets import (
    AdminDateInput,
    AdminDateTimeInput,
    AdminPageChooser,
    AdminTimeInput,
    BaseChooser,
)
from wagtail.admin.widgets.workflows import AdminTaskChooser
from wagtail.images.widgets import AdminImageChooser

from tajuk.edge.house_headers import STRICT_POLICY
from tajuk.site.inline_scripts import begin
from tajuk.site.security import (
    DESK_POLICY,
    FRAMED_DESK_POLICY,
    PREVIEW_POLICY,
    SecureResponses,
)


def answered(path: str, response: HttpResponse, **of_request: object) -> HttpResponse:
    request = RequestFactory().get(path)
    vars(request).update(of_request)
    after = SecureResponses(lambda _: response)(request)
    assert isinstance(after, HttpResponse)
    return after


@pytest.mark.parametrize("policy", [DESK_POLICY, FRAMED_DESK_POLICY, PREVIEW_POLICY, STRICT_POLICY])
def test_no_policy_lets_an_inline_script_or_eval_run(policy: str) -> None:
    directives = dict(each.strip().split(" ", 1) for each in policy.split(";"))
    assert directives["script-src"] == "'self'"
    assert directives["default-src"] == "'none'"
    assert directives["base-uri"] == "'none'"
    assert not {"script-src-elem", "script-src-attr"} & set(directives)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/desk/", "/desk/login/", "/desk/password_reset/", "/desk/nowhere/", "/desk/sprite/"]
)
def test_every_answer_of_the_desk_is_protected_and_kept_by_nobody(path: str) -> None:
    response = Client().get(path)
    assert response["Content-Security-Policy"] == DESK_POLICY
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


@pytest.mark.django_db
def test_a_refused_form_is_protected_too() -> None:
    response = Client(enforce_csrf_checks=True).post("/desk/login/", {"username": "x"})
    assert response.status_code == 403
    assert response["Content-Security-Policy"] == DESK_POLICY


@pytest.mark.django_db
def test_what_is_not_the_desk_carries_the_readers_policy() -> None:
    response = Client().get("/tidak/ada/halaman/ini")
    assert response["Content-Security-Policy"] == STRICT_POLICY
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"


def test_a_view_keeps_the_policy_it_has_set() -> None:
    own = HttpResponse(headers={"Content-Security-Policy": "default-src 'none'"})
    assert answered("/desk/documents/1/", own)["Content-Security-Policy"] == "default-src 'none'"


def test_only_previews_may_be_framed_and_only_by_the_desk() -> None:
    preview = HttpResponse(headers={"Content-Security-Policy": STRICT_POLICY})
    inner = answered("/", preview, is_preview=True)
    inner["X-Frame-Options"] = "SAMEORIGIN"
    outer = answered("/desk/stories/preview/1/", inner)
    assert outer["Content-Security-Policy"] == PREVIEW_POLICY
    assert "frame-ancestors 'self'" in PREVIEW_POLICY
    assert outer["Cache-Control"] == "private, no-store"
    refused = HttpResponse(headers={"X-Frame-Options": "SAMEORIGIN"})
    said = answered("/desk/stories/preview/1/", refused)["Content-Security-Policy"]
    assert said == FRAMED_DESK_POLICY


class Pickers(forms.Form):
    """One of each field that Wagtail begins with a script."""

    on = forms.DateField(widget=AdminDateInput)
    at = forms.TimeField(widget=AdminTimeInput)
    moment = forms.DateTimeField(widget=AdminDateTimeInput)


def test_date_pickers_say_as_data_what_wagtail_says_as_a_script() -> None:
    html = str(Pickers())
    for name, element in (
        ("initDateChooser", "id_on"), ("initTimeChooser", "id_at"), ("initDateTimeChooser", "id_moment"),
    ):  # fmt: skip
        assert f'data-begin="{name}" data-begin-id="{element}"' in html
    assert html.count("<script") == html.count('<script type="application/json">') == 3


@pytest.mark.django_db
@pytest.mark.parametrize("chooser", [AdminImageChooser, AdminPageChooser, AdminTaskChooser])
def test_choosers_say_as_data_what_wagtail_says_as_a_script(chooser: type[BaseChooser]) -> None:
    html = chooser().render("chosen", None, {"id": "id_chosen"})
    assert f'data-begin="{chooser.js_constructor}" data-begin-id="id_chosen"' in html
    assert html.count("<script") == html.count('<script type="application/json">') == 1


@pytest.mark.django_db
def test_a_chooser_that_writes_its_own_script_is_refused_with_the_remedy() -> None:
    class Stubborn(AdminImageChooser):
        def render_js_init(self, *_: object) -> str:
            return "alert(1)"

    with pytest.raises(TypeError, match="js_constructor"):
        Stubborn().render("chosen", None, {"id": "id_chosen"})


def test_nothing_in_the_options_ends_the_data_early() -> None:
    html = begin(
        "ImageChooser", {"label": "</script><script>alert(1)</script>\"'"}, element_id='"x'
    )
    assert html.count("<script") == html.count("</script>") == 1
    assert 'data-begin-id="&quot;x"' in html


@pytest.mark.parametrize("password", ["pendek", "1234567890123", "password123", "redaktur@nusa"])
def test_a_weak_password_is_refused(password: str) -> None:
    user = get_user_model()(email="redaktur@nusa.example", name="Redaktur")
    with pytest.raises(ValidationError):
        validate_password(password, user)


def test_one_session_cookie_is_for_the_server_alone() -> None:
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == settings.CSRF_COOKIE_SAMESITE == "Lax"


def test_django_s_own_deployment_check_finds_nothing_in_a_paper_on_https(tmp_path: Path) -> None:
    (tmp_path / "newspaper.toml").write_text(
        'name = "Harian Uji"\naddress = "https://harian.example"\n'
        'secret_key = "3N7wTz-qk9_Lm2RvXc8BhYpJ5sDfGaUe1oKi4tQxWn6MlCyZ0VrPjHbEgS"\n'
    )
    environ = {
        **os.environ, "TAJUK_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tajuk.site.settings",
    }  # fmt: skip
    outcome = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "INFO"],
        env=environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert outcome.returncode == 0, outcome.stderr
    assert "no issues" in outcome.stdout


def test_the_request_of_the_newsstand_is_https_where_the_reader_s_was(rf: RequestFactory) -> None:
    request: HttpRequest = rf.get("/desk/", HTTP_X_FORWARDED_PROTO="https")
    assert request.is_secure()
