"""One walk through an account in a real browser: register, app, passkey, sign-ins, leave. A passkey is Chromium's own."""

import re
import time
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, Page

from tests.browser import Listener
from tests.live_desk import Desk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk")]
READER = "sari@uji.example"


def code_for(desk: Desk, *, after: float) -> str:
    """The code in the mail that was sent after this moment."""
    for _ in range(100):
        for mail in Path(desk.folder / "var" / "mail").glob("*"):
            found = re.findall(r"^\d{4}-\d{4}$", mail.read_text(encoding="utf-8"), re.MULTILINE)
            if mail.stat().st_mtime >= after and found:
                return str(found[-1])
        time.sleep(0.05)
    raise AssertionError("no code was mailed")


def with_passkeys(page: Page) -> Any:
    """Gives the page an authenticator that always finds its reader (WebAuthn's automation, over CDP)."""
    protocol = page.context.new_cdp_session(page)
    protocol.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    protocol.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return protocol


def test_a_reader_registers_guards_the_account_and_leaves(  # noqa: PLR0915  one walk, told in order
    browser: Browser, live_desk: Desk
) -> None:
    url = live_desk.url.replace(
        "127.0.0.1", "localhost"
    )  # passkeys are of a name, never of an address
    context = browser.new_context()
    page = context.new_page()
    with_passkeys(page)
    listener = Listener(page, url)

    def press(word: str) -> None:
        page.click(f"main >> text='{word}'")

    began = time.time()
    page.goto(f"{url}/en/account/sign-up?next=/en/latest%23main")
    page.fill("#id_email", READER)
    page.keyboard.press("Enter")
    page.fill("#id_code", code_for(live_desk, after=began))
    page.keyboard.press("Enter")
    page.wait_for_url(f"{url}/en/latest#main")
    assert "tajuk_pass" in {each["name"] for each in context.cookies()}

    page.goto(f"{url}/en/account/security")
    press("Set it up")
    secret = page.inner_text("main code")
    page.fill("#id_code", format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    page.keyboard.press("Enter")
    page.wait_for_url(f"{url}/en/account/security/codes")
    recovery = page.locator("main .codes code").all_inner_texts()
    assert len(recovery) == 10

    page.goto(f"{url}/en/account/security/passkeys/add")
    page.fill("#id_name", "My laptop")
    page.click("form[data-passkey] button")
    page.wait_for_url(f"{url}/en/account/security")
    assert "My laptop" in page.inner_text("main")

    phone = browser.new_context(
        java_script_enabled=False
    )  # another device, which can do without a script
    there = phone.new_page()
    began = time.time()
    there.goto(f"{url}/en/account/code")
    there.fill("#id_email", READER)
    there.keyboard.press("Enter")
    there.fill("#id_code", code_for(live_desk, after=began))
    there.keyboard.press("Enter")
    there.fill("#id_code", recovery[0])
    there.keyboard.press("Enter")
    there.wait_for_url(f"{url}/en/account/")

    page.goto(f"{url}/en/account/sign-ins")
    assert page.locator("main .lines li").count() == 2
    press("Sign out everywhere")
    page.wait_for_url(f"{url}/en/")
    there.goto(f"{url}/en/account/")
    assert there.url == f"{url}/en/account/sign-in"
    phone.close()

    page.goto(f"{url}/en/account/sign-in")
    page.click("form[data-passkey] button")
    page.wait_for_url(f"{url}/en/account/")
    page.goto(f"{url}/en/account/delete")
    if "/confirm/" in page.url:
        press("With a passkey")
        page.click("form[data-passkey] button")
        page.wait_for_url(f"{url}/en/account/delete")
    page.check("[name=sure]")
    page.click("main button[type=submit]")
    page.wait_for_url(f"{url}/en/")
    page.goto(f"{url}/en/account/sign-in")
    page.click("form[data-passkey] button")
    page.wait_for_selector("main .wrong[role=status]")  # the passkey is of nobody any more
    listener.assert_silent()
    context.close()
