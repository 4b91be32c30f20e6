"""Every screen of the desk works under the desk's security policy, and calls nobody.

The first test follows every link, so a new screen is visited as soon as another links to it. The others do what
needs hands: each ends by asking what the browser complained of.
"""

import os
import re
from collections import deque
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect

from tests.browser import Desktop
from tests.live_desk import Desk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk")]

UNLINKED = (
    "/desk/password_reset/",
    "/desk/snippets/",
    "/desk/workflows/tasks/index/",
    "/desk/bulk/newsroom/story/publish/?id=1&id=2",
    "/desk/bulk/newsroom/story/delete/?id=1",
    "/desk/bulk/pictures/picture/add_tags/?id=1",
    "/desk/bulk/accounts/user/assign_role/?id=1",
)
"""Screens no other screen links to."""

NOT_VISITED = re.compile(r"/desk/(logout|login)/|/desk/bulk/[^?]*$|[?&]export=")
"""Links that end the walk, need a selection, or are files."""

KNOWN = (
    # Jcrop (the focal point of a picture) asks whether the screen is touched by setting an inline handler where
    # there is no touch; that this does not run is the right answer.
    r"^/desk/images/\d+/.*(jquery\.Jcrop\.min\.js|Executing inline event handler)",
)
"""What browsers complain of and does no harm, with the reason."""


@pytest.fixture
def at_desk(browser: Browser, live_desk: Desk) -> Iterator[Desktop]:
    with browser.new_context(locale="id-ID", viewport={"width": 1280, "height": 900}) as context:
        desktop = Desktop(context.new_page(), live_desk)
        desktop.sign_in()
        yield desktop
        desktop.listener.assert_silent(but_for=KNOWN)


def shape(path: str) -> str:
    """What screens of one kind have in common: the path without its numbers."""
    return re.sub(r"\d+", "#", path.partition("?")[0])


def links_of(page: Page) -> list[str]:
    found: list[str] = page.eval_on_selector_all(
        "a[href]", "all => all.map(a => a.getAttribute('href'))"
    )
    return [each.partition("#")[0] for each in found if each.startswith("/desk/")]


def test_every_screen_of_the_desk_is_silent(at_desk: Desktop) -> None:
    waiting, seen = deque(["/desk/", *UNLINKED]), set()
    while waiting:
        path = waiting.popleft()
        if shape(path) in seen or (path not in UNLINKED and NOT_VISITED.search(path)):
            continue
        seen.add(shape(path))
        at_desk.open(path)
        waiting.extend(links_of(at_desk.page))
    assert len(seen) > 60, sorted(seen)


def a_photograph(name: str = "perahu.jpg") -> FilePayload:
    """One that nobody has uploaded yet: Wagtail asks back about a second copy."""
    file = BytesIO()
    Image.frombytes("RGB", (64, 48), os.urandom(64 * 48 * 3)).save(file, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": file.getvalue()}


def choose_first(page: Page) -> None:
    """Takes the first of what a chooser's modal offers, by its tick box where several may be taken."""
    modal = page.locator(".modal-dialog")
    offered = modal.locator("[data-multiple-choice-select], [data-chooser-modal-choice]").first
    offered.wait_for()
    if offered.get_attribute("type") == "checkbox":
        offered.check()
        modal.locator("[data-multiple-choice-submit]").click()
    else:
        offered.click()
    modal.wait_for(state="detached")


def pick_a_date(page: Page, field: Locator) -> None:
    """Opens the field's picker and takes today."""
    field.click()
    picker = page.locator(".xdsoft_datetimepicker:visible")
    picker.locator(".xdsoft_date.xdsoft_today").click()
    expect(field).to_have_value(re.compile(r"^\d{4}-\d\d-\d\d"))
    page.keyboard.press("Escape")


def add_block(page: Page, number: int) -> Locator:
    """Puts a block of that kind at the end of the body, and answers with it."""
    body = page.locator("[data-contentpath=body]").first
    blocks = body.locator("[data-streamfield-child]")
    before = blocks.count()
    body.locator(".c-sf-add-button:visible").last.click()
    page.locator(".w-combobox__option").nth(number).click()
    # Until it is there, the last block is the one before it.
    expect(blocks).not_to_have_count(before)
    return blocks.last


def test_rows_and_pictures_are_added_to_a_story(at_desk: Desktop) -> None:
    page = at_desk.page
    at_desk.open("/desk/stories/add/")
    page.click("#id_bylines-OPEN_MODAL")
    choose_first(page)
    expect(page.locator("#id_bylines-0-person-title")).to_have_text("Ratri Wulandaru")

    page.click("#id_lead_picture-chooser [data-chooser-action-choose]:visible")
    page.click("#tab-label-upload")
    page.set_input_files("[name=image-chooser-upload-file]", a_photograph())
    # Wagtail fills the title in from the file's name, a moment later: not over what is typed here.
    expect(page.locator("[name=image-chooser-upload-title]")).to_have_value("perahu")
    page.fill("[name=image-chooser-upload-title]", "Perahu merah")
    page.fill("[name=image-chooser-upload-description]", "Sebuah perahu merah")
    page.click("[data-chooser-modal-creation-form] [type=submit]")
    page.locator(".modal-dialog").wait_for(state="detached")
    expect(page.locator("#id_lead_picture-title")).to_have_text("Perahu merah")

    tabs = page.locator("#w-editor-form [role=tab]")
    tabs.nth(1).click()
    page.click("#id_topics-OPEN_MODAL")
    choose_first(page)
    page.click("#id_sources-ADD")
    pick_a_date(page, page.locator("#id_sources-0-quoted_on"))
    page.click("#id_other_sections-ADD")
    page.locator("#id_other_sections-0-section").wait_for()
    page.click("#id_translation_of-chooser [data-chooser-action-choose]:visible")
    page.locator(".modal-dialog .close").click()

    tabs.nth(2).click()
    pick_a_date(page, page.locator("#id_embargo_until"))


def test_every_kind_of_block_is_added_to_a_body(at_desk: Desktop) -> None:
    page = at_desk.page
    at_desk.open("/desk/stories/add/")
    page.locator("[data-contentpath=body] .c-sf-add-button").first.click()
    page.locator(".w-combobox__option").first.wait_for()
    kinds = page.locator(".w-combobox__option").count()
    assert kinds >= 10
    page.keyboard.press("Escape")
    for number in range(kinds):
        block = add_block(page, number)
        for editor in block.locator("[role=textbox][contenteditable=true]").all():
            editor.click()
            page.keyboard.type("Kapal tiba. ")
        for column in block.locator("[data-append-column]").all():
            column.click()
            block.locator(".add-column-menu button").first.click()
            block.locator("[data-add-row]:visible").first.click()
        for chooser in block.locator("[data-chooser-action-choose]:visible").all():
            chooser.click()
            choose_first(page)
    cell = page.locator(".typed-table-block tbody input[type=text]").first
    heading = page.locator(".typed-table-block .column-heading").first
    heading.fill("Harga")
    expect(cell).to_have_accessible_name("Harga, 1")


def test_a_phone_shows_words_of_headlines_and_all_of_the_search(at_desk: Desktop) -> None:
    page = at_desk.page
    page.set_viewport_size({"width": 360, "height": 740})
    at_desk.open("/desk/stories/")
    title = page.locator(".listing tbody td.title").first.bounding_box()
    assert title is not None
    assert title["width"] >= 190
    at_desk.open("/desk/")
    field = page.locator("#newsroom-search").bounding_box()
    assert field is not None
    assert field["x"] + field["width"] <= 360


def test_the_sign_in_speaks_the_visitor_s_language(browser: Browser, live_desk: Desk) -> None:
    with browser.new_context(locale="id-ID") as context:
        page = context.new_page()
        page.goto(f"{live_desk.url}/desk/login/")
        expect(page.get_by_role("heading")).to_have_text("Masuk ke meja redaksi")
        expect(page.get_by_label("Kata sandi")).to_be_visible()


def test_a_link_is_put_into_a_paragraph(at_desk: Desktop) -> None:
    page = at_desk.page
    at_desk.open("/desk/stories/add/")
    block = add_block(page, 0)
    block.locator("[role=textbox]").click()
    page.keyboard.type("Kapal tiba")
    page.keyboard.press("Control+A")
    page.locator("[name=LINK]:visible").first.click()
    page.locator(".modal-dialog").wait_for()


def test_a_draft_is_kept_previewed_and_looked_at_from_all_sides(at_desk: Desktop) -> None:
    page = at_desk.page
    at_desk.open("/desk/stories/add/")
    page.select_option("[name=section]", index=1)
    page.fill("[name=headline]", "Perahu merah pulang")
    page.locator("#w-editor-form").evaluate("form => form.requestSubmit()")
    page.wait_for_url(re.compile("/desk/stories/edit/"))
    for panel in page.locator("[data-side-panel-toggle]").all():
        panel.click()
        page.wait_for_timeout(500)
    page.click("[data-side-panel-toggle=preview]")
    page.frame_locator("#w-preview-iframe").get_by_text("Perahu merah pulang").first.wait_for()


def test_pictures_are_uploaded_together(at_desk: Desktop) -> None:
    page = at_desk.page
    at_desk.open("/desk/images/multiple/add/")
    page.set_input_files("#fileupload", [a_photograph("satu.jpg"), a_photograph("dua.jpg")])
    page.locator("#upload-list form").nth(1).wait_for()


def test_a_picture_s_focal_point_is_drawn(at_desk: Desktop) -> None:
    page = at_desk.page
    at_desk.open("/desk/images/1/")
    box = page.locator(".jcrop-tracker").last.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 90, box["y"] + 90, steps=4)
    page.mouse.up()
    expect(page.locator("[name=focal_point_width]")).not_to_have_value("")


def test_a_workflow_is_given_a_task(at_desk: Desktop) -> None:
    page = at_desk.page
    at_desk.open("/desk/workflows/add/")
    page.click("[id$=workflow_tasks-ADD]")
    page.locator("[data-chooser-action-choose]:visible").last.click()
    page.locator(".modal-dialog").wait_for()


def test_a_front_is_given_a_story(at_desk: Desktop) -> None:
    page = at_desk.page
    at_desk.open("/desk/snippets/newsroom/front/")
    page.locator("a[href*='/front/edit/']").first.click()
    page.locator("[id$=-OPEN_MODAL]").first.click()
    choose_first(page)


def test_lists_are_filtered_without_a_new_page(at_desk: Desktop) -> None:
    page = at_desk.page
    at_desk.open("/desk/stories/")
    with page.expect_response(re.compile("/desk/stories/results/")):
        page.fill("#id_q", "kapal")


def test_the_browser_s_complaints_are_heard(at_desk: Desktop) -> None:
    at_desk.page.evaluate(
        "document.head.append(Object.assign(document.createElement('script'), {text: '1'}))"
    )
    at_desk.page.wait_for_timeout(100)
    said, at_desk.listener.complaints = at_desk.listener.complaints, []
    assert any("CSP: script-src-elem blocked inline" in each for each in said)
