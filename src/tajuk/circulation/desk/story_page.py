"""“Why can or can't this reader read this story?”, step by step, in plain words."""

from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address, ip_network
from typing import Any, ClassVar, assert_never
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.base import BaseObjectMixin

from tajuk.accounts.models import User
from tajuk.circulation import queries
from tajuk.circulation.desk import words
from tajuk.circulation.desk.explain import Asked, Card, Case, Change, Story, cases, pass_of
from tajuk.circulation.desk.holdings import Holding, holdings
from tajuk.circulation.desk.permissions import Duty, Guarded
from tajuk.circulation.models import Grant
from tajuk.circulation.sign_ins import sign_ins_of
from tajuk.newsroom import queries as newsroom
from tajuk.newsroom.types import Away, Killed, Live, TeaserFacts, Unknown
from tajuk.paywall.types import Access, Entitlement, Open, Walled, Why
from tajuk.subscriptions import queries as subscriptions
from tajuk.subscriptions.desk_queries import file_of
from tajuk.terms.clock import now
from tajuk.terms.ids import StoryId
from tajuk.terms.routes import StoryRoute, route_of
from tajuk.wall import queries as wall

_LONGEST_NUMBER = 18
CHANGES: dict[Change, words.Text] = {
    Change.SIGN_IN: _("signing in"),
    Change.SUBSCRIBE: _("a subscription or a grant of “Every story”"),
    Change.NEW_WINDOW: _("a new window of the meter"),
    Change.GIFT_LINK: _("a gift link to this story"),
    Change.SIGN_OUT: _("being signed out"),
    Change.METER_SPENT: _("opening as many stories as the meter allows"),
    Change.SUBSCRIPTION_ENDS: _("the end of “Every story”"),
    Change.ELSEWHERE: _("reading from another network"),
}
WALLED: dict[Why, words.Text] = {
    Why.REGISTER: _("can’t read it: is asked to make an account"),
    Why.SIGN_IN: _("can’t read it: is asked to sign in"),
    Why.SUBSCRIBE: _("can’t read it: is offered a subscription"),
    Why.METER_SPENT: _("can’t read it: is told that the meter is spent"),
}
CARDS: dict[Card, words.Text] = {
    Card.OWN: _("with their own meter"),
    Card.FRESH: _("in a browser that has opened nothing yet"),
    Card.SPENT: _("in a browser whose meter is spent"),
}


class StoryForm(forms.Form):
    """Which story."""

    story = forms.CharField(
        label=_("Story"),
        max_length=500,
        help_text=_("Its address as the reader has it, or its number."),
    )
    place = forms.GenericIPAddressField(
        label=_("Network address"),
        required=False,
        help_text=_(
            "From which they read, where it is known: 203.0.113.7. A group’s network may open more."
        ),
    )


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the explanation."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One situation in words."""

    situation: str
    is_open: bool
    answer: str
    changes: str
    """What single thing would turn it round; empty for nothing."""


class StoryPage(Guarded, BaseObjectMixin, WagtailAdminTemplateMixin, TemplateView):
    """The explanation for one reader and one story."""

    model = User
    duties: ClassVar = (Duty.SEE_READERS,)
    template_name = "circulation/desk/story.html"
    page_title = _("Why can or can’t they read it?")
    header_icon = "help"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Readers, the reader, this page."""
        reader_url = reverse("readers:reader", args=[self.object.pk])
        return [
            *self.breadcrumbs_items,
            {"url": reverse("readers:index"), "label": _("Readers")},
            {"url": reader_url, "label": str(self.object)},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form, and the explanation when a story was asked for."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        form = StoryForm(self.request.GET if "story" in self.request.GET else None)
        context.update(reader=self.object, form=form)
        if form.is_bound and form.is_valid():
            asked = form.cleaned_data["story"]
            story_id = story_number(asked)
            found = (
                _published(story_id) if story_id is not None else gettext("There is no such story.")
            )
            if isinstance(found, str):
                form.add_error("story", found)
            else:
                context.update(self._explained(found, form.cleaned_data["place"]))
        return context

    def _explained(self, story: TeaserFacts, address: str) -> dict[str, Any]:
        moment, reader_id = now(), self.object.pk
        row = queries.reader_row(reader_id, now=moment)
        grants = Grant.objects.filter(reader=self.object).exclude(ends_at__lte=moment)
        held = holdings(row, file_of(reader_id, now=moment), grants, now=moment)
        asked = Asked(
            story=Story(story.story_id, story.section.section_id, story.access),
            policy=wall.policy(),
            own_pass=pass_of(reader_id, row, now=moment),
            own_card=wall.cards([reader_id], now=moment).get(reader_id),
            now=moment,
            place=_given_at(address, now=moment) if address else frozenset(),
        )
        found = cases(asked)
        sign_ins = sign_ins_of(reader_id, now=moment, here="")
        steps = [
            _story_step(story),
            _account_step(len(sign_ins), is_active=row.is_active),
            _pass_step(held),
            *([_place_step(asked.place)] if address else []),
            _meter_step(asked, found),
        ]
        return {
            "story": story,
            "story_url": f"{settings.PAPER.address}{story.href}",
            "steps": steps,
            "verdict": _verdict(found),
            "cases": [_line(each, can_sign_in=row.is_active) for each in found],
        }


def _given_at(address: str, *, now: datetime) -> frozenset[Entitlement]:
    """What groups' networks give to whoever reads from this address. One query."""
    at = ip_address(address)
    return frozenset(
        each
        for row in subscriptions.networks(now=now)
        if at in ip_network(row.network) and row.starts_at <= now < row.ends_at
        for each in row.entitlements
    )


def story_number(asked: str) -> StoryId | None:
    """The story that is meant: a number, an address of the paper's, or one it had before. One query at most."""
    text = asked.strip()
    if text.isdecimal():
        return StoryId(int(text)) if len(text) <= _LONGEST_NUMBER else None
    try:
        path = urlsplit(text).path or "/"
    except ValueError:
        return None
    route = route_of(path, settings.PAPER)
    return route.story_id if isinstance(route, StoryRoute) else newsroom.story_at_old_path(path)


def _published(story_id: StoryId) -> TeaserFacts | str:
    """The story, or why nobody can read it whoever they are."""
    match newsroom.fate(story_id):
        case Live(language=language):
            found = newsroom.teasers([story_id], language).get(story_id)
            return found or gettext("This story was taken back a moment ago.")
        case Killed(headline=headline, reason=reason):
            return gettext("“%(headline)s” was killed: nobody can read it. %(reason)s") % {
                "headline": headline, "reason": reason,
            }  # fmt: skip
        case Away():
            return gettext("This story isn’t published: nobody outside the desk can read it.")
        case Unknown():
            return gettext("There is no such story.")
        case other:
            assert_never(other)


def _story_step(story: TeaserFacts) -> Step:
    text = gettext("“%(headline)s” is %(access)s.") % {
        "headline": story.headline,
        "access": words.ACCESS[story.access],
    }
    return Step(gettext("The story"), text)


def _account_step(sign_ins: int, *, is_active: bool) -> Step:
    if not is_active:
        text = gettext("This account may not sign in: to the newsstand its owner is a stranger.")
    elif not sign_ins:
        text = gettext("They are signed in nowhere at present, so they read as a stranger does.")
    else:
        text = ngettext(
            "They are signed in on %(count)d device. On any other they read as a stranger does.",
            "They are signed in on %(count)d devices. On any other they read as a stranger does.",
            sign_ins,
        ) % {"count": sign_ins}
    return Step(gettext("The account"), text)


def _pass_step(held: tuple[Holding, ...]) -> Step:
    name = gettext("The pass")
    if not held:
        return Step(name, gettext("It holds nothing beyond the sign-in itself."))
    told = []
    for each in held:
        why = "; ".join(f"{reason.what}, {reason.until}" for reason in each.reasons)
        told.append(f"{each.name} ({why})" if why else str(each.name))
    return Step(name, gettext("It holds: %(what)s.") % {"what": ", ".join(told)})


def _place_step(place: frozenset[Entitlement]) -> Step:
    name = gettext("The network")
    if not place:
        return Step(name, gettext("Their address is in no group’s network."))
    told = ", ".join(str(words.ENTITLEMENTS[each]) for each in sorted(place))
    return Step(name, gettext("Whoever reads from there has: %(what)s.") % {"what": told})


def _meter_step(asked: Asked, found: tuple[Case, ...]) -> Step:
    """The policy in force for the story's section, and how far the reader's own meter is."""
    name = gettext("The meter")
    rule, meter = asked.policy.rule(asked.story.section_id), asked.policy.meter
    if asked.story.access is not Access.METERED:
        return Step(name, gettext("It doesn’t count for this story."))
    if rule.is_free:
        return Step(name, gettext("Stories of this section are open and not counted."))
    if meter is None or rule.limit == 0:
        return Step(name, gettext("Metered stories are for subscribers here."))
    facts = {"count": meter.stories, "days": meter.window.days}
    told = [gettext("%(count)d stories in %(days)d days.") % facts]
    if meter.unregistered is not None:
        told.append(gettext("Without an account: %(count)d.") % {"count": meter.unregistered})
    if rule.limit is not None:
        told.append(
            gettext("This section’s stories open only to who has opened fewer than %(count)d.")
            % {"count": rule.limit}
        )
    if asked.policy.referrers and rule.takes_referrers:
        hosts = ", ".join(asked.policy.referrers)
        told.append(gettext("Who comes from %(hosts)s reads uncounted.") % {"hosts": hosts})
    own = next((each.meter for each in found if each.is_signed_in), None)
    if own is not None:
        read = len(asked.own_card.stories) if asked.own_card else 0
        told.append(
            ngettext(
                "As the store knows it, this reader has opened %(count)d story; ",
                "As the store knows it, this reader has opened %(count)d stories; ",
                read,
            ) % {"count": read}
            + (gettext("this one among them.") if own.already_read else gettext("not this one."))
        )  # fmt: skip
        told.append(gettext("A browser adds what was opened in it before they signed in there."))
    return Step(name, " ".join(told))


def _verdict(found: tuple[Case, ...]) -> str:
    """The answer for the reader at their best: signed in, where they may."""
    best = found[0]
    if best.is_signed_in:
        return (
            gettext("Signed in, this reader can read the story.")
            if best.is_open
            else gettext("This reader can’t read the story.")
        )
    answers = {each.is_open for each in found}
    if len(answers) > 1:
        return gettext("It depends on the meter of the browser they read in.")
    return (
        gettext("Everybody can read the story, so this reader can.")
        if best.is_open
        else gettext("This reader can’t read the story.")
    )


def _line(case: Case, *, can_sign_in: bool) -> CaseLine:
    situation = gettext("Signed in") if case.is_signed_in else gettext("Not signed in")
    if case.card is not None and case.meter is not None:
        situation = f"{situation}, {CARDS[case.card]}"
    changes = [
        str(CHANGES[each]) for each in case.changes if can_sign_in or each is not Change.SIGN_IN
    ]
    return CaseLine(situation, case.is_open, _answer(case), gettext(" or ").join(changes))


def _answer(case: Case) -> str:
    match case.decision:
        case Open(spends=True):
            return gettext("can read it; it is taken off the meter")
        case Open():
            return gettext("can read it")
        case Walled(why):
            return str(WALLED[why])
        case other:
            assert_never(other)
