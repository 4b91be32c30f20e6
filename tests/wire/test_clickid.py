"""The converter of the CLICK-ID articles: honest about what the data set lost."""

import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from scripts.clickid_to_ninjs import item_of, items, paragraphs

from tajuk.terms.language import Language
from tajuk.wire.ninjs import House, read

DATA = Path(__file__).resolve().parents[3] / "shared/data/id_news_clickid_dev.jsonl.gz"
HOUSE = House((Language.INDONESIAN,), ZoneInfo("Asia/Jakarta"), Language.INDONESIAN)
ROW = {
    "id": 7, "source": "tempo.co", "title": "Kapal datang", "category": "Ekbis", "sub_category": "sektor riil",
    "date": "2019-09-14", "time": "", "content": "loading...", "url": "https://bisnis.tempo.co/read/7",
}  # fmt: skip


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Satu kalimat.,Dua kalimat., Tiga.", ["Satu kalimat.", "Dua kalimat.", "Tiga."]),
        ('Ia tiba.,"Saya siap," kata Ani.,“Kami juga.”', ["Ia tiba.", '"Saya siap," kata Ani.', "“Kami juga.”"]),
        ("ayah dari,masih terus dicibir", ["ayah dari, masih terus dicibir"]),
        ("naik 1,2 persen., loading...", ["naik 1,2 persen."]),
        ("kata ‚ÄúGo Digital‚Äù itu.", ["kata “Go Digital” itu."]),
        ("loading...", []),
        ("_x000D_", []),
        ("", []),
    ],
)  # fmt: skip
def test_fragments_are_joined_to_the_paragraphs_they_were(
    content: str, expected: list[str]
) -> None:
    assert paragraphs(content) == expected


def test_an_article_without_a_text_says_so_to_the_desk() -> None:
    item = item_of(ROW)
    assert "bodies" not in item
    story = read(item, HOUSE).story
    assert story.body == ()
    assert "no text" in story.note
    assert (story.section.name, story.topics[0].name) == ("Ekonomi", "Sektor riil")
    assert (story.sources[0].agency, story.sources[0].url) == ("Tempo.co", ROW["url"])


@pytest.mark.skipif(not DATA.is_file(), reason="the evaluation data (shared/data) isn't here")
def test_every_article_of_the_data_set_is_a_story() -> None:
    sections = set()
    count = 0
    for item in items(DATA):
        reading = read(json.loads(json.dumps(item)), HOUSE)
        assert not reading.missed
        assert reading.story.body or reading.story.note
        sections.add(reading.story.section.name)
        count += 1
    assert count == 13_096
    assert len(sections) <= 13
