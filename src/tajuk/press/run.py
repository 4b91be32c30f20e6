"""A press run: takes its number, reads, renders, and puts all it made into the store in one batch."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import datetime

from django.conf import settings

from tajuk.contracts.caches import EVERYTHING
from tajuk.contracts.networks import NETWORKS, NetworkTable
from tajuk.contracts.pages import (
    WHOLE,
    PagePlan,
    Standing,
    account_key,
    meter_key,
    placement_key,
    tail_key,
)
from tajuk.contracts.wall import WALL, packed_wall, unpacked_wall
from tajuk.newsroom import queries as newsroom
from tajuk.newsroom.types import SectionTree, StoryFacts
from tajuk.paywall.policy import WallPolicy
from tajuk.press import dress, keys
from tajuk.press.dress import Account, Own, Shared, Tail
from tajuk.press.finding import Moved, Nothing, what_stands_at
from tajuk.press.page import Page, Written, redirect, shared_fragment, written
from tajuk.press.pages.plain import not_here
from tajuk.press.pages.story import story_pages
from tajuk.press.stock import Stock
from tajuk.store import Batch, PageStore
from tajuk.subscriptions import queries as subscriptions
from tajuk.terms.ids import StoryId, TopicId
from tajuk.terms.language import Language
from tajuk.terms.paper import Paper
from tajuk.terms.routes import Elsewhere, StoryRoute, route_of

ACCOUNT_ROOM = 6144
"""Bytes to which account bars are filled up with blanks (a few bytes on the wire): with a slot of a fixed length in
between, the head and the story of a page are compressed as one. A navigation that needs more is left as it is, and
so is what stands around it.
"""
_MOST_KEPT = 500
"""Whole stories at hand; a run over an archive must not hold all of it."""


class Run:
    """One run of the press. What it reads, it reads after its number was taken, so that of two runs the one
    that read later wins, in whichever order they finish.
    """

    def __init__(self, store: PageStore, *, now: datetime) -> None:
        """Takes the number."""
        self.store = store
        self.paper: Paper = settings.PAPER
        self.now = now
        self.number = store.next_run()
        self._trees: dict[Language, SectionTree] = {}
        self._stories: dict[StoryId, StoryFacts | None] = {}
        self._stocks: dict[Language, Stock] = {}
        self._plans: dict[str, PagePlan] = {}
        self._fragments: dict[str, bytes] = {}
        self._marks: dict[str, bytes] = {}
        self._together: list[tuple[str, ...]] = []
        self._standing: set[str] = set()
        self._has_room: dict[str, bool] = {}
        self._has_outgrown = False

    def stock(self, language: Language) -> Stock:
        """What the pages of an edition share, read once in this run."""
        if language not in self._stocks:
            self._stocks[language] = Stock(language, now=self.now)
        return self._stocks[language]

    def reading(self) -> AbstractContextManager[None]:
        """Inside this `with`, the sections are read once."""
        return newsroom.keeping_sections(self._trees)

    def stories(self, story_ids: Iterable[int]) -> dict[StoryId, StoryFacts]:
        """The published ones among these stories, whole; each is read once a run."""
        wanted = [StoryId(each) for each in story_ids]
        if len(self._stories) > _MOST_KEPT:
            self._stories.clear()
        missing = [each for each in wanted if each not in self._stories]
        if missing:
            found = newsroom.stories(missing)
            self._stories.update({each: found.get(each) for each in missing})
        return {each: facts for each in wanted if (facts := self._stories[each]) is not None}

    def add(self, made: Written) -> None:
        """Something to be put into the store."""
        self._plans[made.path] = made.plan
        self._fragments.update(made.fragments)
        if made.language is None:
            return
        self._lay(made.shared, made.language)
        self._lay_accounts(made.accounts)
        for tail in made.tails:
            language = made.language.value
            kinds = dress.tail_parts(tail, {})  # the same, whatever is sold
            if any(self._lacks(tail_key(language, tail.section, kind)) for kind in kinds):
                self._add_tails([tail], made.language)
        if made.together and all(self._fits(each) for each in made.accounts):
            self._together = [each for each in self._together if each[0] != made.together[0]]
            self._together.append(made.together)

    def add_page(self, page: Page) -> None:
        """A page to be rendered and put into the store."""
        with self.stock(page.language).speaking():
            self.add(written(page))

    def add_stories(self, story_ids: Iterable[int]) -> set[StoryId]:
        """The pages of those among these stories that are published, and the ways there from where they stood before;
        their ids.
        """
        found = self.stories(story_ids)
        for path, (story_id, href) in newsroom.redirects(found.keys()).items():
            if isinstance(route_of(path, self.paper), StoryRoute | Elsewhere):
                self.add(redirect(path, href, keys.page_of_story(story_id)))
            else:
                self.add_paths(
                    [path]
                )  # a section or a page of the house may have taken the address
        for language in self.paper.languages:
            told = [each for each in found.values() if each.teaser.language is language]
            if told:
                stock = self.stock(language)
                with stock.speaking():
                    for page in story_pages(told, stock):
                        self.add(written(page))
        return set(found)

    def add_paths(self, paths: Iterable[str]) -> None:
        """Whatever stands at these paths now: a page, the way to where it moved, or that it is not there."""
        for path in paths:
            if path in self._plans:
                continue
            match what_stands_at(path, self.stock):
                case Written() as made:
                    self.add(made)
                case Moved(location):
                    # Only paths that stood in the store come here, and those never move for now only.
                    match route_of(path, self.paper):
                        case StoryRoute(_, story_id):
                            self.add(redirect(path, location, keys.page_of_story(story_id)))
                        case _:
                            self.add(redirect(path, location))
                case Nothing(language):
                    self.add_absence(path, language)

    def add_absence(self, path: str, language: Language) -> None:
        """The 404 page at a path where something stood once."""
        self._plans[path] = self.not_here(language)

    def not_here(self, language: Language) -> PagePlan:
        """The 404 page of an edition, made once a run."""
        path = keys.not_here(language)
        if path not in self._plans:
            self.add_page(not_here(self.stock(language)))
        return self._plans[path]

    def add_shared(self, language: Language) -> None:
        """What many pages of an edition share: the foot, the account bars, the notices of the meter, the tails; and the
        policy of the wall, which follows the tree of sections.
        """
        self.add_wall()
        name, raw = shared_fragment(dress.foot_part(self.stock(language).site), language)
        self._fragments[name] = raw
        self.add_accounts(language)
        self.add_meter(language)
        self.add_tails(language)

    def freshen(self, language: Language) -> None:
        """Of that, what shows stories and topics; the 404 page, too, which shows the latest wherever it stands."""
        self.add_accounts(language, [self.stock(language).site.home])
        self.add_tails(language)
        self.not_here(language)

    def add_tails(self, language: Language) -> None:
        """What closes the lists, and the stories of every section."""
        stock = self.stock(language)
        with stock.speaking():
            of_sections = [
                Tail(stock.site, stock.aside, each.href, stock.other(each.section_id))
                for each in stock.tree
            ]
            of_lists = [Tail(stock.site, stock.aside), dress.under_latest(stock.site, stock.aside)]
            self._add_tails([*of_lists, *of_sections], language)

    def _add_tails(self, tails: Iterable[Tail], language: Language) -> None:
        """Most of their parts are of the same views: each of these is rendered once."""
        sold = self._sold(language)
        made: dict[tuple[str, tuple[int, ...]], tuple[str, Own]] = {}
        for tail in tails:
            for kind, parts in dress.tail_parts(tail, sold).items():
                html = []
                for part in parts:
                    views = part.template, tuple(map(id, part.context.values()))
                    if views not in made:
                        made[views] = dress.rendered(part, language), part  # kept: so its id is
                    html.append(made[views][0])
                self._fragments[tail_key(language.value, tail.section, kind)] = "".join(
                    html
                ).encode()

    def add_no_picks(self, topic_id: TopicId, language: Language) -> None:
        """Nothing for the readers who follow a topic that is no more."""
        self._fragments[keys.picks_of_topic(language, topic_id)] = b""

    def paths(self) -> set[str]:
        """The paths added since the last commit."""
        return set(self._plans)

    def add_accounts(self, language: Language, places: Iterable[str] | None = None) -> None:
        """The account bar with the masthead, for readers of every standing: everywhere, or at these places."""
        site = self.stock(language).site
        for place in dress.places(site) if places is None else places:
            roomy = []
            for standing in Standing:
                parts = dress.account_part(site, place, standing)
                key = account_key(language.value, place, standing)
                raw = dress.joined(parts, language).encode()
                self._fragments[key] = raw.ljust(ACCOUNT_ROOM, b" ")
                roomy.append(len(raw) <= ACCOUNT_ROOM)
            key = account_key(language.value, place, Standing.UNKNOWN)
            self._has_room[key] = all(roomy)
            if not all(roomy):
                before = self.store.fragment(key)
                # Every page that leans over the old ones has to be pressed anew: see `site.rebuild`.
                self._has_outgrown |= before is not None and before.raw_length == ACCOUNT_ROOM

    def add_meter(self, language: Language) -> None:
        """The notices of how many metered stories are left."""
        stock = self.stock(language)
        meter = stock.wall.meter
        if meter is None:
            return
        for standing in Standing:
            is_registered = standing is not Standing.UNKNOWN
            for left in range(meter.stories):
                part = dress.meter_part(
                    stock.site, left, days=meter.window.days,
                    may_register=not is_registered and meter.unregistered is not None,
                )  # fmt: skip
                key = meter_key(language.value, left, standing)
                self._fragments[key] = dress.rendered(part, language).encode()

    def add_wall(self) -> None:
        """The policy of the wall and the networks of groups, the newsstand's own copy; where stories change from counted to closed or back, the
        offers under their previews are pressed anew with everything else.
        """
        policy = self.stock(self.paper.first_language).wall
        standing = self.store.mark(WALL)
        before = None if standing is None else unpacked_wall(standing)
        if before is not None and _for_subscribers(before) != _for_subscribers(policy):
            self._has_outgrown = True
        self._marks[WALL] = packed_wall(policy)
        for language in self.paper.languages:
            self._offer(self.stock(language))
        table = NetworkTable(subscriptions.networks(now=self.now))
        self._marks[NETWORKS] = table.packed()

    def _offer(self, stock: Stock) -> None:
        """What the gates offer: where that changes they are all pressed anew, after what is news."""
        offered = repr(stock.cheapest).encode()
        name = f"offer-{stock.language}"
        before = self.store.mark(name)
        self._has_outgrown |= before is not None and before != offered
        self._marks[name] = offered

    def add_placements(self, language: Language) -> None:
        """What stands in each placement that has a slot; nothing where nothing runs. The others stand in the tails."""
        with self.stock(language).speaking():
            sold = self._sold(language)
            for place in dress.PLACEMENTS_IN_SLOTS:
                html = dress.rendered(sold[place], language) if place in sold else ""
                self._fragments[placement_key(place, language.value)] = html.encode()

    def _sold(self, language: Language) -> dict[str, Own]:
        """The advertisements that run now, by placement."""
        stock = self.stock(language)
        return {
            place: dress.placement_part(stock.site, each)
            for place, each in stock.advertisements.items()
        }

    def mark_whole(self, made_from: str, *, only_in: bytes) -> None:
        """Everything there is has been pressed: what the store doesn't hold isn't there. See `edge.directory`.

        Unless the store is no longer the one in which the pressing began: then much of it was lost.
        """
        with self._batch() as batch:
            batch.put_mark(WHOLE, made_from.encode(), only_in=only_in)
            # A store made anew doesn't know what it said before it was lost.
            batch.forget(EVERYTHING)

    def commit(self) -> int:
        """Puts everything into the store in one transaction; how many plans. The run may go on."""
        if self._plans and WALL not in self._marks and self.store.mark(WALL) is None:
            self.add_wall()  # a store made anew: no page is met without the manager's wall
        together = [name for names in self._together for name in names]
        with self._batch() as batch:
            for name, value in self._marks.items():
                batch.put_mark(name, value)
            if self._has_outgrown:
                batch.put_mark(WHOLE, b"")
            for first, *then in self._together:
                pieces = [(name, self._fragments[name]) for name in (first, *then)]
                batch.put_together(pieces[0], ACCOUNT_ROOM, pieces[1:])
            for name in self._fragments.keys() - together:
                batch.put_fragment(name, self._fragments[name])
            for path, plan in self._plans.items():
                batch.put_plan(path, plan)
        pressed = len(self._plans)
        self._standing.update(self._fragments)
        self._plans.clear()
        self._marks.clear()
        self._together.clear()
        self._fragments.clear()
        return pressed

    def _batch(self) -> AbstractContextManager[Batch]:
        return self.store.batch(self.number, for_caches=bool(self.paper.purge_urls))

    def _lay(self, parts: Iterable[Shared], language: Language) -> None:
        """Shared parts that a page stands on and the store lacks."""
        for part in parts:
            name = keys.shared(language, part.name)
            if self._lacks(name):
                _, self._fragments[name] = shared_fragment(part, language)

    def _lay_accounts(self, accounts: Iterable[Account]) -> None:
        for account in accounts:
            language = account.site.language
            place = account.place
            if any(self._lacks(account_key(language.value, place, each)) for each in Standing):
                with self.stock(language).speaking():
                    self.add_accounts(language, [account.place])
                    self.add_meter(language)

    def _fits(self, account: Account) -> bool:
        """Whether these account bars, of readers of every standing, are of the fixed length."""
        language = account.site.language.value
        names = [account_key(language, account.place, each) for each in Standing]
        if names[0] not in self._has_room:
            found = [self.store.fragment(each) for each in names]
            fits = all(each is not None and each.raw_length == ACCOUNT_ROOM for each in found)
            self._has_room[names[0]] = fits
        return self._has_room[names[0]]

    def _lacks(self, name: str) -> bool:
        if name in self._fragments or name in self._standing:
            return False
        if self.store.fragment(name) is None:
            return True
        self._standing.add(name)
        return False


def _for_subscribers(policy: WallPolicy) -> tuple[bool, frozenset[int]]:
    """Where metered stories are for subscribers: in the paper, and the sections that differ from it."""
    in_paper = policy.meter is None
    differing = (each for each in policy.sections if policy.is_for_subscribers(each) != in_paper)
    return in_paper, frozenset(differing)
