"""What a press run has at hand for one edition: everything its pages share, read once.

A run makes one `Stock` an edition after taking its run number, uses it for all its pages, and drops it: what
it read is true for that run. Texts come in the edition's language: work inside `speaking`.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tajuk.advertising import queries as advertising
from tajuk.channels import structured_data
from tajuk.channels.queries import Feed, feed_href
from tajuk.discovery import queries as discovery
from tajuk.discovery.types import Shelf
from tajuk.epaper import queries as epaper
from tajuk.newsroom import queries as newsroom
from tajuk.newsroom.types import SectionTree, TeaserFacts
from tajuk.paywall.policy import WallPolicy
from tajuk.pictures import queries as pictures
from tajuk.pictures.types import Crop, GalleryLine, PictureFacts
from tajuk.press import typesetting
from tajuk.press.contexts import (
    AccountView,
    AdvertisementView,
    AsideView,
    BlockList,
    EpaperCall,
    Link,
    SiteView,
    Teaser,
)
from tajuk.subscriptions import queries as subscriptions
from tajuk.subscriptions.types import Cheapest
from tajuk.terms import addresses
from tajuk.terms.ids import PictureId, SectionId, StoryId
from tajuk.terms.language import Language
from tajuk.terms.paper import Paper
from tajuk.wall import queries as wall

LATEST = 8
OTHER = 6
RECOMMENDED = 5
PHOTOS = 4
PHOTOS_ASIDE = 2
HOT = 8
LEADING = (Crop.STANDARD, Crop.WIDE, Crop.CINEMA)
"""The cuts of a lead: in the page, and for those who show the page elsewhere."""
_MOST_KEPT = 20_000
_NEWEST = 60
_ROW = 12


class Stock:
    """Facts and views that the pages of one edition share. Reads on first use; later uses are free."""

    def __init__(self, language: Language, *, now: datetime) -> None:
        """For a run that began at `now`."""
        self.language = language
        self.now = now
        self.paper: Paper = settings.PAPER
        self.prefix = addresses.prefix(language, first=self.paper.first_language)
        self._pictures: dict[PictureId, PictureFacts | None] = {}
        self._other: dict[SectionId, BlockList] = {}
        self._teasers: dict[StoryId, TeaserFacts] = {}
        self._along: tuple[TeaserFacts, ...] = ()
        """Their pictures are read with the first that are asked for."""
        self._made: dict[bool, dict[StoryId, tuple[TeaserFacts, Teaser]]] = {False: {}, True: {}}

    def speaking(self) -> Any:
        """Inside this `with`, texts are in the edition's language."""
        return translation.override(self.language.value)

    @cached_property
    def cheapest(self) -> Cheapest | None:
        """The least that opens every story; None while nothing is sold."""
        with self.speaking():
            return subscriptions.cheapest(self.language)

    @cached_property
    def wall(self) -> WallPolicy:
        """The policy of the wall."""
        return wall.policy()

    @cached_property
    def tree(self) -> SectionTree:
        """All sections."""
        return newsroom.sections(self.language)

    @cached_property
    def shelf(self) -> Shelf:
        """The newest stories of every section."""
        return discovery.shelf(self.language)

    @cached_property
    def site(self) -> SiteView:
        """What every page knows."""
        paper = self.paper
        sections = tuple(
            Link(
                top.name, top.href,
                children=tuple(typesetting.section_link(each) for each in self.tree.children(top.section_id)),
            )
            for top in self.tree.top()
        )  # fmt: skip
        return SiteView(
            name=paper.name,
            tagline=paper.taglines.get(self.language, ""),
            address=paper.address,
            language=self.language,
            home=self.prefix + addresses.front(),
            prefix=self.prefix,
            today=self.now.astimezone(paper.time_zone).date(),
            sections=sections,
            hot_topics=self.hot_topics,
            house_pages=tuple(
                Link(each.headline, self.prefix + addresses.house_page(each.slug))
                for each in newsroom.house_pages(self.language)
            ),
            publisher=paper.publisher,
            email=paper.email,
            google_news_url=paper.google_news_url,
            whatsapp_channel_url=paper.whatsapp_channel_url,
            feed=Link(_("RSS: %(paper)s") % {"paper": paper.name}, feed_href(Feed(self.language))),
            account=self.account,
        )

    @cached_property
    def hot_topics(self) -> tuple[Link, ...]:
        """The topics with the most stories this week."""
        topics = discovery.hot_topics(self.language, now=self.now, at_most=HOT)
        return tuple(Link(each.name, each.href) for each in topics)

    @cached_property
    def latest_facts(self) -> tuple[TeaserFacts, ...]:
        """The newest stories of the edition."""
        return self.facts_in_order(self.shelf.latest(LATEST))

    @cached_property
    def aside(self) -> AsideView:
        """What stands beside every story and list."""
        since = self.now - timedelta(hours=self.paper.front_placement_hours)
        chosen = discovery.recommended(
            self.language, placed_since=since, at_most=RECOMMENDED + LATEST
        )
        shown = {each.story_id for each in self.latest_facts}
        fresh = self.facts_in_order(each for each in chosen if each not in shown)[:RECOMMENDED]
        return AsideView(
            latest=self.latest_list(self.teasers(self.latest_facts)),
            hot_topics=self.hot_topics,
            recommended=self.listed("recommended", _("We recommend"), self.teasers(fresh)),
            photos=self.photos(at_most=PHOTOS_ASIDE),
            epaper=self.epaper,
        )

    @cached_property
    def other_ids(self) -> dict[SectionId, tuple[StoryId, ...]]:
        """The other news beside the stories of each section."""
        return {
            each.section_id: discovery.other_news(
                each.section_id, self.shelf, at_most=OTHER, latest=LATEST
            )
            for each in self.tree
        }

    def other(self, section_id: SectionId) -> BlockList:
        """The other news beside the stories of a section."""
        if section_id not in self._other:
            self.facts(each for ids in self.other_ids.values() for each in ids)
            told = self.teasers(self.facts_in_order(self.other_ids[section_id]))
            self._other[section_id] = self.listed("other", _("Other news"), told)
        return self._other[section_id]

    @cached_property
    def epaper(self) -> EpaperCall | None:
        """The call-out of the newest edition."""
        day = epaper.latest_day(self.language)
        if day is None:
            return None
        return EpaperCall(
            day=day,
            href=self.prefix + addresses.edition(day),
            code=self.prefix + addresses.edition_code(day),
        )

    @cached_property
    def account(self) -> AccountView:
        """The readers' doors."""
        return AccountView(
            href_subscribe=self.prefix + addresses.subscribe(),
            href_sign_in=self.prefix + addresses.sign_in(),
            href_account=self.prefix + addresses.account(),
        )

    @cached_property
    def organization(self) -> SafeString:
        """The paper, as structured data says it."""
        logo = self.paper.address + static("dress/icon-512.png")
        return script(structured_data.organization(self.paper, logo=logo))

    @property
    def photos_link(self) -> Link:
        """The way to the photo index."""
        return Link(_("Photos"), self.prefix + addresses.photos())

    @cached_property
    def advertisements(self) -> dict[str, AdvertisementView]:
        """What runs in the placements now, by placement."""
        running = advertising.running(self.language, now=self.now)
        files = self.pictures((each.picture for each in running.values()), [Crop.WHOLE])
        views: dict[str, AdvertisementView] = {}
        for place, each in running.items():
            picture = typesetting.picture(files.get(each.picture), Crop.WHOLE)
            if picture is not None:
                views[place.value] = AdvertisementView(
                    place.value, each.advertiser, each.headline, each.url, picture
                )
        return views

    def photos(self, *, at_most: int = PHOTOS, leave_out: int | None = None) -> BlockList | None:
        """The newest galleries, or None where there is none."""
        lines = [each for each in self._galleries if each.gallery_id != leave_out][:at_most]
        if not lines:
            return None
        return self.listed(
            "photos", _("Photos"), self.gallery_teasers(lines),
            more=Link(_("All photos"), self.photos_link.href),
        )  # fmt: skip

    @cached_property
    def _galleries(self) -> tuple[GalleryLine, ...]:
        return pictures.latest_galleries(self.language, at_most=PHOTOS + 1).galleries

    def latest_list(self, teasers: tuple[Teaser, ...]) -> BlockList:
        """The newest stories, with the way to all of them."""
        more = Link(_("All the latest"), self.prefix + addresses.latest())
        return self.listed("latest", _("Latest"), teasers, more=more)

    def listed(
        self, kind: str, title: str, teasers: tuple[Teaser, ...], *, more: Link | None = None
    ) -> BlockList:
        """A titled list that says how it is made."""
        why = discovery.WHY.get(kind)
        return BlockList(kind, title, teasers, more, str(why) if why else "")

    def facts(self, story_ids: Iterable[int]) -> dict[StoryId, TeaserFacts]:
        """These stories as lists know them; each is read once a run."""
        wanted = {StoryId(each) for each in story_ids}
        missing = wanted - self._teasers.keys()
        if missing:
            is_first = not self._teasers
            if is_first:
                missing |= self._wanted_anyway()
            elif len(self._teasers) > _MOST_KEPT:
                self._teasers.clear()
                missing = wanted
            self._teasers.update(newsroom.teasers(missing, self.language))
            if is_first:
                self._along = tuple(self._teasers.values())
        return {each: self._teasers[each] for each in wanted if each in self._teasers}

    def _wanted_anyway(self) -> set[StoryId]:
        """What the fronts and what stands beside stories will ask for: read with the first, not in a dozen small reads."""
        rows = (self.shelf.within(top.section_id)[:_ROW] for top in self.tree.top())
        newest = {StoryId(each) for row in rows for _, each in row}
        return newest.union(self.shelf.latest(_NEWEST), *self.other_ids.values())

    def facts_in_order(self, story_ids: Iterable[StoryId]) -> tuple[TeaserFacts, ...]:
        """These stories as lists know them, in this order."""
        wanted = list(story_ids)
        found = self.facts(wanted)
        return tuple(found[each] for each in wanted if each in found)

    def pictures(
        self, picture_ids: Iterable[PictureId | None], crops: Collection[Crop]
    ) -> dict[PictureId, PictureFacts]:
        """These pictures in these crops; each is read once a run."""
        wanted = {each for each in picture_ids if each}
        missing = {each for each in wanted if not self._has(each, crops)}
        if missing:
            if len(self._pictures) > _MOST_KEPT:
                self._pictures.clear()
                missing = wanted
            found = pictures.pictures(missing, crops=crops)
            for each in missing:
                before, facts = self._pictures.get(each), found.get(each)
                if before is not None and facts is not None:
                    facts = replace(facts, cuts={**before.cuts, **facts.cuts})
                self._pictures[each] = facts
        return {each: facts for each in wanted if (facts := self._pictures[each]) is not None}

    def _has(self, picture_id: PictureId, crops: Collection[Crop]) -> bool:
        if picture_id not in self._pictures:
            return False
        facts = self._pictures[picture_id]
        return facts is None or all(crop in facts.cuts for crop in crops)

    def teasers(self, facts: Iterable[TeaserFacts], *, is_wide: bool = False) -> tuple[Teaser, ...]:
        """Teasers with their pictures, each made once a run; `is_wide` adds the cuts of a lead."""
        row = tuple(facts)
        made = self._made[is_wide]
        missing = [each for each in row if made.get(each.story_id, (None,))[0] is not each]
        if missing:
            if len(made) > _MOST_KEPT:
                made.clear()
                missing = list(row)
            shown = missing
            if not is_wide:
                shown, self._along = [*missing, *self._along], ()
            crops = LEADING if is_wide else [Crop.STANDARD]
            files = self.pictures((each.picture for each in shown), crops)
            zone = self.paper.time_zone
            made.update(
                (each.story_id, (each, typesetting.teaser(each, files, zone))) for each in missing
            )
        return tuple(made[each.story_id][1] for each in row)

    def gallery_teasers(
        self, lines: Iterable[GalleryLine], *, is_wide: bool = False
    ) -> tuple[Teaser, ...]:
        """Galleries as teasers."""
        row = tuple(lines)
        crops = [Crop.STANDARD, Crop.WIDE] if is_wide else [Crop.STANDARD]
        files = self.pictures((each.first_picture for each in row), crops)
        zone, photos = self.paper.time_zone, self.photos_link
        return tuple(typesetting.gallery_teaser(each, files, zone, photos) for each in row)

    def other_edition(self, path: str) -> str:
        """A path within the edition, in the other one; empty in a paper of one language."""
        for language in self.paper.languages:
            if language is not self.language:
                return addresses.prefix(language, first=self.paper.first_language) + path
        return ""

    def mirrored(self, path: str) -> tuple[tuple[str, str], ...]:
        """hreflang of a path that stands in both editions alike (fronts, lists)."""
        if self.paper.second_language is None:
            return ()
        first = self.paper.first_language
        pairs = [
            (each.value, self.paper.address + addresses.prefix(each, first=first) + path)
            for each in self.paper.languages
        ]
        return (*pairs, ("x-default", pairs[0][1]))


def script(data: dict[str, Any]) -> SafeString:
    """Structured data, safe in a script element."""
    text: SafeString = mark_safe(structured_data.spelled(data))  # noqa: S308  its `<` are written as escapes
    return text
