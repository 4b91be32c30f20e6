"""What other departments may ask the newsroom. Answers are frozen (`newsroom.types`); costs are stated."""

from tajuk.newsroom.queries.archive import (
    addresses_between,
    addresses_since,
    busiest_topics,
    days_beside,
    every_month,
    gone_ids,
    how_many,
    languages_of,
    latest_day,
    lists_of,
    months,
    months_of,
    newest_of_sections,
    newest_of_topics,
    of_day,
    published_among,
    stories_before,
    stories_with_picture,
    story_ids,
)
from tajuk.newsroom.queries.fates import (
    fate,
    house_page,
    house_pages,
    latest_corrections,
    paths_of,
    placed,
    redirects,
    story_at_old_path,
)
from tajuk.newsroom.queries.named import (
    every_person,
    every_topic,
    keeping_sections,
    old_addresses,
    old_slugs_of_person,
    old_slugs_of_section,
    old_slugs_of_topic,
    people,
    person,
    person_once_called,
    section_once_called,
    sections,
    topic,
    topic_once_called,
    topics,
    topics_with_slugs,
)
from tajuk.newsroom.queries.stories import stories, story, story_as_edited
from tajuk.newsroom.queries.teasers import (
    beside_in_list,
    in_order,
    latest,
    latest_with_access,
    of_person,
    of_sections,
    of_topic,
    teasers,
)

__all__ = [
    "addresses_between", "addresses_since", "beside_in_list", "busiest_topics", "days_beside", "every_month",
    "every_person", "every_topic", "fate", "gone_ids", "house_page", "house_pages", "how_many", "in_order",
    "keeping_sections", "languages_of", "latest", "latest_corrections", "latest_day", "latest_with_access",
    "lists_of", "months", "months_of", "newest_of_sections", "newest_of_topics", "of_day", "of_person",
    "of_sections", "of_topic", "old_addresses", "old_slugs_of_person", "old_slugs_of_section",
    "old_slugs_of_topic", "paths_of", "people", "person", "person_once_called", "placed", "published_among",
    "redirects", "section_once_called", "sections", "stories", "stories_before", "stories_with_picture",
    "story", "story_as_edited", "story_at_old_path", "story_ids", "teasers", "topic", "topic_once_called",
    "topics", "topics_with_slugs",
]  # fmt: skip
