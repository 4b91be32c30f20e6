"""An editor walks one story from the empty form to its withdrawal, and looks at it as a reader on the way."""

import os
import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import Desktop
from tests.live_desk import Desk
from tests.walk.conftest import Demo

pytestmark = [
    pytest.mark.browser,
    pytest.mark.processes,
    pytest.mark.xdist_group("demo"),
]

HEADLINE = "Perahu merah pulang membawa dua ton kembung"
CORRECTED = "Perahu merah pulang membawa tiga ton kembung"
NOTE = "Versi sebelumnya menyebut dua ton; timbangan mencatat tiga."
REASON = "Narasumber ternyata tidak pernah ada."


def write(page: Page) -> None:
    """Fills the form as a reporter does: section, headline, byline, picture, two paragraphs."""
    page.select_option("[name=section]", label="Maritim")
    page.fill("[name=headline]", HEADLINE)
    page.fill("[name=standfirst]", "Tangkapan terbesar musim ini tiba sebelum fajar.")
    page.fill("[name=dateline]", "Tanjung Layar")
    page.click("#id_lead_picture-chooser [data-chooser-action-choose]:visible")
    page.click("#tab-label-upload")
    photograph = BytesIO()
    Image.frombytes("RGB", (1600, 1067), os.urandom(1600 * 1067 * 3)).save(
        photograph, "JPEG", quality=30
    )
    page.set_input_files(
        "[name=image-chooser-upload-file]",
        {"name": "perahu.jpg", "mimeType": "image/jpeg", "buffer": photograph.getvalue()},
    )
    # Wagtail fills the title in from the file's name, a moment later: not over what is typed here.
    expect(page.locator("[name=image-chooser-upload-title]")).to_have_value("perahu")
    page.fill("[name=image-chooser-upload-title]", "Perahu merah")
    page.fill("[name=image-chooser-upload-description]", "Sebuah perahu merah di dermaga")
    page.click("[data-chooser-modal-creation-form] [type=submit]")
    page.locator(".modal-dialog").wait_for(state="detached")
    for text in ("Perahu itu merapat pukul empat pagi.", "Awaknya enam orang, semuanya selamat."):
        body = page.locator("[data-contentpath=body]").first
        body.locator(".c-sf-add-button:visible").last.click()
        page.locator(".w-combobox__option").first.click()
        body.locator("[data-streamfield-child]").last.locator("[role=textbox]").click()
        page.keyboard.type(text)


def act(page: Page, name: str) -> None:
    """Takes an action of the form's menu, opening it if the action lies inside."""
    action = page.locator(f"[name={name}]")
    if not action.is_visible():
        page.locator(
            "[data-controller~=w-dropdown].w-dropdown--dropdown-button > button"
        ).last.click()
    action.click()


def test_a_story_goes_from_the_desk_to_the_reader_is_corrected_and_killed(
    demo: Demo, desktop: BrowserContext, phone: BrowserContext
) -> None:
    page, reader = desktop.new_page(), phone.new_page()
    desk = Desktop(page, Desk(demo.url, demo.paper.folder, "redpel@nusa.example", demo.password))
    desk.sign_in()
    desk.open("/desk/stories/add/")
    write(page)

    page.click("[data-side-panel-toggle=preview]")
    preview = page.frame_locator("#w-preview-iframe")
    preview.get_by_text("Perahu itu merapat pukul empat pagi.").first.wait_for(timeout=30_000)
    expect(preview.locator("h1")).to_contain_text(HEADLINE)

    act(page, "action-publish")
    page.wait_for_url(re.compile(r"/desk/stories/$|/desk/stories/edit/\d+/"))

    # Wherever the editor's browser goes next, the story is there: page, fronts and lists.
    for place in ("/", "/maritim", "/latest"):
        reader.goto(demo.url + place)
        expect(reader.locator("main")).to_contain_text(HEADLINE, timeout=2000)
    assert HEADLINE in demo.paper.get("/feeds/latest.xml").text
    reader.locator(f"main a:has-text('{HEADLINE}')").first.click()
    reader.wait_for_url(re.compile(r"/maritim/\d{4}/"))
    expect(reader.locator("h1")).to_have_text(HEADLINE)
    expect(reader.locator("main img").first).to_be_visible()
    address = reader.url
    number = address.rstrip("/").split("/")[-2]

    desk.open(f"/desk/stories/edit/{number}/")
    page.fill("[name=headline]", CORRECTED)
    with page.expect_navigation():
        page.locator("#w-editor-form").evaluate("form => form.requestSubmit()")
    desk.open(f"/desk/stories/correct/{number}/")
    page.fill("[name=note]", NOTE)
    page.locator("main form [type=submit]").first.click()
    page.wait_for_load_state()
    reader.goto(address)
    expect(reader.locator("h1")).to_have_text(CORRECTED)
    expect(reader.locator("main")).to_contain_text(NOTE)

    desk.open(f"/desk/stories/kill/{number}/")
    page.fill("[name=reason]", REASON)
    page.locator("main form [type=submit]").first.click()
    page.wait_for_load_state()
    answer = reader.goto(reader.url)
    assert answer is not None
    assert answer.status == 410
    expect(reader.locator("main")).to_contain_text(REASON)
    for place in ("/", "/maritim", "/latest"):
        reader.goto(demo.url + place)
        assert CORRECTED not in reader.inner_text("main")
    assert CORRECTED not in demo.paper.get("/feeds/latest.xml").text


def test_a_reporter_may_write_but_not_publish(demo: Demo, desktop: BrowserContext) -> None:
    page = desktop.new_page()
    desk = Desktop(page, Desk(demo.url, demo.paper.folder, "reporter@nusa.example", demo.password))
    desk.sign_in()
    desk.open("/desk/stories/add/")
    page.select_option("[name=section]", label="Maritim")
    page.fill("[name=headline]", "Naskah reporter")
    assert page.locator("[name=action-publish]").count() == 0
    assert page.locator("[name=action-submit]").count() == 1
