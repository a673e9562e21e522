"""What goes on beside the calls? Journals move to the database, this worker follows the log of changes, and what a new world
makes anybody ask for is worked out before they do."""

import logging
import math
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from ivr.moment import World
from store.database import AWAY, Database
from store.drain import Told, drain, untold
from store.failover import FailoverFolder
from store.hearing import Hearing
from store.journal import Journal
from store.publication import Publication

DRAIN_SECONDS = 0.25
FOLLOW_SECONDS = 0.4
READY_SECONDS = 0.1
READY_RESTS, READY_REST_SECONDS = 9, 30.0
"""While somebody changes much, making ready has a tenth of the time at most; what a million people take is made ready for the
last of several changes."""

DUE_SECONDS = 1.0
FOLD_SECONDS = 10.0
TIDY_SECONDS = 60.0
ALARM_SECONDS = 5.0
BACK_OFF_SECONDS = 1.0
SILENCE_SECONDS = 3.0
BEHIND_SECONDS = 30.0
"""A large import is taken up in some seconds."""

WATCH_SECONDS = 1.0
COUNT_SECONDS = 1.0
SILENT = "the database does not answer: events wait in the journal, and nothing can be changed"
TAKES_NOTHING = "the database takes no events: it is locked, full or slow; they wait in the journal"
BACK = "the database answers again, and has taken what waited"
PATIENCE_SECONDS = 4.0
"""For all threads together: one that still asks the database when it is closed would leave a connection behind."""


class Watching(Protocol):
    """Whoever looks for what is amiss, and tells of it."""

    def round(self) -> None:
        """Look, with the database."""
        ...

    def tell(self) -> None:
        """Tell of this machine's own trouble, without it."""
        ...

    def post(self) -> None:
        """Send what is due by e-mail."""
        ...


class Upkeep:
    """The threads of one worker. A database that is away delays them and nobody else; no other fault ends them either.

    ``make_ready`` is given every world that comes into force, or the last of several; ``look_round`` reads from the
    database what else this worker keeps in memory; ``publish_due`` publishes the drafts whose moment has come;
    ``failover`` is the folder by which another host answers calls when this one does not; ``tidy`` lets go of what was kept
    long enough; ``alarm`` is told when the database goes away, and when it is back; ``alarms`` looks for what is amiss;
    ``count`` adds what this worker counted to what its machine did; ``moved`` is told which events came into the database.
    """

    def __init__(  # noqa: PLR0913  # a port for each thread
        self,
        journal: Journal,
        journals: Path,
        publication: Publication,
        database: Database,
        make_ready: Callable[[World], object] = lambda _: None,
        look_round: Callable[[], object] | None = None,
        publish_due: Callable[[], object] = lambda: None,
        failover: FailoverFolder | None = None,
        tidy: Callable[[], object] = lambda: None,
        alarm: Callable[[str], object] = lambda _: None,
        alarms: Watching | None = None,
        count: Callable[[], object] = lambda: None,
        moved: Told = untold,
    ) -> None:
        self._journal, self._journals, self._publication, self._database = journal, journals, publication, database
        self._make_ready, self._failover, self._alarm, self._moved = make_ready, failover, alarm, moved
        self._look_round = look_round
        self._ready_for: World | None = None
        self.faults = 0
        self._ending, self._hearing = threading.Event(), None if database.is_sqlite else Hearing(database)
        works = {"drain": (self._drain, DRAIN_SECONDS), "follow": (self._follow, FOLLOW_SECONDS),
                 "ready": (self._ready, READY_SECONDS), "fold": (publication.fold, FOLD_SECONDS),
                 "publish-due": (publish_due, DUE_SECONDS),
                 "tidy": (tidy, TIDY_SECONDS),
                 "watch": (self._watch, WATCH_SECONDS),
                 "count": (count, COUNT_SECONDS),
                 "fail-over": (self._fail_over, failover.every if failover else DUE_SECONDS)}  # fmt: skip
        works |= {"hear": (self._hear, 0)} if self._hearing else {}
        works |= {"look-round": (self._look, FOLLOW_SECONDS)} if look_round else {}
        works |= {"alarms": (alarms.round, ALARM_SECONDS), "tell": (alarms.tell, ALARM_SECONDS),
                  "post": (alarms.post, ALARM_SECONDS)} if alarms else {}  # fmt: skip
        self._threads = [
            threading.Thread(target=self._repeat, args=work, name=name, daemon=True) for name, work in works.items()
        ]
        self._answered = self._followed = self._back = -math.inf
        self._drained, self._told = time.monotonic(), ""

    @property
    def database_answers(self) -> bool:
        """Whether the database answered anybody here lately; one that hangs is away, too. A worker that cannot keep what it was
        answered, since its disk hangs, is another matter (``followed_ago``)."""
        return time.monotonic() - self._answered < SILENCE_SECONDS

    @property
    def followed_ago(self) -> float:
        """How many seconds ago what this worker holds was last known to be the newest; infinite before the first time."""
        return time.monotonic() - self._followed

    @property
    def is_behind(self) -> bool:
        """Whether the database has answered for a while, and what is new in it was not taken up."""
        return self.database_answers and time.monotonic() - max(self._followed, self._back) > BEHIND_SECONDS

    @property
    def is_drained(self) -> bool:
        """Whether the database took lately what the journals hold; one that is locked or full answers, and takes nothing."""
        return time.monotonic() - self._drained < SILENCE_SECONDS

    @property
    def failover_is_behind(self) -> bool:
        """Whether the fail-over folder could not be written as it should be."""
        return self._failover is not None and self._failover.is_behind

    def begin(self) -> None:
        """Ask the database once, then start all of them."""
        with suppress(*AWAY):
            self._database.look_alive()
            self._follow()
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """Ask them to stop; a call of the driver that hangs is left behind. Once is enough."""
        if self._ending.is_set():
            return
        self._ending.set()
        if self._hearing:
            self._hearing.end()
        latest = time.monotonic() + PATIENCE_SECONDS
        for thread in self._threads:
            if thread.is_alive():
                thread.join(timeout=max(latest - time.monotonic(), 0))
        if self._hearing and not any(thread.is_alive() for thread in self._threads):
            self._hearing.close()

    def _repeat(self, work: Callable[[], object], pause: float) -> None:
        while not self._ending.wait(pause):
            try:
                work()
            except AWAY:
                self._ending.wait(BACK_OFF_SECONDS)
            except Exception:  # a thread that ends would be missed by nobody: count, tell, and go on
                self.faults += 1
                logging.getLogger("dutyline").exception("upkeep met a fault and goes on")
                self._ending.wait(BACK_OFF_SECONDS)

    def _drain(self) -> None:
        drain(self._journals, self._database, self._journal.own, self._moved)
        self._drained = time.monotonic()

    def _follow(self) -> None:
        is_behind = self._publication.behind()
        self._note_answer()
        if is_behind:
            self._publication.publish()
        self._followed = time.monotonic()

    def _look(self) -> None:
        if self._look_round:
            self._look_round()
            self._note_answer()

    def _note_answer(self) -> None:
        if not self.database_answers:
            self._back = time.monotonic()
        self._answered = time.monotonic()

    def _hear(self) -> None:
        """What was published elsewhere a moment ago; the look at the log stands behind it."""
        if self._hearing and self._hearing.heard():
            self._follow()

    def _watch(self) -> None:
        """One line in the log when something is amiss, not one every second."""
        amiss = "" if self.is_drained else TAKES_NOTHING
        amiss = amiss if self.database_answers else SILENT
        if amiss != self._told:
            self._told = amiss
            self._alarm(amiss or BACK)

    def _ready(self) -> None:
        world = self._publication.current()
        if world is not self._ready_for:
            self._ready_for, began = world, time.monotonic()
            self._make_ready(world)
            self._ending.wait(min((time.monotonic() - began) * READY_RESTS, READY_REST_SECONDS))

    def _fail_over(self) -> None:
        if self._failover:
            self._failover.keep(self._publication.freshest())
