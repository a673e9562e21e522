"""What does the desk do beside its legs and pages? Offer callers to handlers, run errands, and look after what was left over."""

import logging
import secrets
import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from time import perf_counter

from carrier.placed import NoneWerePlaced, PlacedCalls
from desk import callback_calls
from desk.after_restore import AfterRestore
from desk.callback_watch import CallBackWatch
from desk.chores import Chore, Chores
from desk.errands import Means, asking
from desk.leaving import caller_gone, gone
from desk.meeting_minutes import ask_for_minutes
from desk.offers import offer
from desk.presence import WRAP_UP, has_rested
from desk.results import noted
from desk.scene import Scene, scene_of
from desk.waiting import free_for, in_order
from ivr.in_hand import IN_HAND, holding
from ivr.moment import World
from routing.clock import Clock
from store import conversations, errands, meetings, parties, presence, rounds
from store.conversations import At
from store.database import AWAY, Database
from store.errands import DONE, Errand
from store.presence import Status
from store.rounds import NOTHING

PAUSE_SECONDS = 0.25
BACK_OFF_SECONDS = 1.0
OVERDUE = timedelta(seconds=45)
"""A phone of which nothing was heard for so long does not ring: its callbacks were lost."""

MOST_ERRANDS = 20
NONE = NoneWerePlaced()


class DeskLoop:
    """One worker's share of the desk's work. Every worker may run it: what is done is claimed by one of them."""

    def __init__(
        self, database: Database, world: Callable[[], World], clock: Clock, means: Means, every: Sequence[Chore] = (),
        placed: PlacedCalls = NONE,
    ) -> None:  # fmt: skip
        self._database, self._world, self._clock, self._means = database, world, clock, means
        self._worker = secrets.token_hex(8)
        self._chores = Chores(database, self._worker, every)
        self._call_backs = CallBackWatch(database)
        self._restored = AfterRestore(database, means.carrier, placed, self._worker)
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._repeat, name="desk", daemon=True)
        self.faults = 0

    def begin(self) -> None:
        """Start its thread."""
        self._thread.start()

    def end(self) -> None:
        """Ask it to stop."""
        self._ending.set()
        if self._thread.is_alive():
            self._thread.join(timeout=4)

    def once(self) -> int:
        """Do what is to be done now; how many errands were run."""
        IN_HAND.set(None)
        self._call_backs.round(self._world(), self._clock.now())
        run = self._calls() if self._restored.is_over(self._world(), self._clock.now()) else 0
        self._chores.round(self._world(), self._clock.now())
        return run

    def _calls(self) -> int:
        """Each part once it is wanted, or once another has been done from which it may follow."""
        now = self._clock.now()
        with self._database.read() as connection:
            work = rounds.work(connection, now, now - OVERDUE, now - WRAP_UP)
        if work == NOTHING:
            return 0
        if work.neglected:
            self._look_after()
        if work.neglected or work.waits:
            self._dispatch()
        if work.neglected or work.calls_back:
            callback_calls.dispatch(self._database, self._world(), now)
        run = 0
        while run < MOST_ERRANDS and self._run_one():
            run += 1
        return run

    def _repeat(self) -> None:
        while not self._ending.wait(PAUSE_SECONDS):
            try:
                self.once()
            except AWAY:
                self._ending.wait(BACK_OFF_SECONDS)
            except Exception:  # a thread that ends would be missed by nobody: count, tell, and go on
                self.faults += 1
                logging.getLogger("dutyline").exception("the desk met a fault and goes on")
                self._ending.wait(BACK_OFF_SECONDS)

    def _on(self, call: str, act: Callable[[Scene], object]) -> None:
        """One transaction on one call."""
        with holding(call), self._database.write() as connection:
            scene = scene_of(connection, self._world(), self._clock.now(), call)
            if scene:
                act(scene)

    def _look_after(self) -> None:
        now = self._clock.now()
        with self._database.read() as connection:
            left, overdue = conversations.left_over(connection), parties.overdue(connection, now - OVERDUE)
            resting = presence.rested(connection, now - WRAP_UP)
            minuteless = meetings.without_minutes(connection)
        for who in resting:
            self._rests(who, now)
        if minuteless:
            self._minutes(now)
        for call in left:
            self._on(call, caller_gone)
        for party in overdue:
            self._on(party.call, lambda scene, party=party: _give_up(scene, party.id))  # type: ignore[misc]  # bound now

    def _rests(self, who: str, now: datetime) -> None:
        """A wrap-up ends by itself, whether or not a page looks."""
        with self._database.write() as connection:
            known = presence.opened(connection, who)
            if known and has_rested(known, now):
                presence.change(connection, who, (Status.WRAP_UP,), Status.AVAILABLE, now)

    def _minutes(self, now: datetime) -> None:
        with self._database.write_in_order() as connection:
            ask_for_minutes(connection, self._world(), now)

    def _dispatch(self) -> None:
        now = self._clock.now()
        with self._database.read() as connection:
            waiting = in_order(conversations.those(connection, At.WAITING))
            handlers = presence.signed_in(connection, now) if waiting else ()
        for caller in waiting:
            handler = free_for(caller.line, handlers, now)
            if handler:
                handlers = tuple(one for one in handlers if one is not handler)
                self._on(caller.call, lambda scene, handler=handler: offer(scene, handler))  # type: ignore[misc]  # bound now

    def _run_one(self) -> bool:
        now = self._clock.now()
        with self._database.read() as connection:
            if not errands.is_due(connection, now):
                return False
        with self._database.write() as connection:
            errand = errands.next_one(connection, self._worker, now)
        if errand is None:
            return False
        self._run(errand, now)
        return True

    def _run(self, errand: Errand, now: datetime) -> None:
        with holding(errand.call), self._database.write() as connection:
            scene = scene_of(connection, self._world(), now, errand.call)
            request = asking(scene, errand, self._means) if scene else None
            if request is None:
                errands.over(connection, errand.id, DONE, "not wanted", now)
        if request:
            began = perf_counter()
            result = request()
            self._means.told(errand, result, perf_counter() - began)
            self._on(errand.call, lambda scene: noted(scene, errand, result))


def _give_up(scene: Scene, key: str) -> None:
    party = scene.party(key)
    if party and party.state in parties.COMING:
        gone(scene, party, "no answer")
        if party.sid:
            scene.asks("end", party.id)
