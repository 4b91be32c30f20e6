"""Every page of the dress is sound HTML that everybody can use, in both languages."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.utils.translation.template import templatize
from tests.press.dress_pages import cases, pages, text_of, tree

from tajuk.press import dress
from tajuk.terms.language import Language

PRESS = Path(dress.__file__).parent
TEMPLATES = PRESS / "templates/dress"
EVERY_PAGE = pytest.mark.parametrize(
    ("language", "name"), cases(), ids=lambda each: getattr(each, "value", each)
)


def test_no_page_is_forgotten() -> None:
    for language in Language:
        assert set(pages(language)) == {name for _, name in cases()}


@EVERY_PAGE
def test_a_page_is_valid_html_with_one_main_part(language: Language, name: str) -> None:
    page = pages(language)[name]
    root = tree(page)
    assert page.startswith("<!doctype html>")
    assert root.get("lang") == language.value
    assert len(root.findall(".//main")) == 1
    assert len(root.findall(".//footer[@class='foot']")) == 1
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    for link in root.iter("a"):
        target = link.get("href", "")
        assert target, "a link leads somewhere"
        if target.startswith("#"):
            assert target[1:] in ids


@EVERY_PAGE
def test_headings_go_down_one_step_at_a_time(language: Language, name: str) -> None:
    levels = [
        int(each.tag[1])
        for each in tree(pages(language)[name]).iter()
        if isinstance(each.tag, str) and re.fullmatch("h[1-6]", each.tag)
    ]
    assert levels.count(1) == 1
    # The home's nameplate is its h1; elsewhere the menu and masthead have no heading before it.
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels


@EVERY_PAGE
def test_every_picture_has_words_and_a_size(language: Language, name: str) -> None:
    for picture in tree(pages(language)[name]).iter("img"):
        assert picture.get("alt") is not None
        assert int(picture.get("width", 0)) > 0
        assert int(picture.get("height", 0)) > 0


@EVERY_PAGE
def test_nothing_in_a_page_offends_the_content_security_policy(
    language: Language, name: str
) -> None:
    root = tree(pages(language)[name])
    for each in root.iter():
        assert each.tag not in {"style", "iframe", "object", "embed"}
        assert not [key for key in each.attrib if key == "style" or key.startswith("on")]
        assert not each.get("href", "").startswith("javascript:")
    for script in root.iter("script"):
        if script.get("type") == "application/ld+json":
            assert json.loads(script.text or "")
        else:
            assert script.get("src", "").startswith("/static/")
            assert not script.text
    for each in root.iter():
        for key in ("src", "srcset"):
            assert not each.get(key, "").startswith(("http:", "https:", "//"))


@EVERY_PAGE
def test_every_control_has_a_name(language: Language, name: str) -> None:
    root = tree(pages(language)[name])
    labelled = {label.get("for") for label in root.iter("label")}
    for field in root.iter("input"):
        assert field.get("id") in labelled
    for control in [*root.iter("button"), *root.iter("a"), *root.iter("summary")]:
        words = text_of(control) or control.get("aria-label") or control.get("aria-hidden")
        assert words
    for landmark in [*root.iter("nav"), *root.iter("aside")]:
        assert landmark.get("aria-label")


@EVERY_PAGE
def test_the_head_says_what_the_page_is(language: Language, name: str) -> None:
    head = tree(pages(language)[name]).find("head")
    assert head is not None
    properties = {
        each.get("property") or each.get("name"): each.get("content") for each in head.iter("meta")
    }
    links = [
        (each.get("rel"), each.get("hreflang") or each.get("type") or "")
        for each in head.iter("link")
    ]
    assert text_of(head.find("title"))  # type: ignore[arg-type]
    assert properties["description"]
    assert properties["og:locale"] == language.open_graph
    assert str(properties["og:image"]).startswith("https://")
    assert properties["twitter:card"] == "summary_large_image"
    assert {tag for rel, tag in links if rel == "alternate"} == {
        "id",
        "en",
        "x-default",
        "application/rss+xml",
    }
    for rel in ("canonical", "manifest", "icon", "apple-touch-icon", "stylesheet", "preload"):
        assert rel in {each for each, _ in links}
    if name in {"story", "gated"}:
        assert properties["og:type"] == "article"
        assert properties["article:published_time"] == "2024-11-13T14:40:00+07:00"
        assert {"article:author", "article:tag", "article:section"} <= set(properties)


def test_no_text_can_close_a_block_of_structured_data() -> None:
    page = pages(Language.INDONESIAN)["story"]
    assert "</script><b>" not in page
    assert "\\u003c/script>" in page


def test_what_a_reader_asked_is_shown_as_text() -> None:
    page = pages(Language.ENGLISH)["search"]
    assert "dermaga <b>" not in page
    assert "dermaga &lt;b&gt;" in page


def test_a_gated_story_gives_its_beginning_and_an_offer_and_nothing_of_the_rest() -> None:
    free, gated = pages(Language.INDONESIAN)["story"], pages(Language.INDONESIAN)["gated"]
    for secret in (
        "Beton sudah jadi",
        "Kontraktor belum menjawab",
        "Dermaga dalam angka",
        "video.example",
    ):
        assert secret in free
        assert secret not in gated
    assert "Lanjutkan membaca" in gated
    assert "Lihat paket" in gated
    assert "Lanjutkan membaca" not in free


def test_a_story_has_its_blocks_in_the_order_of_their_importance() -> None:
    page = pages(Language.INDONESIAN)["story"]
    order = (
        'class="kicker"', "<h1", 'class="standfirst"', 'class="byline"', 'class="times"', 'class="lead-picture"',
        'class="dateline"', 'class="sources"', 'class="share"', 'class="follow"', 'class="block related"',
        'class="block other"', 'class="block latest"', 'class="block tags"', 'class="block recommended"',
        'class="block photos"', 'class="epaper"',
    )  # fmt: skip
    story = page[page.index("<main") :]
    places = [story.index(mark) for mark in order]
    assert places == sorted(places)


def test_advertisements_are_labelled_and_offer_a_way_without() -> None:
    page = pages(Language.INDONESIAN)["home"]
    assert page.count('class="ad-label">Iklan<') == 1
    assert 'rel="sponsored noopener"' in page
    assert "Ingin membaca tanpa iklan?" in page


def test_an_embed_asks_nothing_of_the_other_site_before_the_click() -> None:
    root = tree(pages(Language.INDONESIAN)["story"])
    embed = root.find(".//div[@class='embed']")
    assert embed is not None
    assert "video.example" in text_of(embed)
    assert embed.get("data-frame", "").startswith("https://video.example/")
    assert not list(embed.iter("iframe"))


def _source_strings() -> set[str]:
    found: set[str] = set()
    for template in TEMPLATES.rglob("*.html"):
        code = templatize(template.read_text(encoding="utf-8"))
        for quoted in re.findall(
            r"(?:(?<!p)gettext\(|pgettext\(u'\w+', )u'((?:[^'\\]|\\.)*)'", code
        ):
            found.add(quoted.replace("\\'", "'"))
        for quoted in re.findall(r'gettext\(u"((?:[^"\\]|\\.)*)"', code):
            found.add(quoted)
    said = r'\b(?:_\(|pgettext\("share", )\s*"((?:[^"\\]|\\.)*)"'
    for module in PRESS.rglob("*.py"):
        found |= set(re.findall(said, module.read_text(encoding="utf-8")))
    return found


def test_every_word_the_press_prints_is_translated() -> None:
    catalogue = (PRESS / "locale/id/LC_MESSAGES/django.po").read_text(encoding="utf-8")
    strings = _source_strings()
    assert len(strings) > 60
    assert not {each for each in strings if f'msgid "{each}"' not in catalogue}
    assert '\nmsgstr ""\n\n' not in catalogue


def test_no_english_is_left_in_the_indonesian_edition() -> None:
    same_in_both = {"Premium", "E-paper"}
    words = {each for each in _source_strings() if "%" not in each} - same_in_both
    for name, page in pages(Language.INDONESIAN).items():
        said = {" ".join(text.split()) for text in tree(page).itertext()}
        said |= {each.get("aria-label", "") for each in tree(page).iter()}
        assert not said & words, name


def test_a_template_names_the_context_it_takes() -> None:
    for template in TEMPLATES.rglob("*.html"):
        assert template.read_text(encoding="utf-8").startswith("{# "), template
