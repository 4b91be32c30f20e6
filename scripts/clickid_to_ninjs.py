"""Turns the CLICK-ID articles (evaluation data, not part of this project) into ninjs 2.4, an item a line.

    python scripts/clickid_to_ninjs.py id_news_clickid_dev.jsonl.gz > clickid.jsonl

What the data set lost stays lost: links inside its texts left only a comma behind, and some texts are empty or
a loading notice. Those articles keep their headline, get no body, and say so to the desk in `ednote`.
"""

import argparse
import gzip
import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "Nasional": (
        "news", "nasional", "berita utama", "fokus", "bea cukai", "kilas kementerian", "tribunners", "dpd ri",
        "dpr ri", "kriminal", "acit nai", "kolom", "difabel", "pendidikan", "medan bung", "kisah nyata",
        "humor medan", "berita viral", "ragam", "serbaserbi",
    ),
    "Metro": ("metro", "metropolitan"),
    "Daerah": ("daerah", "regional", "berita sumut", "medan update"),
    "Dunia": ("international", "internasional", "dunia", "australia plus"),
    "Ekonomi": ("bisnis", "economy", "ekbis", "ekonomi", "creativelab"),
    "Sepak Bola": ("bola", "super skor"),
    "Olahraga": ("sports", "sport"),
    "Teknologi": ("autotekno", "tekno", "techno", "sains"),
    "Otomotif": ("otomotif",),
    "Hiburan": (
        "selebriti", "celebrity", "seleb", "news & entertainment", "korea", "tv", "musik", "film", "sinetron",
        "film indonesia", "film internasional", "televisi", "hollywood", "hiburan",
    ),
    "Gaya Hidup": ("lifestyle", "gaya", "cantik", "beauty", "parenting", "kesehatan", "health"),
    "Perjalanan": ("travel", "pariwisata"),
    "Agama": ("muslim", "haji"),
}  # fmt: skip
_SECTION_OF = {category: section for section, names in SECTIONS.items() for category in names}
_PUBLISHERS = {
    "okezone.com": "Okezone", "tempo.co": "Tempo.co", "sindonews.com": "SINDOnews",
    "tribunnews.com": "Tribunnews", "kapanlagi.com": "KapanLagi", "fimela.com": "Fimela",
    "wowkeren.com": "WowKeren", "posmetro-medan.com": "Posmetro Medan",
}  # fmt: skip

_NOTHING = re.compile(r"(?:loading\.\.\.|#NAME\?|_x000D_|[\s,])*")
_LOADING = re.compile(r"[,\s]*loading\.\.\.\s*$")
_DEBRIS = re.compile(r"_x000D_|\xa0")
# Fragments were joined by a bare comma. One that follows the end of a sentence, and is followed by the
# beginning of another, is taken for the end of a paragraph.
_END_OF_PARAGRAPH = re.compile(r"""(?<=[.!?:"”’)])\s*,\s*(?=["“‘'(]?[A-Z0-9©*])(?<!\d,)""")
# Any other comma without a space was a link's text that is gone, or a join in the middle of a sentence.
_BARE_COMMA = re.compile(r"\s*,(?=[^\W\d])")
# UTF-8 that was once read as Mac Roman: quotation marks, dashes, accents.
_MISREAD = re.compile(r"‚Ä.|‚Ñ¢|[¬√][^\sA-Za-z0-9]")
_LOST = re.compile(r"\s+,|,\s*,")


def _reread(match: re.Match[str]) -> str:
    try:
        return match[0].encode("mac_roman").decode("utf-8")
    except UnicodeError:
        return match[0]


def paragraphs(content: str) -> list[str]:
    """The text's paragraphs, as far as the joining of its fragments lets them be told."""
    text = _LOADING.sub("", _DEBRIS.sub(" ", _MISREAD.sub(_reread, content)))
    if _NOTHING.fullmatch(text):
        return []
    found = []
    for piece in _END_OF_PARAGRAPH.split(text):
        tidy = _LOST.sub(",", _BARE_COMMA.sub(", ", piece))
        tidy = " ".join(tidy.split()).strip(" ,")
        if tidy:
            found.append(tidy)
    return found


def item_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """The ninjs item of one article."""
    publisher = _PUBLISHERS.get(row["source"], row["source"])
    written = f"{row['date']}T{row['time'] or '00:00'}:00+07:00"
    body = paragraphs(row["content"])
    topic = " ".join(row["sub_category"].split())
    section = _SECTION_OF.get(row["category"].strip().lower(), "Nasional")
    item: dict[str, Any] = {
        "uri": f"urn:clickid:{row['id']}",
        "standard": {
            "name": "ninjs", "version": "2.4", "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_2.4.json",
        },
        "type": "text",
        "language": "id",
        "pubstatus": "usable",
        "firstcreated": written,
        "versioncreated": written,
        "headlines": [{"role": "main", "value": row["title"]}],
        "infosources": [{"name": publisher, "uri": f"https://{row['source']}/"}],
        "copyrightholder": publisher,
        "tajuk": {
            "section": section,
            "sources": [{"agency": publisher, "date": row["date"], "url": row["url"]}],
        },
    }  # fmt: skip
    if body:
        item["bodies"] = [{"role": "main", "contenttype": "text/plain", "value": "\n\n".join(body)}]
    else:
        item["ednote"] = "The data set holds no text for this article."
    if topic and topic.lower() != section.lower():
        # The publishers write the same topic in capitals and in small letters.
        name = topic[0].upper() + topic[1:]
        item["subjects"] = [{"name": name}]
    return item


def items(path: Path) -> Iterator[dict[str, Any]]:
    """All items of the data set, in its order."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield item_of(json.loads(line))


def main() -> None:
    """Writes the items to standard output or to a file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("path", type=Path, help="id_news_clickid_dev.jsonl.gz")
    parser.add_argument("--output", type=Path, help="default: standard output")
    options = parser.parse_args()
    output = options.output.open("w", encoding="utf-8") if options.output else sys.stdout
    with output:
        for item in items(options.path):
            output.write(json.dumps(item, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
