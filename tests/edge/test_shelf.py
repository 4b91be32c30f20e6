"""Static files and pictures from disk, and nothing else from there."""

import gzip
import os
from pathlib import Path

import pytest

from tajuk.contracts.caches import EVERYTHING, path_key
from tajuk.edge.newsstand import Newsstand
from tests.edge.asking import ask, at

CSS = b"body{margin:0}" * 40


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "secret.txt").write_bytes(b"secret")
    static = tmp_path / "static" / "dress"
    static.mkdir(parents=True)
    (static / "paper.1a2b.css").write_bytes(CSS)
    (static / "paper.1a2b.css.gz").write_bytes(gzip.compress(CSS))
    (static / "serif.woff2").write_bytes(b"wOF2")
    (static / "empty.txt").write_bytes(b"")
    (static / ".env").write_bytes(b"secret")
    (static / "out.txt").symlink_to(tmp_path / "secret.txt")
    (static / "in.css").symlink_to(static / "paper.1a2b.css")
    for name in ("images/a.avif", "images/b.svg", "images/c.html", "original_images/o.jpg"):
        file = tmp_path / "media" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"picture")
    (tmp_path / "media" / "images" / "link.jpg").symlink_to(
        tmp_path / "media/original_images/o.jpg"
    )
    os.mkfifo(static / "pipe.txt")
    return tmp_path


def test_files_are_immutable_and_typed(folder: Path) -> None:
    async def work(stand: Newsstand) -> None:
        for path, kind in [
            ("/static/dress/serif.woff2", "font/woff2"),
            ("/media/images/a.avif", "image/avif"),
            ("/media/images/b.svg", "image/svg+xml"),
            ("/static/dress/empty.txt", "text/plain; charset=utf-8"),
            ("/static/dress/in.css", "text/css; charset=utf-8"),
        ]:
            said = await ask(stand, path)
            assert said.status == 200
            assert said.headers["content-type"] == kind
            assert said.headers["cache-control"] == "public, max-age=31536000, immutable"
            assert said.headers["x-content-type-options"] == "nosniff"
            again = await ask(stand, path, headers={"if-none-match": said.headers["etag"]})
            assert (again.status, again.body) == (304, b"")
            head = await ask(stand, path, method="HEAD")
            assert (head.status, head.body) == (200, b"")
            assert head.headers["content-length"] == said.headers["content-length"]

    at(folder, work)


@pytest.mark.parametrize("extensions", [{}, {"http.response.pathsend": {}}])
def test_the_ready_compressed_copy_goes_to_those_who_take_gzip(
    folder: Path, extensions: dict[str, object]
) -> None:
    async def work(stand: Newsstand) -> None:
        path = "/static/dress/paper.1a2b.css"
        packed = await ask(stand, path, headers={"accept-encoding": "gzip"}, extensions=extensions)
        plain = await ask(stand, path, extensions=extensions)
        assert gzip.decompress(packed.body) == plain.body == CSS
        assert packed.headers["content-encoding"] == "gzip"
        assert packed.headers["vary"] == plain.headers["vary"] == "accept-encoding"
        assert packed.headers["etag"] != plain.headers["etag"]

        os.utime(folder / "static/dress/paper.1a2b.css.gz", (1, 1))  # left over from before
        late = await ask(stand, path, headers={"accept-encoding": "gzip"})
        assert late.body == CSS

    at(folder, work)


@pytest.mark.parametrize(
    "path",
    [
        "/static/../secret.txt",
        "/static/dress/../../secret.txt",
        "/static/%2e%2e/secret.txt",
        "/static/..%2fsecret.txt",
        "/static/%2e%2e%2fsecret.txt",
        "/static/..%5csecret.txt",
        "/static//secret.txt",
        "/static/dress//paper.1a2b.css",
        "/static/./dress/paper.1a2b.css",
        "/static/dress/out.txt",
        "/static/dress/.env",
        "/static/dress/pipe.txt",
        "/static/dress",
        "/static/dress/",
        "/static/",
        "/static",
        "/static/dress/paper.1a2b.css/",
        "/static/dress/paper.1a2b.css/x",
        "/static/" + "a" * 300,
        "/static/" + "a/" * 900 + "b",
        "/media/original_images/o.jpg",
        "/media/images/../original_images/o.jpg",
        "/media/%6friginal_images/o.jpg",
        "/media//original_images/o.jpg",
        "/media/images/link.jpg",
        "/media/none.jpg",
    ],
)
def test_tricks_and_private_folders_find_nothing(folder: Path, path: str) -> None:
    async def work(stand: Newsstand) -> None:
        said = await ask(stand, path)
        assert said.status == 404
        assert b"secret" not in said.body
        assert said.headers["cache-control"] == "no-store"

    at(folder, work)


@pytest.mark.parametrize("path", ["/static/dress/paper.css%00.txt", "/static/%00", "/static/%ff"])
def test_names_no_file_can_have_are_refused(folder: Path, path: str) -> None:
    async def work(stand: Newsstand) -> None:
        assert (await ask(stand, path)).status == 400

    at(folder, work)


def test_a_picture_says_by_which_keys_caches_may_forget_it_however_its_address_is_spelled(
    folder: Path,
) -> None:
    keys = f"{EVERYTHING} {path_key('/media/images/a.avif')}"

    async def work(stand: Newsstand) -> None:
        for path in ("/media/images/a.avif", "/media/images/%61.avif", "/media/images/a.avif?w=1"):
            said = await ask(stand, path)
            assert (said.status, said.headers["surrogate-key"]) == (200, keys)
        known = await ask(
            stand, "/media/images/a.avif", headers={"if-none-match": said.headers["etag"]}
        )
        assert (known.status, known.headers["surrogate-key"]) == (304, keys)
        missing = await ask(stand, "/media/images/none.avif")
        assert (missing.status, missing.headers.get("surrogate-key")) == (404, None)

    at(folder, work)


def test_an_uploaded_page_runs_nothing(folder: Path) -> None:
    async def work(stand: Newsstand) -> None:
        page = await ask(stand, "/media/images/c.html")
        assert page.headers["content-type"] == "application/octet-stream"
        assert page.headers["content-disposition"] == "attachment"
        drawing = await ask(stand, "/media/images/b.svg")
        assert "sandbox" in drawing.headers["content-security-policy"]
        posted = await ask(stand, "/media/images/b.svg", method="POST")
        assert (posted.status, posted.headers["allow"]) == (405, "GET, HEAD")

    at(folder, work)


def test_what_never_is_a_document_carries_no_policy_for_documents(folder: Path) -> None:
    async def work(stand: Newsstand) -> None:
        sheet = await ask(stand, "/static/dress/paper.1a2b.css")
        assert sheet.status == 200
        assert sheet.headers["x-content-type-options"] == "nosniff"
        assert "content-security-policy" not in sheet.headers
        upload = await ask(stand, "/media/images/a.jpg")
        assert "content-security-policy" in upload.headers

    at(folder, work)
