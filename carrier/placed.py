"""Which calls did we place to a number, and what became of them? Asked after a restore, when our own memory has gone back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from itertools import takewhile
from time import monotonic
from typing import Protocol

from requests import Session

from carrier.account import Account
from carrier.answers import Failure, Resource
from carrier.api import Api, UnansweredError
from carrier.patience import Patience
from carrier.port import Unknown
from directory.numbers import Number

SECONDS = 8.0
OUTWARD = "outbound"
"""How the direction of a call begins that a request placed, or a Dial."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A call of ours: when it was made, Twilio's word for what became of it, and for how long it was on the line."""

    sid: str
    at: datetime
    status: str
    seconds: int


class PlacedCalls(Protocol):
    """The carrier's own list of calls."""

    def to(self, number: Number, since: datetime) -> tuple[Placed, ...] | Failure:
        """Every call that we placed to a number since a moment, the newest first."""
        ...


class NoneWerePlaced:
    """Where there is no account, no call was placed."""

    def to(self, number: Number, since: datetime) -> tuple[Placed, ...]:  # noqa: ARG002  # the port's
        """None."""
        return ()


class TwilioPlaced:
    """Twilio's list. (Twilio: voice/api/call-resource, read multiple call resources)"""

    def __init__(self, account: Account, seconds: float = SECONDS) -> None:
        self._account, self._patience = account, Patience(seconds)

    def close(self) -> None:
        """Ask nothing more."""
        self._patience.close()

    def to(self, number: Number, since: datetime) -> tuple[Placed, ...] | Failure:
        """See ``PlacedCalls``. A call that is still queued has no start time, so ours is compared here."""
        until = monotonic() + self._patience.seconds

        def visit() -> tuple[Placed, ...] | Failure:
            with Session() as session:
                try:
                    return tuple(_placed(Api(self._account, session, until), number, since))
                except UnansweredError as fault:
                    return fault.result

        return self._patience.within(visit)


def placed_calls(account: Account) -> PlacedCalls:
    """The list of an account, empty where there is no API."""
    return TwilioPlaced(account) if account.url else NoneWerePlaced()


def _placed(api: Api, number: Number, since: datetime) -> Iterator[Placed]:
    whole = since.replace(microsecond=0)
    calls = (call for call in api.rows("Calls", "calls", {"To": number.e164}))
    recent = takewhile(lambda call: _created(call) >= whole, calls)
    for call in recent:
        if str(call.get("direction")).startswith(OUTWARD):
            yield Placed(str(call.get("sid")), _created(call), str(call.get("status")), _seconds(call))


def _created(call: Resource) -> datetime:
    try:
        return parsedate_to_datetime(str(call.get("date_created")))
    except ValueError as fault:
        raise UnansweredError(Unknown()) from fault


def _seconds(call: Resource) -> int:
    found = str(call.get("duration") or "0")
    return int(found) if found.isascii() and found.isdecimal() else 0
