"""The desk's live previews are the reader's pages: the press's renderers, handed to the newsroom and the picture
desk, which may not look downstream.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tajuk.newsroom import preview as of_the_newsroom
from tajuk.newsroom import queries as newsroom
from tajuk.newsroom.models import Front, HousePage, Story
from tajuk.newsroom.types import HousePageFacts
from tajuk.pictures import preview as of_pictures
from tajuk.pictures import queries as pictures
from tajuk.pictures.models import Gallery
from tajuk.press import dress
from tajuk.press.page import Page
from tajuk.press.pages.fronts import home_front, section_front
from tajuk.press.pages.photos import gallery_page
from tajuk.press.pages.plain import house_page
from tajuk.press.pages.story import story_pages
from tajuk.press.stock import Stock
from tajuk.terms.clock import now
from tajuk.terms.ids import SectionId, StoryId
from tajuk.terms.language import Language


def register_previews() -> None:
    """Tells the desk how readers see each kind of thing."""
    of_the_newsroom.register_renderer("newsroom.Story", story)
    of_the_newsroom.register_renderer("newsroom.Front", front)
    of_the_newsroom.register_renderer("newsroom.HousePage", page_of_the_house)
    of_pictures.register_renderer(gallery)


def story(edited: Story, _request: HttpRequest) -> HttpResponse:
    """A story's page, whole: the editor sees what a subscriber would."""
    stock = _stock(edited.language)
    facts = newsroom.story_as_edited(edited, now=stock.now)
    with stock.speaking():
        (page,) = story_pages([facts], stock)
    return _response(page)


def front(edited: Front, _request: HttpRequest) -> HttpResponse:
    """A front with the stories as they are placed in the form."""
    stock = _stock(edited.language)
    placed = newsroom.in_order(
        [StoryId(each.story_id) for each in edited.placements.all() if each.story_id],
        stock.language,
    )
    section = stock.tree.by_id.get(SectionId(edited.section_id)) if edited.section_id else None
    with stock.speaking():
        page = section_front(section, stock, placed) if section else home_front(stock, placed)
    return _response(page)


def page_of_the_house(edited: HousePage, _request: HttpRequest) -> HttpResponse:
    """A house page."""
    stock = _stock(edited.language)
    facts = HousePageFacts(
        slug=edited.slug,
        language=stock.language,
        headline=edited.headline,
        standfirst=edited.standfirst,
        body=edited.body,
        updated_at=edited.updated_at or stock.now,
    )
    with stock.speaking():
        return _response(house_page(facts, stock))


def gallery(edited: Gallery, _request: HttpRequest) -> HttpResponse:
    """A gallery with the pictures of the form."""
    stock = _stock(edited.language)
    facts = pictures.gallery_as_edited(edited, now=stock.now)
    with stock.speaking():
        return _response(gallery_page(facts, stock))


def _stock(language: str) -> Stock:
    known = [each for each in settings.PAPER.languages if each.value == language]
    edition: Language = known[0] if known else settings.PAPER.first_language
    return Stock(edition, now=now())


def _response(page: Page) -> HttpResponse:
    return HttpResponse(dress.document(page.parts, page.language, walled=False))
