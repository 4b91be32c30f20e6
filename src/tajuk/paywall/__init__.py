"""Who may read what: the reader pass and the one pure decision about access.

In: a story's access level, the reader's pass, the meter. Out: a decision. Owns: nothing. Every public
surface asks `decide`; none has a gate of its own.
"""

from tajuk.paywall.rules import decide
from tajuk.paywall.types import (
    Access,
    Decision,
    Entitlement,
    Meter,
    Open,
    ReaderPass,
    Visit,
    Walled,
    Why,
)

__all__ = [
    "Access", "Decision", "Entitlement", "Meter", "Open", "ReaderPass", "Visit", "Walled", "Why",
    "decide",
]  # fmt: skip
