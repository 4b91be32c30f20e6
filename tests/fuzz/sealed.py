"""Of texts only those open that a key of the ring sealed for that purpose; and whatever was sealed is read without a fault."""

from pathlib import Path

from tajuk.paywall.meter import opened_card, sealed_card
from tajuk.paywall.passes import Purpose, opened, opened_pass, sealed, sealed_pass
from tests.fuzz.surface import EXPIRED, FOREIGN, METER, PASSES, RING, Surface


class Sealed(Surface):
    """Opening: a text as it comes, and a payload that a key of ours has sealed."""

    def __init__(self, _folder: Path) -> None:
        """Needs nothing."""

    def __call__(self, data: bytes) -> None:
        passes = {*PASSES, EXPIRED}
        for purpose, ours in ((Purpose.PASS, passes), (Purpose.METER, {METER})):
            assert opened(purpose, data, RING) is None or data in ours
        assert opened_pass(data, RING) is None or data in passes
        assert opened_card(data, RING) is None or data == METER
        self._open_what_was_sealed(data[:2000])

    def _open_what_was_sealed(self, payload: bytes) -> None:
        for purpose in Purpose:
            text = sealed(purpose, payload, RING).encode()
            assert opened(purpose, text, RING) == payload
        as_pass = sealed(Purpose.PASS, payload, RING).encode()
        given = opened_pass(as_pass, RING)
        if given is not None:
            again = opened_pass(sealed_pass(given, RING).encode(), RING)
            assert again == given
        as_card = sealed(Purpose.METER, payload, RING).encode()
        card = opened_card(as_card, RING)
        assert card is None or sealed_card(card, RING).encode() == as_card
        assert opened_pass(as_card, RING) is None
        assert opened_card(as_pass, RING) is None

    @staticmethod
    def seeds() -> list[bytes]:
        payloads = [opened(Purpose.PASS, each, RING) or b"" for each in PASSES]
        return [
            *PASSES, *FOREIGN, EXPIRED, METER, *payloads, opened(Purpose.METER, METER, RING) or b"",
            b"", b".", b"..", b"a1b2c3d4..", b"\x01" + b"\xff" * 42, b"\x01" + b"\xff" * 12, b"a1b2c3d4." + b"A" * 80,
        ]  # fmt: skip
