"""The desk itself: Wagtail's screens as reporters and editors meet them."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from wagtail.models import ModelLogEntry, ReferenceIndex, TaskState, WorkflowState
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from tajuk.accounts.models import User
from tajuk.contracts.messages import (
    Message,
    StoryCorrected,
    StoryKilled,
    StoryPublished,
    StoryUnpublished,
)
from tajuk.newsroom import actions
from tajuk.newsroom.models import Section, Story
from tajuk.terms.ids import StoryId
from tests.newsroom.conftest import MakeStory, later

SignIn = Callable[[User], Client]
Told = Callable[[], list[Message]]

pytestmark = pytest.mark.django_db


def page(name: str, *args: Any) -> str:
    """The address of one of the desk's pages about stories."""
    return reverse(f"wagtailsnippets_newsroom_story:{name}", args=args)


def filled(section: Section, headline: str = "Harga garam naik", **given: Any) -> dict[str, Any]:
    """The form of a story as a browser sends it."""
    fields: dict[str, Any] = {
        "language": "id", "section": section.pk, "kicker": "", "headline": headline, "standfirst": "",
        "dateline": "", "lead_picture": "", "lead_caption": "", "access": "free", "embargo_until": "",
        "embargo_note": "", "slug": "", "published_at": "", "go_live_at": "", "expire_at": "",
        "social_headline": "", "social_picture": "", "translation_of": "",
        "body": streamfield([("paragraph", rich_text("<p>Harga garam naik.</p>", features=[]))]),
        "bylines": inline_formset([]), "topics": inline_formset([]), "sources": inline_formset([]),
        "other_sections": inline_formset([]),
    }  # fmt: skip
    data: dict[str, Any] = nested_form_data({**fields, **given})
    return data


def shown(response: Any) -> str:
    """The page as text, with status 200."""
    assert response.status_code == 200, response.status_code
    text: str = response.content.decode()
    return text


def test_a_reporter_opens_a_story_and_can_not_publish_it_even_by_hand(
    sign_in: SignIn, rina: User, economy: Section, sport: Section, told: Told
) -> None:
    client = sign_in(rina)
    text = shown(client.get(page("add")))
    assert 'name="action-publish"' not in text
    sections = re.search(r'<select name="section".*?</select>', text, re.DOTALL)
    assert sections is not None
    assert economy.name in sections[0]
    assert sport.name not in sections[0]  # sections of others are not offered

    client.post(page("add"), {**filled(economy), "action-publish": "action-publish"})
    story = Story.objects.get()
    assert (story.live, story.owner) == (False, rina)
    client.post(page("edit", story.pk), {**filled(economy), "action-publish": "action-publish"})
    story.refresh_from_db()
    assert not story.live
    assert told() == []
    refused = client.post(page("add"), filled(sport, "Lomba perahu"))
    assert not Story.objects.filter(headline="Lomba perahu").exists()
    assert refused.status_code == 200  # the form, with its error


def test_an_editor_publishes_by_the_button_and_is_told_so(
    sign_in: SignIn, eko: User, economy: Section, told: Told
) -> None:
    client = sign_in(eko)
    assert 'name="action-publish"' in shown(client.get(page("add")))
    answer = client.post(
        page("add"), {**filled(economy), "action-publish": "action-publish"}, follow=True
    )
    story = Story.objects.get()
    assert story.live
    assert story.slug == "harga-garam-naik"
    assert "“Harga garam naik”" in shown(answer)
    assert told() == [StoryPublished(StoryId(story.pk))]


def test_each_role_is_let_into_its_own_sections_and_no_others(
    sign_in: SignIn, draft: MakeStory, eko: User, santi: User, markets: Section
) -> None:
    story = draft(section=markets)
    pages = [
        page("edit", story.pk), page("history", story.pk), page("usage", story.pk),
        page("delete", story.pk), page("unpublish", story.pk), page("correct", story.pk),
        page("workflow_history", story.pk),
        page("revisions_compare", story.pk, "earliest", "latest"),
    ]  # fmt: skip
    client = sign_in(eko)  # the economy's editor edits the markets below it
    for address in pages:
        assert client.get(address).status_code == 200, address
    assert client.get(page("kill", story.pk)).status_code == 302  # a managing editor's decision
    client = sign_in(santi)
    for address in [*pages, page("lock", story.pk)]:
        answer = client.post(address) if address.endswith("lock/") else client.get(address)
        assert answer.status_code == 302, address  # refused, back to the desk's home
        assert answer["Location"] == reverse("wagtailadmin_home")


def test_the_list_shows_ones_own_sections_at_a_constant_cost(
    sign_in: SignIn,
    draft: MakeStory,
    eko: User,
    maya: User,
    sport: Section,
    now: datetime,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    live = draft("Harga garam naik", kicker="Pangan")
    actions.publish_story(live, acting_user=maya, now=now)
    draft("Lomba perahu", section=sport)
    waiting = draft("Panen raya", embargo_until=later(3, now))
    actions.publish_story(waiting, acting_user=maya, now=now)
    client = sign_in(eko)
    text = shown(client.get(page("list")))
    assert "Harga garam naik" in text
    assert "Pangan" in text
    assert "newsroom-status--live" in text
    assert "newsroom-status--embargoed" in text
    assert "Lomba perahu" not in text

    for number in range(12):
        draft(f"Naskah {number}")
    with django_assert_max_num_queries(18):
        shown(client.get(page("list")))
    sign_in(maya)
    assert "Lomba perahu" in shown(client.get(page("list")))


@pytest.mark.parametrize(
    ("status", "headline"),
    [
        ("draft", "Masih ditulis"),
        ("review", "Menunggu tinjauan"),
        ("scheduled", "Besok"),
        ("embargoed", "Embargo"),
        ("live", "Tayang"),
        ("changed", "Disunting lagi"),
        ("expired", "Lewat"),
        ("killed", "Dicabut"),
    ],
)
def test_the_list_is_filtered_by_where_a_story_stands(
    sign_in: SignIn, every_stand: None, maya: User, status: str, headline: str
) -> None:
    text = shown(sign_in(maya).get(page("list_results"), {"status": status}))
    others = {"Masih ditulis", "Menunggu tinjauan", "Lewat", "Dicabut"} - {headline}
    assert headline in text
    assert not [other for other in others if other in text]


@pytest.fixture
def every_stand(draft: MakeStory, maya: User, now: datetime) -> None:
    """One story of each status."""
    actions.set_up_desk()
    draft("Masih ditulis")
    review = draft("Menunggu tinjauan")
    workflow = review.get_workflow()
    assert workflow is not None
    workflow.start(review, maya)
    for headline, fields in {
        "Besok": {"go_live_at": later(24, now)},
        "Embargo": {"embargo_until": later(24, now)},
        "Tayang": {},
        "Disunting lagi": {},
        "Lewat": {},
        "Dicabut": {},
    }.items():
        story = draft(headline, **fields)
        actions.publish_story(story, acting_user=maya, now=now)
        match headline:
            case "Disunting lagi":
                Story.objects.get(pk=story.pk).save_revision()
            case "Lewat":
                actions.expire_story(story, acting_user=None, now=now)
            case "Dicabut":
                actions.kill_story(story, reason="Keliru.", acting_user=maya, now=now)


def test_filters_and_search_go_together(
    sign_in: SignIn, draft: MakeStory, eko: User, markets: Section, now: datetime
) -> None:
    draft("Garam naik", access="premium", section=markets)
    draft("Garam turun", language="en")
    client = sign_in(eko)
    for query, found in [
        ({"q": "garam"}, {"Garam naik", "Garam turun"}),
        ({"q": "garam", "access": "premium"}, {"Garam naik"}),
        ({"q": "gar", "language": "en"}, {"Garam turun"}),
        ({"section": markets.pk}, {"Garam naik"}),
        ({"section": markets.parent_id}, {"Garam naik", "Garam turun"}),
        ({"published_at_from": "2020-01-01"}, set()),
    ]:
        text = shown(client.get(page("list_results"), query))
        assert {each for each in ("Garam naik", "Garam turun") if each in text} == found, query


def test_a_story_goes_through_review_and_only_the_sections_editor_passes_it(
    sign_in: SignIn,
    draft: MakeStory,
    rina: User,
    eko: User,
    santi: User,
    economy: Section,
    told: Told,
) -> None:
    actions.set_up_desk()
    story = draft(owner=rina)
    client = sign_in(rina)
    client.post(page("edit", story.pk), {**filled(economy), "action-submit": "action-submit"})
    state = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    assert list(TaskState.objects.reviewable_by(santi)) == []
    assert list(TaskState.objects.reviewable_by(eko)) == [state]
    locked = client.post(page("edit", story.pk), filled(economy, "Diam-diam diubah"))
    story.refresh_from_db()
    assert story.headline == "Harga garam naik"  # while it waits, its writer can't change it
    assert locked.status_code == 200

    approve = page("workflow_action", story.pk, "approve", state.pk)
    assert sign_in(santi).post(approve, {"comment": ""}).status_code == 302
    story.refresh_from_db()
    assert not story.live
    client = sign_in(eko)
    assert "Harga garam naik" in shown(client.get(reverse("wagtailadmin_home")))
    client.post(approve, {"comment": "Bagus."})
    story.refresh_from_db()
    assert story.live
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_APPROVED
    assert told() == [StoryPublished(StoryId(story.pk))]


def test_a_publication_under_embargo_says_when_it_goes_out_and_is_lifted_by_decision(
    sign_in: SignIn, eko: User, rina: User, economy: Section, told: Told, now: datetime
) -> None:
    client = sign_in(eko)
    until = later(30, now)
    local = until.astimezone().strftime("%Y-%m-%d %H:%M")
    data = filled(economy, embargo_until=local, embargo_note="Kementerian")
    answer = client.post(page("add"), {**data, "action-publish": "action-publish"}, follow=True)
    story = Story.objects.get()
    assert not story.live
    assert story.scheduled_revision is not None
    assert "embargo" in shown(answer).lower()
    assert told() == []
    text = shown(client.get(page("edit", story.pk)))
    assert "Kementerian" in text
    assert page("lift_embargo", story.pk) in text

    assert sign_in(rina).post(page("lift_embargo", story.pk)).status_code == 302
    story.refresh_from_db()
    assert not story.live
    sign_in(eko).post(page("lift_embargo", story.pk))
    story.refresh_from_db()
    assert story.live
    assert told() == [StoryPublished(StoryId(story.pk))]


def test_a_draft_of_a_waiting_story_is_saved_and_does_not_go_out_by_itself(
    sign_in: SignIn, eko: User, draft: MakeStory, economy: Section, now: datetime
) -> None:
    story = draft(go_live_at=later(3, now))
    actions.publish_story(story, acting_user=eko, now=now)
    client = sign_in(eko)
    client.post(page("edit", story.pk), filled(economy, "Belum selesai"))
    assert Story.objects.get(pk=story.pk).latest_revision.object_str == "Belum selesai"
    assert actions.publish_due(later(3, now)) == 1
    story.refresh_from_db()
    assert (story.live, story.headline) == (True, "Harga garam naik")
    assert story.has_unpublished_changes


def test_correcting_saves_the_draft_asks_for_the_note_and_publishes_both(
    sign_in: SignIn,
    eko: User,
    rina: User,
    draft: MakeStory,
    economy: Section,
    now: datetime,
    told: Told,
) -> None:
    story = draft()
    actions.publish_story(story, acting_user=eko, now=later(-1, now))
    told()
    client = sign_in(rina)
    assert "action-correct" not in shown(client.get(page("edit", story.pk)))
    assert client.get(page("correct", story.pk)).status_code == 302
    client = sign_in(eko)
    assert "action-correct" in shown(client.get(page("edit", story.pk)))
    answer = client.post(
        page("edit", story.pk),
        {**filled(economy, "Harga garam turun"), "action-correct": "action-correct"},
    )
    assert answer["Location"] == page("correct", story.pk)
    assert "error" in shown(client.post(page("correct", story.pk), {"note": ""}))
    assert told() == []
    client.post(page("correct", story.pk), {"note": "Turun, bukan naik."})
    story.refresh_from_db()
    assert story.headline == "Harga garam turun"
    assert told() == [StoryCorrected(StoryId(story.pk))]
    assert "Turun, bukan naik." in shown(client.get(page("history", story.pk)))


def test_what_readers_have_takes_no_embargo_and_keeps_its_time_in_the_form(
    sign_in: SignIn, eko: User, draft: MakeStory, economy: Section, now: datetime
) -> None:
    story = draft()
    actions.publish_story(story, acting_user=eko, now=later(-1, now))
    client = sign_in(eko)
    local = later(30, now).astimezone().strftime("%Y-%m-%d %H:%M")
    data = filled(economy, "Terlambat diembargo", embargo_until=local)
    shown(client.post(page("edit", story.pk), {**data, "action-publish": "action-publish"}))
    client.post(page("edit", story.pk), {**filled(economy), "action-publish": "action-publish"})
    story.refresh_from_db()
    assert (story.live, story.headline) == (True, "Harga garam naik")
    assert story.published_at == later(-1, now)


def test_a_killed_story_shows_its_banner_and_offers_no_publication(
    sign_in: SignIn, maya: User, draft: MakeStory, economy: Section, now: datetime, told: Told
) -> None:
    story = draft()
    actions.publish_story(story, acting_user=maya, now=later(-1, now))
    told()
    client = sign_in(maya)
    client.post(page("kill", story.pk), {"reason": ""})
    assert told() == []
    client.post(page("kill", story.pk), {"reason": "Sumbernya palsu."})
    assert told() == [StoryKilled(StoryId(story.pk))]
    text = shown(client.get(page("edit", story.pk)))
    assert "Sumbernya palsu." in text
    assert 'name="action-publish"' not in text
    client.post(page("edit", story.pk), {**filled(economy), "action-publish": "action-publish"})
    story.refresh_from_db()
    assert not story.live
    client.post(page("restore", story.pk))
    assert 'name="action-publish"' in shown(client.get(page("edit", story.pk)))


def test_several_stories_are_published_and_taken_back_at_once_where_one_may(
    sign_in: SignIn, eko: User, draft: MakeStory, sport: Section, told: Told
) -> None:
    mine, other = draft("Milik kami"), draft("Milik olahraga", section=sport)
    client = sign_in(eko)
    bulk = reverse("wagtail_bulk_action", args=["newsroom", "story", "publish"])
    query = f"?id={mine.pk}&id={other.pk}&next={page('list')}"
    assert "Milik olahraga" in shown(client.get(bulk + query))
    client.post(bulk + query)
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.live, other.live) == (True, False)
    assert told() == [StoryPublished(StoryId(mine.pk))]
    client.post(bulk.replace("publish", "unpublish") + f"?id={mine.pk}")
    mine.refresh_from_db()
    assert not mine.live
    assert [type(message) for message in told()] == [StoryUnpublished]


def test_several_drafts_are_deleted_at_once_each_with_its_audit_line(
    sign_in: SignIn, eko: User, maya: User, draft: MakeStory, now: datetime
) -> None:
    unseen, seen = draft("Draf lama"), draft("Sudah dibaca")
    actions.publish_story(seen, acting_user=maya, now=now)
    bulk = reverse("wagtail_bulk_action", args=["newsroom", "story", "delete"])
    sign_in(eko).post(f"{bulk}?id={unseen.pk}&id={seen.pk}")
    assert list(Story.objects.all()) == [seen]  # what readers saw is a managing editor's to delete
    lines = ModelLogEntry.objects.filter(object_id=str(unseen.pk), action="wagtail.delete")
    assert lines.count() == 1


def test_unpublishing_and_deleting_at_the_desk_are_told_and_written_down(
    sign_in: SignIn, maya: User, draft: MakeStory, now: datetime, told: Told
) -> None:
    story = draft()
    actions.publish_story(story, acting_user=maya, now=now)
    told()
    client = sign_in(maya)
    client.post(page("unpublish", story.pk))
    assert [type(message) for message in told()] == [StoryUnpublished]
    client.post(page("delete", story.pk))
    assert not Story.objects.filter(pk=story.pk).exists()
    assert [type(message) for message in told()] == [StoryUnpublished]
    lines = ModelLogEntry.objects.filter(object_id=str(story.pk)).values_list("action", flat=True)
    assert {"wagtail.unpublish", "wagtail.delete"} <= set(lines)


def test_a_colleague_locks_a_story_and_unlocks_it_again(
    sign_in: SignIn, rina: User, eko: User, draft: MakeStory, economy: Section
) -> None:
    story = draft()
    sign_in(rina).post(page("lock", story.pk))
    client = sign_in(eko)
    client.post(page("edit", story.pk), filled(economy, "Diubah Eko"))
    story.refresh_from_db()
    assert (story.locked, story.headline) == (True, "Harga garam naik")
    sign_in(rina).post(page("unlock", story.pk))
    story.refresh_from_db()
    assert not story.locked


def test_autosave_writes_over_its_own_revision(
    sign_in: SignIn, rina: User, economy: Section
) -> None:
    client = sign_in(rina)
    asked = {"headers": {"accept": "application/json"}}
    made = client.post(page("add"), filled(economy, "Baru"), **asked).json()
    assert made["success"]
    again = {**filled(economy, "Baru sekali"), "overwrite_revision_id": made["revision_id"]}
    assert client.post(page("edit", made["pk"]), again, **asked).json()["success"]
    story = Story.objects.get(pk=made["pk"])
    assert story.headline == "Baru sekali"
    assert story.revisions.count() == 1


def test_a_link_to_a_story_is_kept_by_id_and_counted_where_used(
    draft: MakeStory, sign_in: SignIn, eko: User
) -> None:
    linked = draft("Garam")
    body = [("paragraph", f'<p>Lihat <a linktype="story" id="{linked.pk}">garam</a>.</p>')]
    linking = draft("Cabai", body=body)
    assert ReferenceIndex.get_grouped_references_to(linked).count() == 1
    client = sign_in(eko)
    assert "Cabai" in shown(client.get(page("usage", linked.pk)))
    assert "STORY" in shown(client.get(page("edit", linking.pk)))


def test_where_used_costs_the_same_for_few_uses_and_for_many(
    draft: MakeStory, sign_in: SignIn, eko: User
) -> None:
    linked = draft("Garam")

    def use(times: int) -> None:
        for number in range(times):
            text = f'<p>Lihat <a linktype="story" id="{linked.pk}">garam</a>.</p>'
            draft(f"Cabai {number}", body=[("paragraph", text)])

    client = sign_in(eko)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            shown(client.get(page("usage", linked.pk)))
        return len(asked)

    use(2)
    queries()
    few = queries()
    use(30)
    assert queries() == few


def test_stories_are_chosen_by_headline_and_for_a_translation_from_the_other_language(
    draft: MakeStory, sign_in: SignIn, rina: User
) -> None:
    draft("Garam naik")
    draft("Salt is up", language="en")
    client = sign_in(rina)
    choose = reverse("wagtailsnippetchoosers_newsroom_story:choose_results")
    assert "Salt is up" in shown(client.get(choose))
    found = shown(client.get(choose, {"q": "garam"}))
    assert ("Garam naik" in found, "Salt is up" in found) == (True, False)
    others = shown(client.get(choose, {"not_language": "id"}))
    assert ("Garam naik" in others, "Salt is up" in others) == (False, True)


def test_a_story_is_no_translation_of_one_in_its_own_language(
    draft: MakeStory, sign_in: SignIn, rina: User, economy: Section
) -> None:
    twin = draft("Garam naik")
    client = sign_in(rina)
    client.post(page("add"), filled(economy, "Garam naik lagi", translation_of=twin.pk))
    assert not Story.objects.filter(headline="Garam naik lagi").exists()
    client.post(page("add"), filled(economy, "Salt is up", language="en", translation_of=twin.pk))
    assert Story.objects.get(headline="Salt is up").translation_of == twin


def test_the_desks_home_shows_drafts_reviews_and_schedules_and_nothing_of_pages(
    sign_in: SignIn,
    rina: User,
    eko: User,
    draft: MakeStory,
    now: datetime,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    draft("Naskah Rina", owner=rina)
    waiting = draft("Besok pagi", go_live_at=later(9, now))
    actions.publish_story(waiting, acting_user=eko, now=now)
    client = sign_in(rina)
    with django_assert_max_num_queries(28):
        text = shown(client.get(reverse("wagtailadmin_home")))
    assert "Naskah Rina" in text
    assert "Besok pagi" in text
    assert "waiting_for_review" not in text
    assert f'action="{reverse("wagtailadmin_explore_root")}"' not in text
    assert "waiting_for_review" in shown(sign_in(eko).get(reverse("wagtailadmin_home")))
