"""Runs payment providers to try things with: Midtrans, Xendit and Stripe as the paper sees them, and no money moves.

Prints the settings a paper uses it with. It forgets everything when it ends.
"""

import sys
from argparse import ArgumentParser, Namespace

DEFAULT_PORT = 8010


def arguments(parser: ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("--host", default="127.0.0.1", help="where to listen (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help=f"default: {DEFAULT_PORT}")
    parser.add_argument(
        "--paper", default="http://localhost:8000", help="where notices go (default: http://localhost:8000)"
    )  # fmt: skip
    parser.add_argument("--seed", type=int, default=0, help="of all chance below")
    parser.add_argument("--copies", type=int, default=0, help="copies more of a notice, at most")
    parser.add_argument("--delay", type=float, default=0.0, help="seconds before a notice, at most")
    parser.add_argument(
        "--retry-after", type=float, default=1.0, help="seconds before it is sent again"
    )
    parser.add_argument("--tries", type=int, default=12, help="how often a notice is sent")
    parser.add_argument("--quiet", action="store_true", help="print no settings")
    parser.add_argument(
        "--forged", type=float, default=0.0, help="share of notices a forged one goes with"
    )


def run(options: Namespace) -> int:
    """Serves until told to stop."""
    from aiohttp import web

    from tajuk.subscriptions.simulator.deliveries import Disorder
    from tajuk.subscriptions.simulator.server import application

    disorder = Disorder(
        copies=options.copies, delay=options.delay, retry_after=options.retry_after, tries=options.tries,
        forged=options.forged,
    )  # fmt: skip
    if not options.quiet:
        for key, value in settings_for(options.host, options.port).items():
            sys.stdout.write(f'{key} = "{value}"\n')
        sys.stdout.flush()
    web.run_app(
        application(options.paper.rstrip("/"), disorder, seed=options.seed),
        host=options.host, port=options.port, print=None, access_log=None,
    )  # fmt: skip
    return 0


def settings_for(host: str, port: int) -> dict[str, str]:
    """What a paper that uses the simulator writes into newspaper.toml."""
    from tajuk.subscriptions.simulator.house import KEYS

    address = f"http://{host}:{port}"
    return {
        "midtrans_server_key": KEYS["midtrans"],
        "midtrans_url": f"{address}/midtrans",
        "midtrans_snap_url": f"{address}/midtrans",
        "xendit_secret_key": KEYS["xendit"],
        "xendit_callback_token": KEYS["xendit_token"],
        "xendit_url": f"{address}/xendit",
        "stripe_secret_key": KEYS["stripe"],
        "stripe_webhook_secret": KEYS["stripe_webhook"],
        "stripe_url": f"{address}/stripe",
    }
