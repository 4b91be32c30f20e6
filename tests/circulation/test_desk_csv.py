"""CSV files that spreadsheets open without running what a stranger wrote into a name."""

import csv
import io

import pytest

from tajuk.circulation.desk.csv_rows import csv_lines, guarded


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+62 812",
        "-5",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "\nx",
        "  =1",
        "＝1",
        "\xa0=1",
        "\u200b=1",
        "\u2007\ufeff@x",
    ],
)
def test_what_would_begin_a_formula_is_text(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize(
    ("cell", "safe"),
    [("Ani;=1+1", "Ani;'=1+1"), ("Ani, +62", "Ani,' +62"), ("Ani\t\u200b@x", "Ani\t'\u200b@x"),
     ("=1;-2", "'=1;'-2"), ("Ani\n=1", "Ani\n'=1")],
)  # fmt: skip
def test_what_would_begin_a_formula_for_another_separator_is_text(cell: str, safe: str) -> None:
    assert guarded(cell) == safe


@pytest.mark.parametrize(
    "cell", ["Ani", "Ani, Lestari; S.H.", "a;b-c", "a=b", "", "4.99", "'=1", 7]
)
def test_other_cells_stay_as_they_are(cell: object) -> None:
    assert guarded(cell) == cell


@pytest.mark.parametrize("separator", [",", ";"])
def test_names_with_separators_quotes_and_new_lines_come_back_whole(separator: str) -> None:
    rows = [["Ani, Lestari; S.H.", 'kata "kunci"', "dua\nbaris"], ["Ñ 漢字", 7, ""]]
    file = b"".join(csv_lines(["a", "b", "c"], rows, separator=separator, with_mark=False))
    read = list(csv.reader(io.StringIO(file.decode(), newline=""), delimiter=separator))
    assert read == [["a", "b", "c"], *[[str(each) for each in row] for row in rows]]


def test_the_mark_stands_once_and_first() -> None:
    file = b"".join(csv_lines(["a"], [["b"]], separator=",", with_mark=True))
    assert file == b"\xef\xbb\xbfa\r\nb\r\n"
