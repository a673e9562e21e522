"""What do all calls of an account share?

The time, the wire to the application, the debugger, and how the account is set up.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime

from telephone.account import Account, Sids
from telephone.clock import Clock
from telephone.delivery import Delivery
from telephone.exchange.timeline import Timeline
from telephone.fetching import Attempt, Failure, Fetched, Fetcher, Order, Purpose
from telephone.switchboard import Settings, thanks
from telephone.transcript import Warned
from telephone.transport import Request, Response, Transport


@dataclass(frozen=True, slots=True)
class Unlocked:
    """A transport that leaves the exchange open while the application answers, for its requests to the REST API."""

    transport: Transport
    timeline: Timeline

    def send(self, request: Request) -> Response:
        """The response of the transport inside."""
        with self._open():
            return self.transport.send(request)

    @contextmanager
    def _open(self) -> Iterator[None]:
        self.timeline.lock.release()
        try:
            yield
        finally:
            self.timeline.lock.acquire()


@dataclass(slots=True)
class Plant:
    """One account's surroundings."""

    account: Account
    settings: Settings
    timeline: Timeline
    sids: Sids
    transport: Transport
    delivery: Delivery
    warnings: list[Warned] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)
    _postman: Fetcher = field(init=False)

    def __post_init__(self) -> None:
        self._postman = self.fetcher()

    def fetcher(self) -> Fetcher:
        """A client for one call's webhooks, with cookies of its own; all attempts are kept together."""
        wire = Unlocked(self.transport, self.timeline)
        return Fetcher(wire, self.account, Clock(), self.sids, self.attempts)

    def fetched(self, fetcher: Fetcher, order: Order, purpose: Purpose) -> tuple[Fetched | Failure, float]:
        """The answer to a webhook, and the virtual seconds that it takes; they are yet to pass."""
        fetcher.clock.now = self.timeline.now
        found = fetcher.fetch(order, purpose)
        if isinstance(found, Failure):
            self.warn(found.code, f"{found.url}: {found.reason}")
        return found, fetcher.clock.now - self.timeline.now

    def post(self, order: Order) -> None:
        """Send a status callback on its way: late, doubled and out of order as the delivery has it."""
        for delay in self.delivery.delays():
            self.timeline.after(delay, lambda: self._deliver(order))

    def warn(self, code: int, text: str) -> None:
        """Write into the debugger."""
        self.warnings.append(Warned(code, text))

    def moment(self, at: float) -> datetime:
        """A virtual second as a date and time."""
        return self.settings.began + timedelta(seconds=at)

    def timestamp(self) -> str:
        """Now, as callbacks give it (RFC 2822)."""
        return format_datetime(self.moment(self.timeline.now))

    def _deliver(self, order: Order) -> None:
        found, _ = self.fetched(self._postman, order, "status")
        if isinstance(found, Fetched) and not thanks(found):
            self.warn(12300, f"{found.url}: a status callback is answered with 204, or with TwiML")
