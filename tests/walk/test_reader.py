"""A reader walks through the sample newspaper, on a phone and at a desk, in both languages."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import Listener
from tests.walk.conftest import Demo

pytestmark = [
    pytest.mark.browser,
    pytest.mark.processes,
    pytest.mark.xdist_group("demo"),
]

STORY = re.compile(r"/[a-z-]+/\d{4}/\d\d/\d\d/\d+/")


def no_sideways_scroll(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.parametrize("edition", ["/", "/en/"])
@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_a_reader_goes_from_the_front_through_a_story_to_its_topic_and_author(
    demo: Demo, request: pytest.FixtureRequest, screen: str, edition: str
) -> None:
    context: BrowserContext = request.getfixturevalue(screen)
    page = context.new_page()
    listener = Listener(page, demo.url)
    page.goto(demo.url + edition)
    language = "en" if edition == "/en/" else "id"
    expect(page.locator("html")).to_have_attribute("lang", language)
    assert no_sideways_scroll(page)
    lead = page.locator("main h2 a, main a:has(h2)").first
    headline = lead.inner_text().strip()
    lead.click()
    page.wait_for_url(STORY)
    expect(page.locator("h1")).to_contain_text(headline.split("\n")[-1])
    assert no_sideways_scroll(page)
    for place in ("/topic/", "/author/"):
        page.locator(f"main a[href*='{place}']").first.click()
        page.wait_for_url(f"**{place}**")
        assert no_sideways_scroll(page)
        assert page.locator("main a[href*='/20']").count() > 0
        page.go_back()
    listener.assert_silent()


def test_a_reader_searches_and_finds(demo: Demo, desktop: BrowserContext) -> None:
    page = desktop.new_page()
    page.goto(demo.url + "/search")
    page.locator("main input[type=search]").fill("harga cabai")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=**")
    expect(page.locator("main")).to_contain_text("Cabai")
    page.goto(demo.url + "/search?q=zzzqqq")
    assert page.locator("main a[href*='/20']").count() == 0 or "zzzqqq" in page.inner_text("main")


def test_an_embed_calls_nobody_before_the_click(demo: Demo, desktop: BrowserContext) -> None:
    with_embed = demo.paper.django(
        "import json\n"
        "from tajuk.newsroom.models import Story\n"
        "from tajuk.newsroom.actions.addresses import public_path\n"
        "found = [s for s in Story.objects.filter(live=True, access='free')"
        " if any(b.block_type == 'embed' and 'video.example' in b.value['url'] for b in s.body)]\n"
        "print(json.dumps(public_path(found[0])))"
    )
    page = desktop.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(demo.url + with_embed)
    page.wait_for_load_state("networkidle")
    assert all(url.startswith((demo.url, "data:")) for url in asked), asked
    links = page.locator("main a[href^='https://video.example/']")
    assert links.count() > 0, "a site that offers no frame is a link"


def test_a_gated_story_keeps_its_body_to_itself_and_says_why(
    demo: Demo, desktop: BrowserContext
) -> None:
    path, secret = demo.paper.django(
        "import json\n"
        "from tajuk.newsroom.models import Story\n"
        "from tajuk.newsroom.actions.addresses import public_path\n"
        "story = Story.objects.filter(live=True, access='premium', language='id').first()\n"
        "last = [b for b in story.body if b.block_type == 'paragraph'][-1]\n"
        "from django.utils.html import strip_tags\n"
        "print(json.dumps([public_path(story), strip_tags(str(last.value))[-60:]]))"
    )
    answer = demo.paper.get(path)
    assert answer.status == 200
    assert secret not in answer.text
    page = desktop.new_page()
    page.goto(demo.url + path)
    assert page.locator("main").get_by_text("Premium").count() > 0


def test_the_page_works_without_scripts(demo: Demo, browser: object) -> None:
    with browser.new_context(
        java_script_enabled=False, viewport={"width": 360, "height": 740}
    ) as context:  # type: ignore[attr-defined]
        page = context.new_page()
        page.goto(demo.url + "/")
        page.locator("main a[href*='/20']").first.click()
        page.wait_for_url(STORY)
        assert page.locator("article p, main p").count() > 3


def test_a_killed_story_answers_410_with_its_reason_and_a_wrong_address_404(
    demo: Demo, desktop: BrowserContext
) -> None:
    path, reason = demo.paper.django(
        "import json\n"
        "from tajuk.newsroom.models import Story\n"
        "from tajuk.newsroom.actions.addresses import all_paths\n"
        "story = Story.objects.filter(killed_at__isnull=False).first()\n"
        "print(json.dumps([all_paths(story)[0], story.kill_reason]))"
    )
    page = desktop.new_page()
    answer = page.goto(demo.url + path)
    assert answer is not None
    assert answer.status == 410
    expect(page.locator("main")).to_contain_text(reason[:40])
    answer = page.goto(demo.url + "/tidak/ada")
    assert answer is not None
    assert answer.status == 404
    assert page.locator("main a[href*='/20']").count() > 0


def test_nothing_shifts_while_a_story_loads(demo: Demo, phone: BrowserContext) -> None:
    page = phone.new_page()
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => { for (const entry of list.getEntries())"
        " if (!entry.hadRecentInput) window.shift += entry.value; })"
        ".observe({type: 'layout-shift', buffered: true});"
    )
    for path in ("/", "/en/", "/photo", "/latest"):
        page.goto(demo.url + path)
        page.wait_for_load_state("networkidle")
        page.mouse.wheel(0, 3000)
        page.wait_for_timeout(300)
        assert page.evaluate("window.shift") < 0.01, path
