"""May one more call be placed to somebody who did not ring us? Beyond the deployment's caps it is not, and an operator is told.

A spend that runs away, or a desk that somebody has got into, ends here. Whoever rings us is not touched by it (``store.outgoing``).
"""

import logging
from collections.abc import Mapping
from datetime import datetime

from carrier.port import Busy, Refused
from store import outgoing
from store.database import Transaction
from store.outgoing import Caps

CAPPED = 429
"""Our own code of a refusal: no telephone company was asked."""

WORDS: Mapping[str, str] = {
    "number": "This number was called {most} times within the hour, which is the most; ring it yourself, or wait.",
    "hour": "{most} calls were placed within the hour, which is the most (DUTYLINE_CALLS_OUT); ring yourself, or ask an operator.",
    "minute": "{most} calls were placed within the minute, which is the most; try again in a minute.",
}
ALARM = "calls out have reached the cap “%s=%d” (DUTYLINE_CALLS_OUT): further ones are refused, callers are not touched by it"


def refusal(connection: Transaction, caps: Caps, number: str, now: datetime) -> str:
    """Why a call that was just asked for is not placed, in words; empty where it is. An operator is told."""
    cap = outgoing.beyond(connection, caps, number, now)
    if not cap:
        return ""
    most = getattr(caps, cap)
    logging.getLogger("dutyline").error(ALARM, cap, most)
    return WORDS[cap].format(most=most)


def turned_away(connection: Transaction, caps: Caps, number: str, now: datetime) -> Refused | Busy | None:
    """The same for a phone that is about to be rung: later within the minute, otherwise not at all."""
    cap = outgoing.beyond(connection, caps, number, now)
    if not cap:
        return None
    words = refusal(connection, caps, number, now)
    return Busy() if cap == "minute" else Refused(CAPPED, words)
