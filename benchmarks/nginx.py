"""nginx with one worker, serving the newsstand's pages as ready-compressed files with the same headers."""

import contextlib
import gzip
import os
import shutil
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.loads import where
from benchmarks.papers import BUILD
from benchmarks.processes import Place, free_port, started

_OWN = frozenset({
    "connection", "content-encoding", "content-length", "content-type", "date", "etag", "last-modified", "server",
    "set-cookie", "vary",
})  # fmt: skip
"""nginx writes these itself."""


@contextlib.contextmanager
def nginx(newsstand: str, paths: Sequence[str]) -> Iterator[Place]:
    """The pages an anonymous reader has from the newsstand, each compressed whole at level 6."""
    folder = BUILD / "nginx"
    shutil.rmtree(folder, ignore_errors=True)
    headers = [_kept(newsstand, path, folder / "pages") for path in paths]
    port = free_port()
    config = folder / "nginx.conf"
    config.write_text(_config(folder, port, headers[0]))
    command = [
        where("nginx"),
        "-e",
        str(folder / "error.log"),
        "-p",
        str(folder),
        "-c",
        str(config),
    ]
    with started(command, log=folder / "said.log", port=port) as place:
        yield place


def _kept(newsstand: str, path: str, pages: Path) -> dict[str, str]:
    """Writes one page; its headers."""
    with urllib.request.urlopen(newsstand + path) as response:
        there = pages / f"{path.lstrip('/')}.gz"
        there.parent.mkdir(parents=True, exist_ok=True)
        there.write_bytes(gzip.compress(response.read(), 6, mtime=0))
        return {name.lower(): value for name, value in response.headers.items()}


def _config(folder: Path, port: int, headers: dict[str, str]) -> str:
    """Tuned as one would for this: everything compressed and open already, nothing logged, connections kept."""
    added = "\n".join(
        f'    add_header {name} "{value}";' for name, value in headers.items() if name not in _OWN
    )
    user = "user root;" if os.getuid() == 0 else ""
    return f"""
daemon off;
{user}
worker_processes 1;
pid {folder}/nginx.pid;
events {{ worker_connections 4096; multi_accept on; }}
http {{
  access_log off;
  client_body_temp_path {folder}/tmp-body;
  proxy_temp_path {folder}/tmp-proxy;
  fastcgi_temp_path {folder}/tmp-fastcgi;
  uwsgi_temp_path {folder}/tmp-uwsgi;
  scgi_temp_path {folder}/tmp-scgi;
  sendfile on;
  tcp_nopush on;
  tcp_nodelay on;
  keepalive_timeout 75s;
  keepalive_requests 100000000;
  open_file_cache max=10000 inactive=600s;
  open_file_cache_valid 600s;
  gzip_static on;
  gzip_vary on;
  default_type "{headers["content-type"]}";
  types {{ }}
  server {{
    listen 127.0.0.1:{port} backlog=4096 reuseport;
    root {folder}/pages;
{added}
  }}
}}
"""
