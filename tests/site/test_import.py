"""`tajuk import stories`: what a person meets who imports files."""

import gzip
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tajuk.contracts.messages import StoriesImported
from tajuk.newsroom.actions import kill_story
from tajuk.newsroom.models import Person, Section, Story, Topic
from tajuk.outbox.models import OutboxMessage
from tajuk.pictures.models import Picture
from tajuk.site import intake as intake_module
from tajuk.site.commands import main
from tajuk.wire.models import Arrival
from tests.settings import PAPER

pytestmark = pytest.mark.django_db

Import = Callable[..., tuple[int, str, str]]


def item(number: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "uri": f"urn:uji:{number}", "headlines": [{"value": f"Kapal {number} datang"}],
        "firstcreated": "2026-03-01T08:00:00+07:00", "tajuk": {"section": "Maritim"},
        "bodies": [{"contenttype": "text/plain", "value": "Satu.\n\nDua."}],
    } | more  # fmt: skip


def wire(path: Path, *items: Any) -> Path:
    rows = (each if isinstance(each, str) else json.dumps(each) for each in items)
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


@pytest.fixture
def imports(capsys: pytest.CaptureFixture[str]) -> Import:
    """Runs the command on files; returns exit code, standard output and standard error."""

    def run(*arguments: Any) -> tuple[int, str, str]:
        code = main(["import", "stories", "--dir", str(PAPER.folder), *map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_a_file_of_items_becomes_stories_with_all_they_name(
    tmp_path: Path, imports: Import
) -> None:
    code, out, err = imports(
        wire(
            tmp_path / "a.jsonl",
            item(1, by="Ratri", subjects=[{"name": "Laut"}]), item(2, by="Ratri", subjects=[{"name": "Laut"}]),
        )
    )  # fmt: skip
    assert (code, err) == (0, "")
    assert out.startswith("2 created, 0 updated, 0 unchanged")
    assert Story.objects.filter(live=True).count() == 2
    assert (Section.objects.get().slug, Topic.objects.get().name, Person.objects.get().name) == (
        "maritim", "Laut", "Ratri",
    )  # fmt: skip
    assert Story.objects.get(uri="urn:uji:1").published_at == datetime(2026, 3, 1, 1, tzinfo=UTC)
    assert OutboxMessage.objects.filter(kind=StoriesImported.__name__).count() == 1


def test_bad_lines_are_named_and_the_others_come_in(tmp_path: Path, imports: Import) -> None:
    path = wire(
        tmp_path / "a.jsonl", item(1), "{not json", item(2, headlines=[]), "[]", item(3), item(4, language="sv")
    )  # fmt: skip
    code, out, err = imports(path)
    assert code == 1
    assert "2 created" in out
    assert "4 bad" in out
    lines = err.strip().split("\n")
    assert [line.split(": ")[0] for line in lines] == [f"{path}:{n}" for n in (2, 3, 4, 6)]
    assert "not JSON" in lines[0]
    assert "headline" in lines[1]
    assert "sv" in lines[3]


def test_a_file_of_another_line_of_ninjs_is_refused_in_words(
    tmp_path: Path, imports: Import
) -> None:
    code, _, err = imports(
        wire(tmp_path / "a.json", {"uri": "u", "headline": "A", "body_html": "<p>"})
    )
    assert code == 2
    assert "ninjs 1.x" in err


def test_what_can_not_be_read_at_all_ends_with_two(tmp_path: Path, imports: Import) -> None:
    code, _, err = imports(tmp_path / "none.jsonl")
    assert code == 2
    assert "none.jsonl can't be read: No such file" in err
    assert imports(tmp_path / "none.jsonl", wire(tmp_path / "a.jsonl", item()))[0] == 1
    assert imports(wire(tmp_path / "empty.jsonl"))[0] == 0


def test_gzip_standard_input_and_single_items_are_read(
    tmp_path: Path, imports: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = tmp_path / "a.ndjson.gz"
    packed.write_bytes(gzip.compress(json.dumps(item(1)).encode()))
    single = tmp_path / "b.json"
    single.write_text(json.dumps(item(2), indent=2))
    stdin = io.TextIOWrapper(io.BytesIO(json.dumps(item(3)).encode()))
    monkeypatch.setattr("sys.stdin", stdin)
    assert imports(packed, single, "-")[0] == 0
    assert Story.objects.count() == 3


def test_importing_again_changes_nothing_and_a_newer_version_is_an_update(
    tmp_path: Path, imports: Import
) -> None:
    path = wire(tmp_path / "a.jsonl", item(1), item(2))
    imports(path)
    before = list(Story.objects.order_by("pk").values_list("pk", "latest_revision_id"))
    assert "0 created, 0 updated, 2 unchanged" in imports(path)[1]
    assert list(Story.objects.order_by("pk").values_list("pk", "latest_revision_id")) == before
    wire(path, item(1, headlines=[{"value": "Kapal terlambat"}]), item(2))
    assert "0 created, 1 updated, 1 unchanged" in imports(path)[1]
    row = Story.objects.get(uri="urn:uji:1")
    assert row.headline == "Kapal terlambat"
    assert row.revisions.count() == 2
    assert "2 unchanged" in imports(path)[1]


def test_a_story_the_desk_changed_is_left_alone_and_said(tmp_path: Path, imports: Import) -> None:
    path = wire(tmp_path / "a.jsonl", item(1))
    imports(path)
    row = Story.objects.get()
    row.headline = "Disunting"
    row.save_revision()
    wire(path, item(1, headlines=[{"value": "Versi agensi"}]))
    code, out, err = imports(path)
    assert code == 0
    assert "1 left alone" in out
    assert "changed at the desk" in err
    assert Story.objects.get().get_latest_revision_as_object().headline == "Disunting"


def test_a_story_that_did_not_come_by_import_is_not_touched(
    tmp_path: Path, imports: Import
) -> None:
    imports(wire(tmp_path / "a.jsonl", item(1)))
    Arrival.objects.all().delete()
    _, out, err = imports(wire(tmp_path / "a.jsonl", item(1, ednote="x"), item(2)))
    assert "1 created" in out
    assert "1 left alone" in out
    assert "not from an import" in err


def test_an_item_twice_in_a_file_is_a_story_and_its_update(tmp_path: Path, imports: Import) -> None:
    path = wire(tmp_path / "a.jsonl", item(1), item(1, headlines=[{"value": "Lagi"}]))
    assert "1 created, 1 updated" in imports(path)[1]


def test_withheld_undated_and_embargoed_items_wait_as_drafts(
    tmp_path: Path, imports: Import
) -> None:
    path = wire(
        tmp_path / "a.jsonl",
        item(1, pubstatus="withheld"), item(2, firstcreated=None), item(3, embargoed="2199-01-01T00:00:00Z"), item(4),
    )  # fmt: skip
    code, out, err = imports(path)
    assert code == 0
    assert "(3 kept as drafts)" in out
    assert "withholds" in err
    assert "no time of publication" in err
    assert "under embargo" in err
    assert Story.objects.get(live=True).uri == "urn:uji:4"
    assert "2 kept as drafts" in imports("--publish", path)[1], (
        "the undated one is published on request"
    )
    imports("--draft", path)
    assert not Story.objects.filter(live=True).exists()


def test_a_canceled_item_kills_its_story(tmp_path: Path, imports: Import) -> None:
    path = wire(tmp_path / "a.jsonl", item(1))
    imports(path)
    wire(
        path,
        item(1, pubstatus="canceled", ednote="Sumbernya palsu."),
        item(2, pubstatus="canceled"),
    )
    code, out, err = imports(path)
    assert code == 0
    assert "1 killed" in out
    assert "passed over" in err
    row = Story.objects.get()
    assert (row.live, row.kill_reason) == (False, "Sumbernya palsu.")
    assert "0 killed" in imports(path)[1]


def test_a_killed_story_does_not_come_back(tmp_path: Path, imports: Import) -> None:
    path = wire(tmp_path / "a.jsonl", item(1))
    imports(path)
    kill_story(Story.objects.get(), reason="Salah.", acting_user=None, now=datetime.now(UTC))  # noqa: TID251
    _, out, err = imports(wire(path, item(1, ednote="x")))
    assert "1 left alone" in out
    assert "killed at the desk" in err


def test_pictures_come_from_beside_the_file_and_a_missing_one_keeps_its_story_out(
    tmp_path: Path, imports: Import
) -> None:
    (tmp_path / "pix").mkdir()
    Image.new("RGB", (60, 40), "navy").save(tmp_path / "pix/kapal.jpg")
    here, gone = (
        {
            "name": "main",
            "uri": "urn:p",
            "type": "picture",
            "renditions": [{"name": "r", "href": href}],
        }
        for href in ("pix/kapal.jpg", "pix/hilang.jpg")
    )
    path = wire(
        tmp_path / "a.jsonl",
        item(1, associations=[here]),
        item(2, associations=[here, gone]),
        item(3),
    )
    code, out, err = imports(path)
    assert code == 1
    assert "2 created" in out
    assert f"{path}:2: not brought in: picture pix/hilang.jpg: No such file" in err
    assert Story.objects.get(uri="urn:uji:1").lead_picture == Picture.objects.get()
    assert not Story.objects.filter(uri="urn:uji:2").exists()


def test_one_story_the_database_refuses_keeps_no_other_out(tmp_path: Path, imports: Import) -> None:
    imports(wire(tmp_path / "a.jsonl", item(1)))
    wire(
        tmp_path / "b.jsonl",
        *(
            item(n, tajuk={"section": "Maritim", "translation_of": "urn:uji:1"}, language="en")
            for n in (2, 3)
        ),
        item(4),
    )
    code, out, err = imports(tmp_path / "b.jsonl")
    assert code == 1
    assert "2 created" in out
    assert "b.jsonl:2" in err, "a story has one translation"
    assert Story.objects.count() == 3


def test_a_dry_run_says_all_and_changes_nothing(tmp_path: Path, imports: Import) -> None:
    path = wire(tmp_path / "a.jsonl", item(1), "{")
    code, out, _ = imports("--dry-run", path)
    assert code == 1
    assert "1 created" in out
    assert "dry run" in out
    assert not Story.objects.exists()
    assert not Section.objects.exists()
    imports(path)
    wire(path, item(1, ednote="x"), item(2, associations=[{"name": "a", "uri": "u", "renditions": [{"name": "r", "href": "a.jpg"}]}]))  # fmt: skip
    _, out, err = imports("--dry-run", path)
    assert "1 updated" in out
    assert "a.jpg: No such file" in err
    assert Story.objects.get().revisions.count() == 1


def test_defaults_hold_where_an_item_is_silent(tmp_path: Path, imports: Import) -> None:
    path = wire(tmp_path / "a.jsonl", item(1, tajuk=None), item(2, tajuk=None, language="id"))
    assert "no section" in imports(path)[2]
    code, _, _ = imports("--section", "Dunia", "--language", "en", path)
    assert code == 0
    got = Story.objects.order_by("uri").values_list("language", "section__slug")
    assert list(got) == [("en", "dunia"), ("id", "dunia")]
    code, _, err = imports("--language", "sv", path)
    assert code == 2
    assert "id, en" in err


def test_memory_holds_one_batch_however_long_the_file(
    tmp_path: Path, imports: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake_module, "BATCH", 4)
    imports(wire(tmp_path / "a.jsonl", *(item(n) for n in range(10))))
    messages = OutboxMessage.objects.filter(kind="StoriesImported").order_by("pk")
    assert [len(each.payload["story_ids"]) for each in messages] == [4, 4, 2]
