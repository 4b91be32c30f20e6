"""What to read next, and what a search asks: plain rules that can be told to readers in a sentence."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from tajuk.terms.ids import SectionId, StoryId, TopicId

Newest = list[tuple[datetime, int]]
"""(published_at, id), newest first."""

_WORD = re.compile(r"[^\W_]+")
_ASKED = re.compile(r'"([^"]*)"|(\S+)')
_LONGEST_WORD = 60
_MOST_TERMS = 10
_PREFIX_FROM = 5

Term = tuple[str, ...]
"""Words that stand side by side; a single word mostly."""


def words_in(text: str) -> list[str]:
    """The words of a text as the index keeps them: without case, accents and marks."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return [word[:_LONGEST_WORD] for word in _WORD.findall(bare)]


def terms_asked(question: str) -> tuple[Term, ...]:
    """What a reader asks for: words, and phrases in quotation marks. Anything may be typed."""
    terms: list[Term] = []
    for phrase, word in _ASKED.findall(question.replace("“", '"').replace("”", '"')):
        words = words_in(phrase or word)
        if words:
            # 12.000 or kota-baruna, written as one, is looked for as it is written.
            terms.append(tuple(words[:_MOST_TERMS]))
    return tuple(dict.fromkeys(terms))[:_MOST_TERMS]


def finds_longer_words(term: Term) -> bool:
    """Whether a term also finds the words that begin with it: `banjir` finds `banjirnya`."""
    return len(term) == 1 and len(term[0]) >= _PREFIX_FROM and not term[0].isdigit()


def related(
    story_id: StoryId, topics: Iterable[TopicId], of_topics: Mapping[TopicId, Newest],
    *, leave_out: Collection[int], at_most: int,
) -> tuple[StoryId, ...]:  # fmt: skip
    """Stories that share the most topics, the newest first among equals."""
    shared: Counter[tuple[datetime, int]] = Counter()
    for topic in topics:
        shared.update(of_topics.get(topic, ()))
    ranked = sorted(shared, key=lambda each: (shared[each], each), reverse=True)
    row = [other for _, other in ranked if other != story_id and other not in leave_out]
    return tuple(StoryId(each) for each in row[:at_most])


def other(
    not_from: Collection[SectionId], by_top_section: Mapping[SectionId, Newest], leave_out: Collection[int],
    *, at_most: int,
) -> tuple[StoryId, ...]:  # fmt: skip
    """The newest of each other section, one of each in turn, the section with the newest story first."""
    rows = [
        [each for each in newest if each[1] not in leave_out]
        for section, newest in by_top_section.items()
        if section not in not_from
    ]
    rows = sorted((row for row in rows if row), reverse=True)
    picked: dict[int, None] = {}
    for place in range(at_most):
        for row in rows:
            if place < len(row) and len(picked) < at_most:
                picked.setdefault(row[place][1])
    return tuple(StoryId(each) for each in picked)
