"""A page without advertisements, in a real browser: no placement, no mark of one, no call to anybody else."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page

from tajuk.paywall import Entitlement
from tajuk.paywall.keyring import FILE_NAME, read_key_ring
from tajuk.paywall.passes import PASS_COOKIE, sealed_pass
from tajuk.terms.clock import now
from tests.edge.cards import a_pass
from tests.walk.conftest import Demo

pytestmark = pytest.mark.browser

SIGNS = ".ad, .ad-free, .ad-label, [rel~=sponsored], iframe"
PATHS = (
    "import json\n"
    "from tajuk.newsroom.models import Story\n"
    "from tajuk.newsroom.actions.addresses import public_path\n"
    "from tajuk.circulation.models import Grant\n"
    "found = [public_path(Story.objects.filter(live=True, access=each, language='id').first())\n"
    "         for each in ('free', 'metered', 'premium')]\n"
    "reader = Grant.objects.filter(entitlement='ad_free').values_list('reader', flat=True)[0]\n"
    "print(json.dumps([reader, found]))"
)


def visited(page: Page, url: str, paths: list[str]) -> tuple[list[str], int]:
    """The addresses a browser asked for on these pages, scrolled to their end; and how many signs of advertising."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    signs = 0
    for path in paths:
        answer = page.goto(url + path)
        assert answer is not None
        assert answer.status == 200, path
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        page.wait_for_load_state("networkidle")
        signs += page.locator(SIGNS).count()
    return asked, signs


def test_a_reader_who_pays_for_it_meets_no_advertisement_and_calls_nobody(
    demo: Demo, desktop: BrowserContext
) -> None:
    reader_id, stories = demo.paper.django(PATHS)
    section = "/" + stories[0].split("/")[1]
    paths = ["/", section, "/latest", "/photo", "/search?q=kapal", "/account/", *stories]
    page = desktop.new_page()
    asked, signs = visited(page, demo.url, [each for each in paths if each != "/account/"])
    assert signs > 3, "readers without it meet advertisements on the same pages"
    page.close()
    held = frozenset({Entitlement.PREMIUM, Entitlement.AD_FREE})
    ring = read_key_ring(demo.paper.folder / FILE_NAME)
    value = sealed_pass(a_pass(reader_id, held, issued_at=now()), ring)
    desktop.add_cookies([{"name": PASS_COOKIE, "value": value, "url": demo.url}])
    page = desktop.new_page()
    asked, signs = visited(page, demo.url, paths)
    assert signs == 0
    hosts = {urlsplit(each).netloc for each in asked if not each.startswith("data:")}
    assert hosts == {urlsplit(demo.url).netloc}
    assert not any("advert" in each or "/iklan" in each for each in asked)
    # The pages are the whole ones all the same.
    page.goto(demo.url + stories[2])
    assert page.locator(".gate").count() == 0
