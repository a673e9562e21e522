"""Is Twilio refused at our door? One stranger with a wrong signature is nobody's concern; Twilio's own requests refused again and again
mean that no call is answered: a wrong token, or a public address that is not what Twilio asks."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from webhooks.ports import Alarm

AGENT = "TwilioProxy"
"""How the name begins that Twilio gives in ``User-Agent``."""

MANY = 3
WHILE = timedelta(minutes=10)
TOLD_AGAIN = timedelta(minutes=5)
WORDS = (
    "webhooks that look like Twilio's are refused by their signature, so their calls are not answered: compare "
    "TWILIO_AUTH_TOKEN and DUTYLINE_PUBLIC_URL with the account (dutyline doctor)"
)


@dataclass(slots=True)
class Refusals:
    """The refusals of this worker that look like mistakes of ours: sent as Twilio sends them, in the name of our ``account``."""

    alarm: Alarm
    account: str
    _at: deque[datetime] = field(default_factory=lambda: deque(maxlen=MANY))
    _told: datetime | None = None

    def note(self, agent: str, account: str, signature: str, now: datetime) -> None:
        """A request was refused."""
        if not (signature and agent.startswith(AGENT) and account == self.account):
            return
        self._at.append(now)
        if self.are_many(now) and (self._told is None or now - self._told >= TOLD_AGAIN):
            self._told = now
            self.alarm.raised(WORDS)

    def are_many(self, now: datetime) -> bool:
        """Whether so many came lately that calls are failing."""
        return sum(1 for _ in self._lately(now)) >= MANY

    def _lately(self, now: datetime) -> Iterator[datetime]:
        return (at for at in tuple(self._at) if now - at < WHILE)
