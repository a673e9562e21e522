"""Will the telephone company still put calls through? The balance against a least, and whether the account is active; once an hour."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from carrier.answers import Failure
from carrier.inspecting import Balance, Standing
from carrier.port import Refused
from ivr.alarms import Alarm, Alarming, alarm
from ivr.moment import World
from store import alarms, watched
from store.database import Database
from store.watched import Look, State

KIND = "account"
ACTIVE = "active"
NOT_ACTIVE = 20005
"""Twilio's code for an account that is suspended or closed."""

CODES = (Alarming.BALANCE_LOW, Alarming.ACCOUNT_SUSPENDED, Alarming.ACCOUNT_UNANSWERED)
NO_ANSWER = "no answer that says anything came in time"
NO_BALANCE = "it has no balance of its own, or it was not told"


class Accounts(Protocol):
    """Whoever knows how the account stands (``carrier.inspecting``). Every question ends within its seconds."""

    def standing(self, token: str) -> Standing | Failure:
        """As it is shown to whoever holds this token."""
        ...

    def balance(self) -> Balance | Failure:
        """What is left."""
        ...


@dataclass(frozen=True, slots=True)
class AccountWatch:
    """Who is asked, with which tokens, and the least balance (none: it is not looked at)."""

    accounts: Accounts
    tokens: Sequence[str]
    least: Decimal | None

    def round(self, database: Database, _: World, now: datetime) -> None:
        """Ask, and keep what was found. What is not known is neither well nor over: alarms that lasted go on."""
        found, left = self._standing(), self.accounts.balance()
        with database.write() as connection:
            if isinstance(found, Standing):
                amiss = list(self._amiss(found, left))
                words = " ".join(one.detail for one in amiss) or _told(left)
                watched.keep(connection, Look(KIND, "", now, State.AMISS if amiss else State.WELL, words))
                alarms.settled(connection, CODES, amiss, now)
                return
            before = next((look for look in watched.looks(connection) if look.kind == KIND), None)
            words = found.words if isinstance(found, Refused) else NO_ANSWER
            watched.keep(connection, Look(KIND, "", now, State.UNKNOWN, words))
            if isinstance(found, Refused) or (before and before.state is State.UNKNOWN):
                alarms.raised(connection, [alarm(Alarming.ACCOUNT_UNANSWERED, detail=f"The reason: {words}")], now)

    def _standing(self) -> Standing | Failure:
        """By the first token that is taken."""
        found = [self.accounts.standing(token) for token in self.tokens[:1]]
        for token in self.tokens[1:]:
            if not isinstance(found[-1], Standing):
                found.append(self.accounts.standing(token))
        last = found[-1]
        return _inactive() if isinstance(last, Refused) and last.code == NOT_ACTIVE else last

    def _amiss(self, found: Standing, left: Balance | Failure) -> Iterator[Alarm]:
        if found.status != ACTIVE:
            yield alarm(Alarming.ACCOUNT_SUSPENDED, detail=f"The company calls it “{found.status[:20]}”.")
        elif self.least is not None and isinstance(left, Balance) and left.left < self.least:
            yield alarm(Alarming.BALANCE_LOW, detail=f"{_told(left)}; the least is {self.least}.")


def _inactive() -> Standing:
    return Standing("not active", "", "", None)


def _told(left: Balance | Failure) -> str:
    return f"{left.left:.2f} {left.currency} are left" if isinstance(left, Balance) else NO_BALANCE
