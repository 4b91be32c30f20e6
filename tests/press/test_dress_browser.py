"""The dress in a real browser: nothing overflows, nothing shifts, nothing is asked of anybody else."""

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from tests.browser import Listener
from tests.press.dress_pages import NOW, cases, pages

from tajuk.press import dress
from tajuk.site.squeezing import squeezed
from tajuk.terms.language import Language

pytestmark = pytest.mark.browser

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; frame-src https:"
)
STATIC = Path(dress.__file__).parent / "static"
# One picture stands for all: 960 by 640, drawn by its own few bytes.
PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" width="960" height="640"><path fill="#789" d="M0 0h960v640H0z"/></svg>'


SHIFTS = (
    "window.shift = 0; new PerformanceObserver((list) => { for (const each of list.getEntries()) "
    "window.shift += each.value; }).observe({ type: 'layout-shift', buffered: true });"
)


class _Newsstand(http.server.SimpleHTTPRequestHandler):
    """Serves the written pages under the paper's own policy."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def do_GET(self) -> None:
        if self.path.startswith("/media/") or self.path.endswith("/qr.svg"):
            self._answer("image/svg+xml", PICTURE)
        elif self.path.endswith("/manifest.webmanifest"):
            self._answer("application/manifest+json", b"{}")
        else:
            super().do_GET()

    def _answer(self, kind: str, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the written pages are served."""
    folder = tmp_path_factory.mktemp("dress")
    shutil.copytree(STATIC, folder / "static")
    for language in Language:
        (folder / language.value).mkdir()
        for name, page in pages(language).items():
            (folder / language.value / f"{name}.html").write_text(page, encoding="utf-8")
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(_Newsstand, directory=str(folder))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A phone of 320 pixels' width."""
    context = browser.new_context(viewport={"width": 320, "height": 640})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", list(Language))
def test_no_page_scrolls_sideways_and_none_breaks_the_policy(
    page: Page, origin: str, language: Language
) -> None:
    listener = Listener(page, origin)
    for _, name in [case for case in cases() if case[0] is language]:
        page.set_viewport_size({"width": 320, "height": 640})
        page.goto(f"{origin}/{language}/{name}.html")
        for width in (320, 768, 1600) if name in {"home", "story"} else (320,):
            page.set_viewport_size({"width": width, "height": 800})
            excess = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert excess <= 0, (name, width)
    listener.assert_silent()


def test_a_long_address_of_an_author_does_not_widen_the_page(page: Page, origin: str) -> None:
    page.goto(f"{origin}/id/author.html")
    page.evaluate(
        "document.querySelector('.person a[href^=mailto]').textContent ="
        " 'wening.asmarabumi.kertanegara@harian-nusa.example'"
    )
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize(("width", "part"), [(768, ".seconds"), (1280, ".lead-place")])
def test_a_front_whose_stories_all_stand_above_leaves_no_empty_column(
    page: Page, origin: str, width: int, part: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{origin}/id/section.html")
    page.evaluate("document.querySelector('.first > .quiet').replaceChildren()")
    first, inside = page.locator(".first").bounding_box(), page.locator(part).bounding_box()
    assert first is not None
    assert inside is not None
    assert inside["x"] + inside["width"] == pytest.approx(first["x"] + first["width"], abs=1)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_relative_times_break_no_line(page: Page, origin: str) -> None:
    """The time that was pressed stands where the relative one would wrap, and the page would move."""
    page.clock.set_fixed_time(NOW)
    page.route("**/dress.js", lambda route: route.abort())
    page.goto(f"{origin}/id/latest.html")
    page.evaluate(
        """() => {
             for (const line of document.querySelectorAll(".listing-text .meta")) {
               line.style.width = "max-content";
               line.style.width = `${line.offsetWidth + 1}px`;
             }
           }"""
    )
    lines = page.locator(".listing-text .meta")
    heights = "(all) => all.map((each) => each.offsetHeight)"
    pressed = lines.evaluate_all(heights)
    page.unroute("**/dress.js")
    page.add_script_tag(url="/static/dress/dress.js")
    assert page.locator(".listing-text [data-ago][title]").count() > 0
    assert lines.evaluate_all(heights) == pressed


def test_no_page_lacks_a_sheet_that_has_a_rule_for_it(page: Page, origin: str) -> None:
    lacking = """async () => {
      const linked = [...document.querySelectorAll("link[rel=stylesheet]")].map((each) => each.href);
      const found = [];
      for (const name of ["under", "front", "pages", "figures", "wide-front"]) {
        const href = `${location.origin}/static/dress/${name}.css`;
        if (linked.includes(href)) continue;
        const sheet = await new CSSStyleSheet().replace(await (await fetch(href)).text());
        const rules = (all) => [...all].flatMap((each) => (each.media ? rules(each.cssRules) : [each]));
        for (const { selectorText } of rules(sheet.cssRules)) {
          const element = selectorText.replace(/::[a-z]+/g, "");
          if (document.querySelector(element)) found.push(`${name}: ${selectorText}`);
        }
      }
      return found;
    }"""
    for language, name in [case for case in cases() if case[0] is Language.INDONESIAN]:
        page.goto(f"{origin}/{language}/{name}.html")
        assert page.evaluate(lacking) == [], name


@pytest.mark.parametrize("sheet", sorted(STATIC.glob("dress/*.css")), ids=lambda each: each.stem)
def test_a_sheet_as_it_is_sent_says_what_was_written(page: Page, origin: str, sheet: Path) -> None:
    page.goto(f"{origin}/id/missing.html")
    read = """async (text) => {
      const sheet = await new CSSStyleSheet().replace(text);
      // What holds a variable is kept as it was spelled.
      return [...sheet.cssRules].map((each) => each.cssText.replaceAll(", ", ","));
    }"""
    written = sheet.read_text(encoding="utf-8")
    assert len(page.evaluate(read, written)) > 1
    assert page.evaluate(read, squeezed(written)) == page.evaluate(read, written)


@pytest.mark.parametrize("name", ["home", "story"])
def test_a_phone_waits_for_no_sheet_of_wider_screens_or_paper(
    page: Page, origin: str, name: str
) -> None:
    page.goto(f"{origin}/id/{name}.html")
    page.wait_for_load_state("networkidle")
    waited_for = page.evaluate(
        """() => performance.getEntriesByType("resource")
           .filter((each) => each.renderBlockingStatus === "blocking")
           .map((each) => each.name.split("/").at(-1))"""
    )
    own = {"home": ["front.css", "under.css"], "story": []}
    assert sorted(waited_for) == sorted(["dress.css", *own[name]])


@pytest.mark.parametrize("name", ["home", "story", "gallery", "author", "photos"])
def test_a_picture_has_its_place_before_it_has_come(page: Page, origin: str, name: str) -> None:
    page.route(lambda url: "/static/" not in url and not url.endswith(".html"), lambda _: None)
    page.goto(f"{origin}/id/{name}.html", wait_until="domcontentloaded")
    flat = page.evaluate(
        """() => [...document.querySelectorAll("main img")]
           .filter((each) => each.checkVisibility())
           .map((each) => [each.alt, each.getBoundingClientRect()])
           .filter(([, box]) => box.height < 24 || box.width < 24)
           .map(([alt]) => alt)"""
    )
    assert flat == []


@pytest.mark.parametrize(
    ("sheet", "before", "behind"),
    [
        ("figures", ".body > p", ".body > .in-gallery"),
        ("under", ".body > :last-child", ".story-foot"),
    ],
)
def test_a_story_is_read_while_the_sheet_of_what_follows_is_on_its_way(
    page: Page, origin: str, sheet: str, before: str, behind: str
) -> None:
    waiting: list[Route] = []
    page.add_init_script(SHIFTS)
    # A built-in method can hold no mark, and Playwright marks its handlers.
    page.route(f"**/{sheet}.css", lambda route: waiting.append(route))  # noqa: PLW0108
    page.goto(f"{origin}/id/story.html", wait_until="commit")
    expect(page.locator(before).first).to_be_visible()
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
    assert page.locator(behind).count() == 0
    for each in waiting:
        each.continue_()
    expect(page.locator(behind).first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.shift") < 0.02


@pytest.mark.parametrize("name", ["home", "story"])
def test_nothing_shifts_while_a_page_loads(page: Page, origin: str, name: str) -> None:
    page.add_init_script(SHIFTS)
    page.goto(f"{origin}/id/{name}.html")
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    assert page.evaluate("window.shift") < 0.02


def test_everything_that_is_pressed_is_large_enough_to_hit(page: Page, origin: str) -> None:
    """WCAG 2.2, 2.5.8: 24 by 24 pixels, save links inside sentences and those with room around them."""
    page.goto(f"{origin}/id/story.html")
    small = page.evaluate(
        """() => [...document.querySelectorAll(
             ".strip a, .mast a, .mast summary, .sections a, .share a, .share button, .follow a, .topics a, .tags a, "
             + ".bar > a, .kicker a, .foot li a, .embed .doors > *, .ad-free a, .zoom")]
           .filter((each) => each.checkVisibility())
           .map((each) => [each.outerHTML.slice(0, 80), each.getBoundingClientRect()])
           .filter(([, box]) => box.height < 23.5 || box.width < 23.5)
           .map(([html, box]) => `${html} ${box.width}x${box.height}`)"""
    )
    assert small == []


def test_an_embed_calls_its_site_on_the_click_and_not_before(page: Page, origin: str) -> None:
    called: list[str] = []
    page.route(
        "https://video.example/**", lambda route: (called.append(route.request.url), route.abort())
    )
    page.goto(f"{origin}/en/story.html")
    page.wait_for_load_state("networkidle")
    assert called == []
    page.get_by_role("button", name="Show it from video.example").click()
    page.wait_for_timeout(200)
    assert called == ["https://video.example/embed/1"]
    assert page.locator(".embed iframe").get_attribute("title") == "Video: the first boat moors"


def test_a_gallery_opens_moves_and_closes_from_the_keyboard(page: Page, origin: str) -> None:
    page.goto(f"{origin}/en/gallery.html")
    page.get_by_role("button", name="Enlarge picture 1").press("Enter")
    dialog = page.get_by_role("dialog")
    assert dialog.locator("p").inner_text().startswith("1/3")
    page.keyboard.press("ArrowRight")
    assert dialog.locator("p").inner_text().startswith("2/3")
    page.keyboard.press("Escape")
    assert not dialog.is_visible()


def test_the_first_tab_offers_to_skip_to_the_content(page: Page, origin: str) -> None:
    page.goto(f"{origin}/id/story.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Langsung ke isi"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"


def test_without_javascript_the_menu_opens_and_no_dead_button_shows(
    browser: Browser, origin: str
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{origin}/id/story.html")
    page.locator(".menu summary").click()
    assert page.locator(".sheet").get_by_role("link", name="Ekonomi").is_visible()
    assert page.locator("main button:visible").count() == 0
    assert page.get_by_role("link", name="Buka di video.example").is_visible()
    context.close()


def test_a_time_is_told_as_so_long_ago_for_half_a_day_and_then_as_it_was_printed(
    origin: str, page: Page
) -> None:
    first = page.locator("time[data-ago]").first
    page.clock.install(time=NOW)
    page.goto(f"{origin}/id/latest.html")
    printed = first.get_attribute("title")
    at = datetime.fromisoformat(first.get_attribute("datetime") or "")
    minutes = (NOW - at) // timedelta(minutes=1)
    assert 0 <= minutes < 60
    expect(first).to_have_text(f"{minutes} menit yang lalu" if minutes else "menit ini")
    page.clock.fast_forward(timedelta(hours=3) // timedelta(milliseconds=1))
    expect(first).to_have_text("3 jam yang lalu")
    page.clock.fast_forward(timedelta(hours=10) // timedelta(milliseconds=1))
    expect(first).to_have_text(printed or "nothing printed")
