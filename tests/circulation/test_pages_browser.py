"""Account pages in a browser: every width, light and dark, with a script and without, in both languages."""

import pytest
from playwright.sync_api import Browser

from tests.browser import Listener
from tests.live_desk import Desk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk")]
_ENGLISH = ("Sign in", "My account", "Password", "Email", "Save", "Topics", "until ", "You ")


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (768, "dark"), (1280, "light")])
def test_account_pages_fit_every_screen_and_break_no_policy(
    browser: Browser, live_desk: Desk, width: int, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    listener = Listener(page, live_desk.url)

    def looks_right() -> None:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        small = page.evaluate(
            "[...document.querySelectorAll('main button, main input:not([type=hidden]):not([type=checkbox]), main label:has(input)')]"
            ".filter((it) => it.getBoundingClientRect().height < 44).map((it) => it.outerHTML)"
        )
        assert small == []

    for path in ("sign-in?next=/en/latest", "sign-up", "code", "recover"):
        page.goto(f"{live_desk.url}/en/account/{path}")
        looks_right()
    page.goto(f"{live_desk.url}/account/sign-in")
    looks_right()
    text = page.inner_text("main")
    assert [word for word in _ENGLISH if word in text] == []
    page.fill("#id_email", live_desk.email)
    page.fill("#id_password", live_desk.password)
    page.click("main button[type=submit]")
    assert page.url == f"{live_desk.url}/account/"
    looks_right()
    text = page.inner_text("main")
    assert [word for word in _ENGLISH if word in text] == []
    page.goto(f"{live_desk.url}/en/account/")
    looks_right()
    for path in ("security", "sign-ins", "name", "password", "confirm/password", "confirm/code"):
        page.goto(f"{live_desk.url}/account/{path}")
        looks_right()
        text = page.inner_text("main")
        assert [word for word in _ENGLISH if word in text] == [], path
    listener.assert_silent()
    context.close()


def test_a_reader_without_a_script_signs_in_and_out(browser: Browser, live_desk: Desk) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_desk.url}/en/account/sign-in")
    page.fill("#id_email", live_desk.email)
    page.fill("#id_password", "not this one")
    page.keyboard.press("Enter")
    page.wait_for_selector("#wrong")
    assert "don’t belong together" in page.inner_text("#wrong")
    assert page.input_value("#id_email") == live_desk.email
    assert page.input_value("#id_password") == ""
    page.fill("#id_password", live_desk.password)
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/account/")
    names = {cookie["name"] for cookie in context.cookies()}
    assert "tajuk_pass" in names
    page.click("text=Sign out on this device")
    page.wait_for_url(f"{live_desk.url}/en/")
    assert "tajuk_pass" not in {cookie["name"] for cookie in context.cookies()}
    context.close()
