"""The command line: what goes wrong is said in a sentence with a remedy, and nothing is left half done."""

import os
import re
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from tajuk.paywall.keyring import FILE_NAME, key_ring
from tajuk.site.checks import Finding, _pass_keys
from tajuk.terms.clock import now
from tajuk.terms.paper import SettingError, read_paper
from tests.running import Newspaper, free_port, newspaper

RUN = [sys.executable, "-m", "tajuk.site.commands"]


def tajuk(*arguments: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    environ = {key: value for key, value in os.environ.items() if not key.startswith("TAJUK_D")}
    if folder is not None:
        environ["TAJUK_DIR"] = str(folder)
    return subprocess.run(
        [*RUN, *arguments], capture_output=True, text=True, check=False, env=environ, cwd="/"
    )


@pytest.mark.processes
def test_a_new_newspaper_has_a_secret_of_its_own_that_others_can_not_read(tmp_path: Path) -> None:
    one, other = tmp_path / "kabar-pagi", tmp_path / "kabar-sore"
    for folder in (one, other):
        assert tajuk("new", str(folder)).returncode == 0
    assert 'name = "Kabar Pagi"' in (one / "newspaper.toml").read_text()
    secrets = [(folder / "secrets.toml") for folder in (one, other)]
    assert secrets[0].read_text() != secrets[1].read_text()
    assert secrets[0].stat().st_mode & 0o077 == 0
    again = tajuk("new", str(one))
    assert again.returncode == 2
    assert "already" in again.stderr


@pytest.mark.processes
def test_a_wrong_setting_makes_no_newspaper(tmp_path: Path) -> None:
    outcome = tajuk("new", str(tmp_path / "salah"), "--time-zone", "Mars/Phobos")
    assert outcome.returncode == 2
    assert "Asia/Jakarta" in outcome.stderr
    assert not (tmp_path / "salah").exists()


@pytest.mark.processes
@pytest.mark.parametrize("command", ["serve", "worker", "press", "doctor", "backup"])
def test_outside_of_a_newspaper_every_command_says_how_to_get_into_one(command: str) -> None:
    extra = ["--all"] if command == "press" else []
    outcome = tajuk(command, *extra)
    assert outcome.returncode == 2
    assert "tajuk new" in outcome.stderr
    assert "Traceback" not in outcome.stderr


@pytest.mark.processes
def test_a_busy_port_is_said_before_anything_is_made(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        outcome = tajuk("demo", "--dir", str(tmp_path / "demo"), "--port", str(port))
    assert outcome.returncode == 2
    assert "--port" in outcome.stderr
    assert not (tmp_path / "demo").exists()


@pytest.mark.processes
def test_a_reset_throws_only_demos_away(tmp_path: Path) -> None:
    folder = tmp_path / "harian"
    tajuk("new", str(folder))
    outcome = tajuk("demo", "--dir", str(folder), "--reset", "--port", str(free_port()))
    assert outcome.returncode == 2
    assert "only demos" in outcome.stderr
    assert (folder / "newspaper.toml").exists()


@pytest.fixture
def paper(tmp_path: Path) -> "Newspaper":
    with newspaper(tmp_path / "harian") as paper:
        yield paper  # type: ignore[misc]  # pytest takes generators for fixtures


@pytest.mark.processes
def test_a_demo_at_another_port_gets_ready_before_it_is_pressed(paper: Newspaper) -> None:
    toml = paper.folder / "newspaper.toml"
    toml.write_text(f"demo = true\n{toml.read_text()}")
    command = ["demo", "--dir", str(paper.folder), "--prepare", "--port", str(paper.port)]
    outcome = subprocess.run(
        [*RUN, *command], capture_output=True, text=True, check=False, env=paper.environment()
    )
    assert outcome.returncode == 0, outcome.stderr
    assert f'address = "http://localhost:{paper.port}"' in toml.read_text()
    assert list((paper.folder / "var" / "store").iterdir())


@pytest.mark.processes
def test_the_doctor_finds_what_is_wrong_and_is_content_when_it_is_mended(paper: Newspaper) -> None:
    def doctor() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*RUN, "doctor"], capture_output=True, text=True, check=False, env=paper.environment()
        )

    first = doctor()
    assert first.returncode == 1
    assert "tajuk manage migrate" in first.stdout
    assert "Traceback" not in first.stdout + first.stderr
    named = re.findall(r"^[✓✗] ([\w ]+):", first.stdout, re.MULTILINE)
    assert {"Python", "schema", "outbox", "scheduler", "managers"} <= set(named)
    assert "lambda" not in named

    paper.start()
    paper.django(
        "from django.contrib.auth import get_user_model\n"
        "get_user_model().objects.create_superuser('a@nusa.example', 'sangat-rahasia-1')\n"
        "print('null')"
    )
    assert paper.get("/").status == 200
    (paper.folder / "secrets.toml").chmod(0o644)
    second = doctor()
    assert second.returncode == 1
    assert "chmod 600" in second.stdout
    (paper.folder / "secrets.toml").chmod(0o600)
    third = doctor()
    assert third.returncode == 0, third.stdout


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o622, 0o666])
def test_the_doctor_says_when_others_can_read_the_keys_of_passes(tmp_path: Path, mode: int) -> None:
    paper = replace(settings.PAPER, folder=tmp_path)
    assert "none yet" in _pass_keys(paper).found
    ring = tmp_path / FILE_NAME
    key_ring(ring, now=now())
    assert _pass_keys(paper) == Finding("pass keys", f"1 in {FILE_NAME}")
    ring.chmod(mode)
    found = _pass_keys(paper)
    assert not found.is_well
    assert f"chmod 600 {ring}" in found.remedy
    assert "tajuk keys drop" in found.remedy
    ring.chmod(0o600)
    ring.write_text("broken")
    with pytest.raises(SettingError, match="from a backup"):  # the doctor says so, and goes on
        _pass_keys(paper)


@pytest.mark.processes
def test_a_worker_that_can_not_listen_ends_whole_and_keeps_no_lease(paper: Newspaper) -> None:
    """Half a worker, with a clock that ticks and nothing delivered, would look alive to everybody."""
    paper.django(
        "from django.conf import settings\n"
        "from tajuk.site.readiness import make_ready\n"
        "make_ready(settings.PAPER)\n"
        "print('null')"
    )
    in_the_way = read_paper(paper.folder).run_path / "worker.sock"  # elsewhere in a deep folder
    (in_the_way / "something").mkdir(parents=True)
    outcome = subprocess.run(
        [*RUN, "worker"], capture_output=True, text=True, check=False, env=paper.environment(),
        timeout=90,
    )  # fmt: skip
    assert outcome.returncode != 0
    assert str(in_the_way) in outcome.stderr
    assert paper.django(
        "from tajuk.outbox.models import Lease\n"
        "from tajuk.terms.clock import now\n"
        "print(str(Lease.objects.filter(expires_at__gt=now()).exists()).lower())"
    ) is False  # fmt: skip
