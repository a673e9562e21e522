"""What becomes of machines and their databases that somebody should be told of? Six deployments, each broken in its own way."""

import fcntl
import os
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from typing import IO

from store.failover import made_at
from tests.reliability.alerting.callers import MORNING
from tests.reliability.alerting.phones import first_step, number_of
from tests.reliability.alerting.trouble import Deployment, Trouble
from tests.reliability.answered import soon
from tests.reliability.asking import Asking
from tests.reliability.faults import FileLocked
from tests.reliability.figures.dark_start import change_number
from tests.reliability.postgres import cluster
from tests.reliability.service import Service, service
from tests.reliability.wall_clock import WallClock, wall_clock
from tests.reliability.watching import admin_key

LINE = "devon"
STOPS_SECONDS, RUNS_SECONDS = 1.25, 0.1
CALLERS = 3
TOO_LATE = timedelta(hours=27)
BOOKED = {"number": "020 7946 0997", "line": "call-derbyshire", "about": "a call back", "within": 4}


@contextmanager
def frozen(folder: Path) -> Iterator[Deployment]:
    """A PostgreSQL whose every process is stopped."""
    with cluster(folder / "pg") as database, service(folder / "state", database.url, 1) as served:
        trouble = Trouble(("DutylineDatabaseAway", "DutylineReadingOld"), database.freeze, database.thaw)
        yield Deployment((served,), (trouble,))


@contextmanager
def locked(folder: Path) -> Iterator[Deployment]:
    """An SQLite file that another process holds, while somebody rings."""
    folder.mkdir(parents=True)
    file = folder / "dutyline.db"
    lock = FileLocked(file)
    with service(folder / "state", f"sqlite:///{file}") as served:

        def begin() -> None:
            lock.begin()
            assert first_step(served, number_of(LINE), served.token) == 200

        trouble = Trouble(("DutylineDatabaseTakesNothing", "DutylineJournalWaits"), begin, lock.close)
        yield Deployment((served,), (trouble,))


@contextmanager
def stopped(folder: Path) -> Iterator[Deployment]:
    """A machine whose every process is stopped: it takes connections, and says nothing."""
    folder.mkdir(parents=True)
    with service(folder / "state", f"sqlite:///{folder / 'dutyline.db'}") as served:
        down = Trouble(
            ("DutylineDown",), lambda: to_all(served, signal.SIGSTOP), lambda: to_all(served, signal.SIGCONT)
        )
        yield Deployment((served,), (down,))


def to_all(served: Service, which: signal.Signals) -> None:
    """A signal to every process of a service."""
    assert served.process
    os.killpg(served.process.pid, which)


@dataclass
class Stuttering:
    """A machine with far too little of a processor: it stands still for more than a second, again and again, while callers ring."""

    served: Service
    _over: Event = field(default_factory=Event)
    _threads: list[Thread] = field(default_factory=list)

    def begin(self) -> None:
        """From now on."""
        self._threads = [Thread(target=one, daemon=True) for one in (self._stutters, *[self._rings] * CALLERS)]
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """Until now."""
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _stutters(self) -> None:
        while not self._over.wait(RUNS_SECONDS):
            workers = self.served.worker_processes
            for which, seconds in ((signal.SIGSTOP, STOPS_SECONDS), (signal.SIGCONT, 0.0)):
                for worker in workers:
                    os.kill(worker, which)
                time.sleep(seconds)

    def _rings(self) -> None:
        while not self._over.is_set():
            assert first_step(self.served, number_of(LINE), self.served.token) == 200


@contextmanager
def stuttering(folder: Path) -> Iterator[Deployment]:
    """A machine that answers, far too slowly."""
    folder.mkdir(parents=True)
    with service(folder / "state", f"sqlite:///{folder / 'dutyline.db'}") as served:
        slow = Stuttering(served)
        yield Deployment((served,), (Trouble(("DutylineWebhooksSlow",), slow.begin, slow.end),))


@dataclass
class Hung:
    """Two machines, of which one cannot keep what the other has published: somebody holds the lock of its folder for ever."""

    one: Service
    other: Service
    key: str
    _held: IO[str] | None = None

    def begin(self) -> None:
        """Hold it, and change a number on the other machine."""
        self._held = (self.other.state / "published" / "lock").open()
        fcntl.flock(self._held, fcntl.LOCK_EX)
        change_number(self.one, self.key)

    def end(self) -> None:
        """Let go of it."""
        if self._held:
            self._held.close()


@contextmanager
def hung(folder: Path) -> Iterator[Deployment]:
    """Two machines of one deployment."""
    folder.mkdir(parents=True)
    url = f"sqlite:///{folder / 'dutyline.db'}"
    with ExitStack() as both:
        one, other = (both.enter_context(service(folder / name, url)) for name in ("one", "other"))
        lock = Hung(one, other, admin_key(url, "alerts"))
        trouble = Trouble(("DutylineVersionsDiffer", "DutylineSnapshotOld"), lock.begin, lock.end)
        yield Deployment((one, other), (trouble,))


@dataclass
class Forgotten:
    """A call-back that nobody makes and a fail-over folder that cannot be written, until it is the next day by the machine's clock."""

    served: Service
    clock: WallClock
    desk: Asking
    _booked: str = ""

    def begin(self) -> None:
        """Book it, put something in the way of the folder's index, and let the time go by."""
        self._booked = self.desk.sends("POST", "/callbacks", BOOKED)["id"]
        assert soon(lambda: made_at(self._folder) is not None)
        self._in_the_way.mkdir()
        self.clock.set(MORNING + TOO_LATE)

    def end(self) -> None:
        """See to both."""
        self._in_the_way.rmdir()
        self.desk.sends("POST", f"/callbacks/{self._booked}/outcome", {"outcome": "cancelled"})

    @property
    def _folder(self) -> Path:
        return self.served.state / "failover"

    @property
    def _in_the_way(self) -> Path:
        return self._folder / ".index.json.new"


@contextmanager
def forgotten(folder: Path) -> Iterator[Deployment]:
    """A machine whose clock can be set."""
    folder.mkdir(parents=True)
    clock, url = wall_clock(folder, MORNING), f"sqlite:///{folder / 'dutyline.db'}"
    with service(folder / "state", url, 1, **clock.environment) as served:
        left = Forgotten(served, clock, Asking(served, admin_key(url, "alerts")))
        trouble = Trouble(("DutylineCallBacksLate", "DutylineFailoverOld"), left.begin, left.end)
        yield Deployment((served,), (trouble,))
