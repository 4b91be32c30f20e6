"""Runs the sample newspaper, Harian Nusa: about 80 stories in two languages, made ready by the first start."""

import contextlib
import json
import os
import re
import secrets
import shutil
import socket
import sys
from argparse import ArgumentParser, Namespace
from datetime import datetime, timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tajuk.site.commands.failure import CommandError
from tajuk.site.commands.gateway_simulator import settings_for
from tajuk.site.commands.new import make
from tajuk.site.commands.newspaper import paper_of, wake_django
from tajuk.site.commands.serve import DEFAULT_PORT, get_ready
from tajuk.site.ports import refuse_busy_port
from tajuk.site.processes import ROLES, Child, children_of, serve
from tajuk.site.readiness import is_ready
from tajuk.terms.clock import now
from tajuk.terms.paper import FILE_NAME, Paper

_SETTINGS = """
demo = true
publisher = "Yayasan Kabar Nusa"
email = "redaksi@nusa.example"
google_news_url = "https://news.google.com/publications/harian-nusa-example"
whatsapp_channel_url = "https://whatsapp.com/channel/harian-nusa-example"

[taglines]
id = "Harian dari tepi laut"
en = "The daily from the water’s edge"
"""

GATEWAYS_AT = 10
"""So many ports above the paper's the simulated payment providers listen."""

CAST = (
    # email, name, what they may do
    ("admin@nusa.example", "Admin", "everything"),
    ("redpel@nusa.example", "Redaktur pelaksana", "managing editor: kills stories, runs fronts"),
    ("redaktur@nusa.example", "Redaktur", "editor: publishes and corrects"),
    ("reporter@nusa.example", "Reporter", "reporter: writes drafts, submits them"),
    ("foto@nusa.example", "Redaktur foto", "picture editor: pictures and galleries"),
)


def arguments(parser: ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument(
        "--dir", type=Path, default=Path("demo"), help="where it lives (default: ./demo)"
    )
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help=f"default: {DEFAULT_PORT}")
    parser.add_argument(
        "--lan", action="store_true", help="also for phones and others on this network"
    )
    parser.add_argument("--reset", action="store_true", help="throw the demo away and start over")
    parser.add_argument("--prepare", action="store_true", help="make it ready and stop there")


def run(options: Namespace) -> int:
    """Makes the demo ready if need be, says where it is and who may sign in, and serves it."""
    host = "0.0.0.0" if options.lan else "127.0.0.1"  # noqa: S104  asked for with --lan
    gateways = options.port + GATEWAYS_AT
    if not options.prepare:
        refuse_busy_port(host, options.port)
        refuse_busy_port(host, gateways)
    folder: Path = options.dir.resolve()
    if options.reset:
        _throw_away(folder)
    local = f"http://localhost:{options.port}"
    address = f"http://{_address_on_the_network()}:{options.port}" if options.lan else local
    if not (folder / FILE_NAME).exists():
        _build(folder, address)
    options.dir = folder
    # In the environment and not in its settings: the ports are those of this start.
    there = address.removeprefix("http://").rpartition(":")[0]
    os.environ |= {
        f"TAJUK_{name.upper()}": value for name, value in settings_for(there, gateways).items()
    }
    paper = _brought_up_to_date(paper_of(options), address)
    if options.prepare:
        return 0
    _welcome(paper, local, address if options.lan else "")
    children = children_of(paper, host=host, port=options.port, roles=ROLES, workers=1)
    simulator = Child("gateways", _simulator(host, gateways, local))
    return serve(paper, host=host, port=options.port, children=[*children, simulator])


def _simulator(host: str, port: int, paper: str) -> tuple[str, ...]:
    """Payment providers to try things with, beside the paper."""
    command = (sys.executable, "-m", "tajuk.site.commands", "gateway-simulator")
    return (*command, "--host", host, "--port", str(port), "--paper", paper, "--quiet")


def _throw_away(folder: Path) -> None:
    if not folder.exists():
        return
    settings = folder / FILE_NAME
    if not settings.is_file() or "\ndemo = true" not in settings.read_text(encoding="utf-8"):
        raise CommandError(
            f"{folder} is not a demo; --reset throws only demos away. Choose another --dir."
        )
    shutil.rmtree(folder)


def _build(folder: Path, address: str) -> None:
    """Builds the demo beside its place and moves it there when it is whole, so that half a demo never stands.

    In a process of its own: Django takes its settings, and with them the folder, once in a process's life.
    """
    import subprocess

    if folder.exists() and any(folder.iterdir()):
        raise CommandError(f"{folder} holds something else. Choose another folder with --dir.")
    unfinished = folder.with_name(f".{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    make(
        unfinished, name="Harian Nusa", languages=["id", "en"], time_zone="Asia/Jakarta", address=address,
        extra=_SETTINGS,
    )  # fmt: skip
    building = subprocess.run(  # noqa: S603  our own command
        [
            sys.executable,
            "-c",
            f"from tajuk.site.commands.demo import fill; fill({str(unfinished)!r})",
        ],
        check=False,
    )
    if building.returncode:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise CommandError(
            "The demo could not be built; what went wrong stands above. Nothing was left behind."
        )
    if folder.exists():
        folder.rmdir()
    unfinished.rename(folder)


def fill(folder: str) -> None:
    """Fills a new demo with the sample newspaper, its cast, and its pressed pages."""
    paper = paper_of(Namespace(dir=Path(folder)))
    console = Console(stderr=True)
    console.print("Making the sample newspaper. This is done once.")
    with console.status("Database, static files, the desk's groups …"):
        wake_django(paper)
        from tajuk.site.readiness import make_ready

        make_ready(paper)
    from tajuk.site.commands.press import press_everything
    from tajuk.site.sample import load_sample
    from tajuk.site.sample.plans import sell_plans

    moment = now()
    with console.status("Stories and pictures …") as status:
        load_sample(paper, now=moment, progress=lambda text: status.update(str(text)))
    with console.status("Cutting pictures to size …"):
        _cut_pictures()
    sell_plans()
    _hire(paper)
    _empty_the_outbox()
    press_everything(paper)
    (paper.folder / "made.json").write_text(
        json.dumps({"made_at": moment.isoformat()}), encoding="utf-8"
    )


def _hire(paper: Paper) -> None:
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group

    from tajuk.newsroom.models import SectionRole
    from tajuk.site.sample.readers import READERS, enrol_readers

    whole_paper = Group.objects.filter(section_roles__section__isnull=True)
    groups = {
        "redpel": whole_paper.get(section_roles__role=SectionRole.Role.MANAGING_EDITOR),
        "redaktur": whole_paper.get(section_roles__role=SectionRole.Role.EDITOR),
        "reporter": whole_paper.get(section_roles__role=SectionRole.Role.REPORTER),
        "foto": Group.objects.filter(
            section_roles__isnull=True, permissions__codename="change_gallery"
        ).get(),
    }
    password = secrets.token_hex(5)
    users = get_user_model()
    for email, name, _what in CAST:
        group = groups.get(email.split("@")[0])
        if group is None:
            users.objects.create_superuser(email, password, name=name)
            continue
        users.objects.create_user(email, password, name=name, is_staff=True).groups.add(group)
    enrol_readers(password, now=now())
    sign_ins = paper.folder / "sign-ins.json"
    sign_ins.touch(mode=0o600)
    readers = [(each.email, each.what) for each in READERS]
    sign_ins.write_text(json.dumps({"password": password, "readers": readers}), encoding="utf-8")


def _cut_pictures() -> None:
    """On all cores: encoding a picture lets other threads run."""
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connection

    from tajuk.pictures.models import Picture
    from tajuk.pictures.renditions import cut

    def cut_one(picture_id: int) -> None:
        cut(picture_id)
        connection.close()

    with ThreadPoolExecutor(os.cpu_count()) as hands:
        list(hands.map(cut_one, Picture.objects.values_list("pk", flat=True)))


def _empty_the_outbox() -> None:
    """Everything is pressed right after, so what the loading told needs no telling."""
    from tajuk.outbox.models import OutboxMessage

    OutboxMessage.objects.all().delete()


def _brought_up_to_date(paper: Paper, address: str) -> Paper:
    """The demo as this release and this address make it; where either is new, every page is pressed anew."""
    is_moved = paper.address != address
    if is_moved:  # its pages name their address
        settings = paper.folder / FILE_NAME
        text = settings.read_text(encoding="utf-8")
        settings.write_text(
            re.sub(r'(?m)^address = ".*"$', f'address = "{address}"', text), encoding="utf-8"
        )
        paper = paper_of(Namespace(dir=paper.folder))
    if is_ready(paper) and not is_moved:
        return paper
    get_ready(paper)
    wake_django(paper)
    from tajuk.site.commands.press import press_everything

    press_everything(paper)
    return paper


def _address_on_the_network() -> str:
    """This machine's address as its neighbours see it. Nothing is sent: connecting a datagram only asks the route."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, contextlib.suppress(OSError):
        probe.connect(("192.0.2.1", 9))  # a documentation address (RFC 5737)
        return str(probe.getsockname()[0])
    raise CommandError("This machine has no network to be reached on. Start without --lan.")


def _welcome(paper: Paper, local: str, network: str) -> None:
    console = Console()
    sign_ins = json.loads((paper.folder / "sign-ins.json").read_text(encoding="utf-8"))
    password = sign_ins["password"]
    made_at = datetime.fromisoformat(
        json.loads((paper.folder / "made.json").read_text(encoding="utf-8"))["made_at"]
    )
    console.print(f"\n[bold]{paper.name}[/bold]")
    console.print(f"  the paper   {local}/   {local}/en/")
    console.print(f"  its desk    {local}/desk/")
    console.print(f"  readers     {local}/account/sign-in")
    console.print(f"  to pay      {local}/account/subscribe   (no money moves)")
    if network:
        console.print(f"  for phones  {network}/")
    table = Table(box=None, padding=(0, 2))
    for heading in ("sign in as", "password", "who may"):
        table.add_column(heading, style="dim" if heading == "who may" else "")
    for email, _name, what in CAST:
        table.add_row(email, password, what)
    for email, what in sign_ins.get("readers", ()):
        table.add_row(email, password, what)
    console.print(table)
    if now() - made_at > timedelta(days=1):
        console.print("[dim]The stories are older than a day: --reset brings them to today.[/dim]")
    console.print("Ctrl-C ends it.\n")
