"""The door for payment providers: `/api/payments/<gateway>`. What comes is recorded, and answered at once."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tajuk.subscriptions.actions.notices import take_notice
from tajuk.subscriptions.gateways.configured import gateway
from tajuk.subscriptions.gateways.port import Incoming
from tajuk.subscriptions.types import GatewayName
from tajuk.terms.clock import now as read_clock

LONGEST = 64 * 1024
_TOO_LONG, _FORBIDDEN, _NOT_HERE = 413, 403, 404


@csrf_exempt  # a provider has no cookie of ours: what it sends is signed
@require_POST
def notice(request: HttpRequest, gateway_name: str) -> HttpResponse:
    """200 for what is genuine, whatever it says; 403 for what the provider didn't sign; both are recorded."""
    at = gateway(gateway_name) if gateway_name in set(GatewayName) else None
    if at is None or not at.can.tells:
        return _said("This newspaper doesn't use this provider.", _NOT_HERE)
    length = request.headers.get("Content-Length", "")
    if length.isdigit() and int(length) > LONGEST:
        return _said("Longer than any notice.", _TOO_LONG)
    body = request.read(LONGEST + 1)
    if len(body) > LONGEST:
        return _said("Longer than any notice.", _TOO_LONG)
    headers = {name.lower(): value for name, value in request.headers.items()}
    if take_notice(at, Incoming(headers, body), now=read_clock()):
        return _said("Taken.", 200)
    return _said("Not signed with this newspaper's key, or too long ago.", _FORBIDDEN)


def _said(text: str, status: int) -> HttpResponse:
    return HttpResponse(
        text + "\n",
        status=status,
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )
