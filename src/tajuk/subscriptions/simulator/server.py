"""The simulator's server: the three providers, pages where one pays, and its book."""

import time
from html import escape

from aiohttp import web

from tajuk.subscriptions.simulator import midtrans, stripe, xendit
from tajuk.subscriptions.simulator.book import Book, Charge
from tajuk.subscriptions.simulator.deliveries import Deliveries, Disorder
from tajuk.subscriptions.simulator.house import HOUSE, KEYS, House

_NAMES = {"midtrans": "Midtrans", "xendit": "Xendit", "stripe": "Stripe"}
_METHODS = {
    "midtrans": (("qris", "QRIS"), ("bank_transfer", "Virtual account"), ("credit_card", "Card")),
    "xendit": (("qris", "QRIS"), ("bca", "Virtual account")),
    "stripe": (("card", "Card"),),
}
_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>:root{{color-scheme:light dark;font:1.05rem/1.5 system-ui,sans-serif}}
body{{max-width:26rem;margin:3rem auto;padding:0 1rem}}button{{font:inherit;padding:.7rem 1rem;width:100%;margin:.3rem 0}}
.amount{{font-size:1.8rem;margin:.2rem 0}}.note{{opacity:.75;font-size:.9rem}}</style>
<p class="note">{provider}, simulated. No money moves.</p>{body}</html>"""


def application(paper: str, disorder: Disorder, *, seed: int = 0) -> web.Application:
    """The server's application; notices go to `paper`, its address without a slash at the end."""
    app = web.Application()
    book = Book(seed)
    app[HOUSE] = House(book, Deliveries(book, paper, disorder), dict(KEYS))
    for part in (midtrans, xendit, stripe):
        part.routes(app)
    app.router.add_get("/pay/{number}", _page)
    app.router.add_post("/pay/{number}", _pay)
    app.router.add_get("/portal/{number}", _portal)
    app.router.add_get("/book", _book)
    app.router.add_post("/book/pay", _pay_by_order)
    app.router.add_post("/book/renew", _renew)
    app.router.add_post("/book/refund", _refund)
    app.router.add_get("/", _front)
    app.on_cleanup.append(_closed)
    return app


async def _closed(app: web.Application) -> None:
    await app[HOUSE].deliveries.close()


async def _front(_request: web.Request) -> web.Response:
    return _html("Gateway simulator", "Gateway", '<p>Its <a href="/book">book</a>.</p>')


async def _page(request: web.Request) -> web.Response:
    charge = _charge(request, request.match_info["number"])
    if charge.money:
        return _html("Paid", _NAMES[charge.provider], f"<h1>Paid</h1>{_back(charge)}")
    late = "" if charge.is_open() else "<p>Its time has run out. Paying late still moves money.</p>"
    buttons = "".join(
        f'<button name="method" value="{method}">Pay by {name}</button>'
        for method, name in _METHODS[charge.provider]
    )
    body = (
        f"<h1>{escape(charge.description)}</h1><p class=amount>{_amount(charge)}</p>{late}"
        f"<form method=post>{buttons}<button name=method value=pending>Choose a method, pay later</button></form>"
        f"{_back(charge)}"
    )
    return _html(charge.description, _NAMES[charge.provider], body)


async def _pay(request: web.Request) -> web.Response:
    charge = _charge(request, request.match_info["number"])
    told = await request.post()
    _taken(request.app[HOUSE], charge, str(told.get("method", "qris")))
    raise web.HTTPSeeOther(charge.return_url)


async def _portal(request: web.Request) -> web.Response:
    charge = _charge(request, request.match_info["number"])
    return _html("Portal", "Stripe", f"<h1>Your card ends in 4242.</h1>{_back(charge)}")


async def _book(request: web.Request) -> web.Response:
    house = request.app[HOUSE]
    on_its_way = house.deliveries
    counts = {
        "waiting": on_its_way.waiting, "sent": on_its_way.sent, "taken": on_its_way.taken,
        "forged": on_its_way.forged, "forged_taken": on_its_way.forged_taken,
    }  # fmt: skip
    return web.json_response({**house.book.told(), **counts})


async def _pay_by_order(request: web.Request) -> web.Response:
    """For tests: `{"provider", "reference", "method"?, "units"?}`."""
    house = request.app[HOUSE]
    told = await request.json()
    charge = house.book.by_reference(told["provider"], told["reference"])
    if charge is None:
        raise web.HTTPNotFound
    _taken(house, charge, told.get("method", "qris"), told.get("units"))
    return web.json_response({"number": charge.number})


async def _renew(request: web.Request) -> web.Response:
    """For tests: Stripe takes a further period of `{"subscription"}`."""
    house = request.app[HOUSE]
    charge = house.book.by_subscription((await request.json())["subscription"])
    if charge is None or charge.is_renewal_over:
        raise web.HTTPNotFound
    stripe.renewed(house, charge)
    return web.json_response({"number": charge.number})


async def _refund(request: web.Request) -> web.Response:
    """For tests: the provider gives `{"reference"}` back by itself."""
    house = request.app[HOUSE]
    told = await request.json()
    charge = house.book.by_reference(told["provider"], told["reference"])
    if charge is None or not charge.money:
        raise web.HTTPNotFound
    if charge.provider == "midtrans":
        charge.money[0].refunded = charge.money[0].units
        midtrans.notify(house, charge)
    else:
        xendit.give_back(house, charge, f"by the provider {charge.number}")
    return web.json_response({"number": charge.number})


def _taken(house: House, charge: Charge, method: str, units: int | None = None) -> None:
    """Paid, or a method chosen; and what the provider tells then."""
    if charge.money:
        return
    if method == "pending":
        charge.state, charge.method = "pending", "qris"
        if charge.provider == "midtrans":
            midtrans.notify(house, charge)
        return
    if charge.provider == "midtrans":
        charge.state, charge.method = "pending", method
        midtrans.notify(house, charge)
    money = house.book.pay(charge, method=method, units=units)
    match charge.provider:
        case "midtrans":
            midtrans.notify(house, charge)
        case "xendit":
            xendit.notify(house, charge)
        case _:
            stripe.paid(house, charge, money)


def _charge(request: web.Request, number: str) -> Charge:
    charge = request.app[HOUSE].book.charges.get(number)
    if charge is None:
        raise web.HTTPNotFound(
            text="The simulator knows no such payment; it forgets all when it ends."
        )
    if (
        charge.state == "open"
        and time.time() >= charge.expires_at
        and charge.provider != "midtrans"
    ):
        charge.state = "expired"
    return charge


def _amount(charge: Charge) -> str:
    units = charge.units // 100 if charge.provider == "stripe" else charge.units
    return f"{escape(charge.currency)} {units:,}"


def _back(charge: Charge) -> str:
    return f'<p><a href="{escape(charge.return_url)}">Back to the paper</a></p>'


def _html(title: str, provider: str, body: str) -> web.Response:
    return web.Response(
        text=_PAGE.format(title=escape(title), provider=provider, body=body),
        content_type="text/html",
    )
