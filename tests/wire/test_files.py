"""Files of items, whole and broken."""

import gzip
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tajuk.wire.fields import RefusedItemError
from tajuk.wire.files import Line, UnreadableFileError, lines_of, parsed


def lines(content: bytes, name: str = "a.jsonl") -> list[Line]:
    return list(lines_of(BytesIO(content), name))


def test_each_line_is_an_item_and_empty_ones_count_but_are_none() -> None:
    got = lines(b'\xef\xbb\xbf{"a": 1}\n\n  {"b": 2}')
    assert [(line.where.line, line.text) for line in got] == [(1, '{"a": 1}'), (3, '{"b": 2}')]
    assert str(got[1].where) == "a.jsonl:3"


def test_a_json_file_is_one_item_over_many_lines() -> None:
    (only,) = lines(b'{\n "a": 1\n}\n', "a.json")
    assert parsed(only.text) == {"a": 1}
    assert len(lines(b'{"a": 1}\n{"b": 2}\n', "a.json")) == 2, "unless each of its lines is one"


def test_gzip_is_read_by_its_name() -> None:
    assert [line.text for line in lines(gzip.compress(b"{}\n[]"), "a.jsonl.gz")] == ["{}", "[]"]
    assert len(lines(gzip.compress(b'{\n"a": 1}'), "a.json.gz")) == 1


def test_a_line_that_is_no_text_is_named_and_the_next_is_read() -> None:
    got = lines(b'{"a": "\xff"}\n{}')
    assert "UTF-8" in got[0].wrong
    assert got[1].text == "{}"


def test_a_file_that_breaks_off_says_where() -> None:
    whole = gzip.compress(b"".join(b'{"a": %d}\n' % n for n in range(20000)))
    got = lines(whole[: len(whole) // 2], "a.jsonl.gz")
    assert "rest of the file" in got[-1].wrong
    assert got[-1].where.line == len(got)
    with pytest.raises(UnreadableFileError, match=r"a\.jsonl\.gz"):
        lines(b"this is not gzip", "a.jsonl.gz")


def test_what_is_no_json_says_where_it_breaks() -> None:
    with pytest.raises(RefusedItemError, match="column 7"):
        parsed('{"a": }')
    with pytest.raises(RefusedItemError, match="nested too deep"):
        parsed("[" * 100_000)
    with pytest.raises(RefusedItemError, match="number"):
        parsed("9" * 5000)


@given(st.binary(max_size=300), st.sampled_from(["a.jsonl", "a.json", "a.jsonl.gz", "-"]))
def test_any_bytes_are_read_or_said_to_be_wrong(content: bytes, name: str) -> None:
    try:
        got = lines(content, name)
    except UnreadableFileError:
        return
    for line in got:
        assert bool(line.text) != bool(line.wrong) or not line.text
        with suppress(RefusedItemError):
            parsed(line.text)
