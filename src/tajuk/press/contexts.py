"""What templates are given: frozen, complete, free of queries.

Every template of the dress names the one context it takes in its first comment. Addresses are paths
within the site (`/en/maritim/…`), moments are aware and in the paper's time zone, HTML fields are
already safe (`SafeString`), texts are plain.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.safestring import SafeString

from tajuk.paywall.types import Access, Walled
from tajuk.subscriptions.types import Cheapest
from tajuk.terms.language import Language


@dataclass(frozen=True, slots=True)
class Link:
    """A named way to go."""

    text: str
    href: str
    current: bool = False
    children: tuple["Link", ...] = ()


@dataclass(frozen=True, slots=True)
class PictureSource:
    """One `<source>` of a picture."""

    mime: str
    srcset: str


@dataclass(frozen=True, slots=True)
class PictureView:
    """A picture ready for `<picture>`. `sizes` is given by the template that places it."""

    src: str
    width: int
    height: int
    alt: str
    sources: tuple[PictureSource, ...]
    srcset: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Teaser:
    """A story as lists and fronts show it."""

    story_id: int
    href: str
    headline: str
    kicker: str
    standfirst: str
    section: Link
    byline: str
    published_at: datetime
    access: Access
    picture: PictureView | None
    picture_wide: PictureView | None = None
    """In 16:9, for a lead; `picture` is 3:2."""
    is_gallery: bool = False
    """A photo gallery among stories: a camera mark, and `count` pictures."""
    count: int = 0


@dataclass(frozen=True, slots=True)
class PersonView:
    """An author, as bylines and profile pages show one."""

    name: str
    href: str
    role: str = ""
    bio: str = ""
    email: str = ""
    portrait: PictureView | None = None


@dataclass(frozen=True, slots=True)
class SourceView:
    """“As quoted from …”."""

    agency: str
    medium: str
    quoted_on: date | None
    url: str


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A correction and the moment it was posted (the press council's rules ask for both)."""

    note: str
    posted_at: datetime


@dataclass(frozen=True, slots=True)
class AccountView:
    """The doors of readers: to subscribe, to sign in, to their own account."""

    href_subscribe: str
    href_sign_in: str
    href_account: str


@dataclass(frozen=True, slots=True)
class SiteView:
    """What every page knows: the paper, its navigation, the two editions."""

    name: str
    tagline: str
    address: str
    language: Language
    home: str
    """The path of this edition's home front: `/` or `/en/`."""
    prefix: str
    """What stands before every path of this edition: empty or `/en`."""
    today: date
    sections: tuple[Link, ...]
    """The navigation: top sections with their children."""
    hot_topics: tuple[Link, ...]
    house_pages: tuple[Link, ...]
    publisher: str
    email: str
    google_news_url: str
    whatsapp_channel_url: str
    feed: Link
    account: AccountView


@dataclass(frozen=True, slots=True)
class HeadView:
    """What stands in `<head>`."""

    title: str
    description: str
    canonical: str
    """Absolute."""
    alternates: tuple[tuple[str, str], ...]
    """(hreflang, absolute address) pairs, x-default among them; mutual."""
    og_type: str
    og_picture: PictureView | None
    json_ld: tuple[SafeString, ...]
    feeds: tuple[Link, ...] = ()
    robots: str = "max-image-preview:large"
    published_at: datetime | None = None
    updated_at: datetime | None = None
    section: str = ""
    topics: tuple[str, ...] = ()
    newer: str = ""
    older: str = ""
    """Absolute addresses of the neighbouring pages of a paged list."""
    preload_picture: PictureView | None = None
    edition_switch: str = ""
    """The path of this page, or else of the front, in the other edition; empty in a one-language paper."""
    preload_place: str = "story"
    """Where `preload_picture` stands: `story` (a story's lead picture), `lead` (a front's) or `wide` (the photo index's)."""
    authors: tuple[str, ...] = ()
    """Absolute addresses of the authors' profiles, for `article:author`."""


@dataclass(frozen=True, slots=True)
class StoryView:
    """A story's own page."""

    story_id: int
    href: str
    absolute: str
    section: Link
    kicker: str
    headline: str
    standfirst: str
    byline: tuple[PersonView, ...]
    published_at: datetime
    updated_at: datetime | None
    dateline: str
    lead_picture: PictureView | None
    body: SafeString
    preview: SafeString
    """The first paragraphs, for gated stories; safe to give to anybody."""
    access: Access
    sources: tuple[SourceView, ...]
    corrections: tuple[CorrectionView, ...]
    topics: tuple[Link, ...]
    translation: Link | None
    section_id: int = 0


@dataclass(frozen=True, slots=True)
class GateView:
    """The offer under a preview. An empty `href_sign_in`: to somebody who is signed in."""

    walled: Walled
    href_subscribe: str
    href_sign_in: str
    cheapest: Cheapest | None = None
    """The least that opens every story; None while nothing is sold."""


@dataclass(frozen=True, slots=True)
class Gates:
    """The offer to readers nobody knows, and to those who are signed in."""

    unknown: GateView
    signed_in: GateView
    to_register: GateView | None = None
    """To readers nobody knows who may go on once they have an account; only where stories are counted."""


@dataclass(frozen=True, slots=True)
class BlockList:
    """A titled list of teasers: related, other news, latest, recommendations, photos."""

    kind: str
    """`related`, `other`, `latest`, `recommended`, `photos`, `section`; also the class of the list."""
    title: str
    teasers: tuple[Teaser, ...]
    more: Link | None = None
    why: str = ""
    """How the list is made, in a sentence for readers."""


@dataclass(frozen=True, slots=True)
class EpaperCall:
    """The call-out of the day's edition."""

    day: date
    href: str
    code: str
    """The path of the code's picture, which is square."""


@dataclass(frozen=True, slots=True)
class FrontView:
    """A front. `lead` and `seconds` come first; then rows by section."""

    section: Link | None
    description: str
    lead: Teaser | None
    seconds: tuple[Teaser, ...]
    latest: BlockList
    rows: tuple[BlockList, ...]
    photos: BlockList | None


@dataclass(frozen=True, slots=True)
class ListView:
    """A paged list: latest, topic, author, section archive."""

    kind: str
    """`latest`, `topic`, `author`, `section`."""
    title: str
    description: str
    teasers: tuple[Teaser, ...]
    older: str = ""
    newer: str = ""
    person: PersonView | None = None
    feed: Link | None = None


@dataclass(frozen=True, slots=True)
class GalleryView:
    """A photo gallery's own page."""

    gallery_id: int
    href: str
    absolute: str
    headline: str
    standfirst: str
    author: str
    published_at: datetime
    pictures: tuple[PictureView, ...]


@dataclass(frozen=True, slots=True)
class PhotoIndexView:
    """All galleries, newest first."""

    lead: Teaser | None
    teasers: tuple[Teaser, ...]
    older: str = ""
    newer: str = ""


@dataclass(frozen=True, slots=True)
class EditionView:
    """The day's edition: its stories by section."""

    day: date
    rows: tuple[BlockList, ...]
    previous: str
    following: str


@dataclass(frozen=True, slots=True)
class HousePageView:
    """About, contact, guidelines, corrections, privacy, terms."""

    slug: str
    headline: str
    standfirst: str
    body: SafeString
    updated_at: datetime
    corrected: tuple[tuple[Link, CorrectionView], ...] = ()
    """On the corrections page: the latest corrections and their stories."""


@dataclass(frozen=True, slots=True)
class SearchView:
    """Search, with what was asked."""

    query: str
    results: tuple[Teaser, ...]
    latest: str
    """Where the latest stories stand, for those who found none."""
    older: str = ""
    newer: str = ""
    total: int | None = None


@dataclass(frozen=True, slots=True)
class GoneView:
    """A page that is not here (404) or was withdrawn (410, with the reason and its time)."""

    status: int
    headline: str = ""
    reason: str = ""
    gone_at: datetime | None = None
    latest: BlockList | None = None


@dataclass(frozen=True, slots=True)
class AdvertisementView:
    """What stands in a placement."""

    placement: str
    advertiser: str
    headline: str
    href: str
    picture: PictureView


@dataclass(frozen=True, slots=True)
class AsideView:
    """What stands beside every story and list of an edition, the same for all of them."""

    latest: BlockList | None
    """Nothing under the list of the latest itself."""
    hot_topics: tuple[Link, ...] = ()
    recommended: BlockList | None = None
    photos: BlockList | None = None
    epaper: EpaperCall | None = None


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph (or several); `html` holds its `<p>`. The first of a story carries the dateline."""

    html: SafeString
    dateline: str = ""
    """The place, as the desk wrote it; empty for all but the first paragraph."""
    paper: str = ""
    """The paper's name, which stands before the place."""


@dataclass(frozen=True, slots=True)
class HeadingView:
    """A heading inside a story."""

    text: str


@dataclass(frozen=True, slots=True)
class QuotationView:
    """Somebody's words."""

    text: str
    speaker: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class BodyPictureView:
    """A picture in the text, with the caption it has there."""

    picture: PictureView


@dataclass(frozen=True, slots=True)
class BodyGalleryView:
    """Several pictures in the text."""

    pictures: tuple[PictureView, ...]
    headline: str = ""


@dataclass(frozen=True, slots=True)
class ItemsView:
    """A list; `html` holds its `<ul>` or `<ol>`."""

    html: SafeString


@dataclass(frozen=True, slots=True)
class TableView:
    """A table whose first row is its heading."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class EmbedView:
    """Something of another site's, asked for only by a click."""

    title: str
    host: str
    href: str
    """Its page, for readers without JavaScript."""
    frame: str = ""
    """The address to show in a frame; empty when it can only be visited."""


@dataclass(frozen=True, slots=True)
class RelatedStoryView:
    """Another story, as a line of its own in the text."""

    teaser: Teaser


@dataclass(frozen=True, slots=True)
class BoxView:
    """A highlighted box."""

    html: SafeString
    headline: str = ""


BlockView = (
    ParagraphView | HeadingView | QuotationView | BodyPictureView | BodyGalleryView | ItemsView
    | TableView | EmbedView | RelatedStoryView | BoxView
)  # fmt: skip
