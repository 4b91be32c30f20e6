"""Nothing an editor has typed is lost: the connection goes, the sign-in goes, the browser is closed."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.live_desk import Desk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk")]

KEPT = "Object.keys(localStorage).filter(key => key.startsWith('tajuk-unsent:')).length"


@pytest.fixture
def context(browser: Browser, live_desk: Desk) -> Iterator[BrowserContext]:
    """A browser of somebody who reads the desk in English and is signed in."""
    with browser.new_context(locale="en-GB") as made:
        sign_in(made.new_page(), live_desk)
        yield made


def sign_in(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.url}/desk/login/")
    page.fill("[name=username]", desk.email)
    page.fill("[name=password]", desk.password)
    page.click("button[type=submit]")
    page.wait_for_url("**/desk/")


def open_first_story(page: Page, desk: Desk) -> str:
    """Opens one that has a body and waits until its form has settled; returns its address."""
    page.goto(f"{desk.url}/desk/stories/")
    page.locator("a[href*='/stories/edit/']", has_text="tiba lagi").first.click()
    page.wait_for_url("**/stories/edit/**")
    page.locator("[contenteditable=true]").first.wait_for()
    page.wait_for_timeout(
        3000
    )  # Wagtail takes the form's first state two seconds after it has loaded
    return page.url


def wait_until_kept(page: Page, count: int, *, seconds: int = 30) -> None:
    """Asks from outside: the desk's policy lets no text be run as a script, so the page can't ask itself."""
    for _ in range(seconds * 4):
        if page.evaluate(KEPT) == count:
            return
        page.wait_for_timeout(250)
    pytest.fail(f"{page.evaluate(KEPT)} texts are kept, not {count}")


def write(page: Page, headline: str, words: str) -> None:
    page.fill("[name=headline]", headline)
    page.locator("[contenteditable=true]").first.click()
    page.keyboard.press("End")
    page.keyboard.type(words)


def test_what_was_typed_without_a_connection_is_offered_back_in_headline_and_body(
    context: BrowserContext, live_desk: Desk
) -> None:
    page = context.pages[0]
    address = open_first_story(page, live_desk)
    context.set_offline(True)
    write(page, "Ombak setinggi atap", " Kata di tengah badai.")
    expect(page.get_by_role("alert")).to_be_visible(timeout=20_000)
    page.wait_for_timeout(1200)  # what is typed is written down within a second
    page.close(run_before_unload=False)
    context.set_offline(False)

    page = context.new_page()
    page.goto(f"{live_desk.url}/desk/")
    expect(page.get_by_role("link", name="Ombak setinggi atap")).to_be_visible()
    page.goto(address)
    page.get_by_role("button").filter(has_text="Kembalikan").or_(
        page.get_by_role("button", name="Bring back")
    ).click()
    expect(page.locator("[name=headline]")).to_have_value("Ombak setinggi atap")
    expect(page.locator("[contenteditable=true]").first).to_contain_text("Kata di tengah badai.")
    # The draft saves itself, and only then does the browser forget.
    wait_until_kept(page, 0)
    page.goto(address)
    expect(page.locator("[name=headline]")).to_have_value("Ombak setinggi atap")


def test_after_signing_in_again_elsewhere_the_open_form_is_sent_by_itself(
    context: BrowserContext, live_desk: Desk
) -> None:
    page = context.pages[0]
    address = open_first_story(page, live_desk)
    context.clear_cookies(name="sessionid")
    write(page, "Masuk lagi di tab lain", " Tetap di sini.")
    expect(page.get_by_role("alert")).to_be_visible(timeout=20_000)
    other = context.new_page()
    sign_in(other, live_desk)
    other.close()
    expect(page.get_by_role("alert")).to_be_hidden(timeout=20_000)
    wait_until_kept(page, 0)
    page.goto(address)
    expect(page.locator("[name=headline]")).to_have_value("Masuk lagi di tab lain")


def test_what_is_put_away_can_be_taken_out_again_and_a_saved_form_leaves_nothing(
    context: BrowserContext, live_desk: Desk
) -> None:
    page = context.pages[0]
    page.goto(f"{live_desk.url}/desk/snippets/newsroom/topic/add/")
    page.wait_for_timeout(4000)
    page.fill("[name=name]", "Mercusuar")
    wait_until_kept(page, 1)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{live_desk.url}/desk/")
    page.goto(f"{live_desk.url}/desk/snippets/newsroom/topic/add/")
    notice = page.locator(".newsroom-unsent")
    expect(notice).to_be_visible(timeout=10_000)
    notice.locator("button").nth(1).click()
    assert page.evaluate(KEPT) == 0
    notice.locator("button").click()  # undo
    assert page.evaluate(KEPT) == 1
    notice.locator("button").first.click()
    expect(page.locator("[name=name]")).to_have_value("Mercusuar")
    page.fill("[name=slug]", "mercusuar")
    page.locator("footer button[type=submit], footer [name=action-save]").first.click()
    page.wait_for_url("**/newsroom/topic/")
    wait_until_kept(page, 0)
