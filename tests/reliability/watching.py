"""What do those see who are not callers? Clerks whose pages ask again and again, and whoever watches ``/readyz``."""

import json
import time
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from threading import Event, Thread
from types import TracebackType
from typing import Self

from routing.clock import SystemClock
from store.database import Database
from store.keys import Role, create
from tests.reliability.service import Service

CLERKS = 12
"""More than the eight threads of a worker."""

ASKS_EVERY = 1.0
WATCHES_EVERY = 0.5
PATIENCE_SECONDS = 20
DATABASE = "database"
"""What stands in a reason that is about it."""

ASKED = "/api/v1/calls?limit=5"


@dataclass(frozen=True, slots=True)
class Seen:
    """What was answered at a moment (``time.monotonic``), and after how many seconds; status 0 where nothing was."""

    at: float
    seconds: float
    status: int
    says: str = ""
    because: tuple[str, ...] = ()


@dataclass
class Watchers:
    """Threads that ask until they are told to stop."""

    served: Service
    key: str
    clerks: int = CLERKS
    clerk_saw: list[Seen] = field(default_factory=list)
    ready: list[Seen] = field(default_factory=list)
    _over: Event = field(default_factory=Event)

    def __enter__(self) -> Self:
        self._threads = [Thread(target=self._asks, daemon=True) for _ in range(self.clerks)]
        self._threads.append(Thread(target=self._watches, daemon=True))
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trail: TracebackType | None
    ) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    @property
    def clerks_met(self) -> dict[str, int]:
        """How often which status was the clerks' answer."""
        return {str(status): count for status, count in sorted(Counter(one.status for one in self.clerk_saw).items())}

    def degraded_between(self, began: float, ended: float) -> tuple[str, ...]:
        """Every reason about the database that was given in that time."""
        there = [one for one in self.ready if began <= one.at <= ended and one.says == "degraded"]
        return tuple(sorted({reason for one in there for reason in one.because if DATABASE in reason}))

    def is_ready_within(self, moment: float, seconds: float) -> bool:
        """Whether nothing was the matter with the database any more, so soon after a moment."""
        there = (one for one in self.ready if moment <= one.at <= moment + seconds and one.says)
        return any(not any(DATABASE in reason for reason in one.because) for one in there)

    def wait_until_ready(self, seconds: float) -> None:
        """Watch on until it is, but no longer."""
        began = time.monotonic()
        while time.monotonic() < began + seconds and not self.is_ready_within(began, seconds):
            time.sleep(WATCHES_EVERY)

    def _asks(self) -> None:
        while not self._over.wait(ASKS_EVERY):
            self.clerk_saw.append(seen(self.served.port, ASKED, self.key))

    def _watches(self) -> None:
        while not self._over.wait(WATCHES_EVERY):
            self.ready.append(seen(self.served.port, "/readyz"))


def seen(port: int, path: str, key: str = "") -> Seen:
    """Ask once."""
    began = time.monotonic()
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", path, headers={"Authorization": f"Bearer {key}"} if key else {})
        reply = connection.getresponse()
        status, text = reply.status, reply.read().decode()
    except (OSError, HTTPException):
        return Seen(began, time.monotonic() - began, 0)
    finally:
        connection.close()
    told = json.loads(text) if path == "/readyz" else {}
    return Seen(began, time.monotonic() - began, status, told.get("status", ""), tuple(told.get("because", ())))


def admin_key(database_url: str, name: str = "storm") -> str:
    """A key of a deployment."""
    here = Database(database_url)
    with here.write_in_order() as connection:
        _, secret = create(connection, name, Role.ADMIN, "tests", SystemClock().now())
    here.close()
    return secret
