"""What became of a call, step by step, for whoever watches traces? Each answer leaves a mark in memory; a thread hands the marks on.

A mark is an append to a bounded queue: no lock, no disk, no network. A collector that hangs or is away costs nobody anything but the
marks, the oldest first. Where there is no collector, ``Untraced`` puts nothing in front of anything.
"""

import threading
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime
from time import perf_counter
from typing import NamedTuple, Protocol

from carrier.port import Result
from ivr.answering import Answering
from ivr.in_hand import IN_HAND, InHand
from ivr.record import Record
from routing.clock import Clock
from store.errands import Errand
from webhooks.ports import Journal, Tally
from webhooks.voice import Ports

MOST_MARKS = 2048
"""Of one worker, while the collector does not answer; a record hangs on each."""

MOST_AT_ONCE = 256
EVERY_SECONDS = 1.0
CLOSING_SECONDS = 1.0
"""So long the end waits for the last marks to be taken."""

AWAY = "traces are not taken by the collector, and are lost until it takes them; calls are answered as ever"
BACK = "the collector takes traces again; lost: {lost} marks of what was done"


class Webhook(NamedTuple):
    """A webhook was answered: of which call, with which record (none on a leg of the desk, or in a test), how, until when, and in how
    many seconds; so many of them were spent on the journal."""

    hand: InHand
    record: Record | None
    how: Answering
    at: datetime
    seconds: float
    journal: float


class Moved(NamedTuple):
    """Records came into the database together: how many of each call."""

    records: Mapping[str, int]
    at: datetime
    seconds: float


class Asked(NamedTuple):
    """The carrier was asked for something, for a call."""

    errand: Errand
    result: Result
    at: datetime
    seconds: float


Mark = Webhook | Moved | Asked


class Exporting(Protocol):
    """Who makes spans of marks, and brings them to the collector."""

    def export(self, marks: Sequence[Mark]) -> bool:
        """Whether the collector took them. It may take seconds, and never raises."""
        ...

    def close(self) -> None:
        """Give up whatever is tried again."""
        ...


class Kept(NamedTuple):
    """What the journal was given of the webhook that this thread answers, and how many seconds it took."""

    record: Record | None = None
    seconds: float = 0.0


NOTHING = Kept()
_KEPT: ContextVar[Kept] = ContextVar("kept", default=NOTHING)


@dataclass(slots=True)
class Traces:
    """One worker's marks, and the thread that hands them on."""

    exporting: Exporting
    clock: Clock
    told: Callable[[str], object]
    lost: int = 0
    _marks: deque[Mark] = field(default_factory=lambda: deque(maxlen=MOST_MARKS))
    _ending: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread = field(init=False)
    _is_taken: bool = True

    def __post_init__(self) -> None:
        self._thread = threading.Thread(target=self._repeat, name="traces", daemon=True)
        self._thread.start()

    def around(self, ports: Ports) -> Ports:
        """The ports of a door whose answers are traced."""
        return replace(ports, journal=TracedJournal(ports.journal), tally=TracedTally(ports.tally, self))

    def moved(self, records: Sequence[Record], seconds: float) -> None:
        """Records came into the database."""
        self.mark(Moved(Counter(record.call for record in records), self.clock.now(), seconds))

    def asked(self, errand: Errand, result: Result, seconds: float) -> None:
        """The carrier was asked."""
        self.mark(Asked(errand, result, self.clock.now(), seconds))

    def mark(self, mark: Mark) -> None:
        """Remember what was done, until it is handed on."""
        if len(self._marks) == MOST_MARKS:
            self.lost += 1
        self._marks.append(mark)

    def close(self) -> None:
        """Hand on what is left, where the collector takes it at once."""
        self._ending.set()
        self._thread.join(CLOSING_SECONDS)
        self.exporting.close()

    def _repeat(self) -> None:
        while not self._ending.wait(EVERY_SECONDS):
            self._hand_on()
        self._hand_on()

    def _hand_on(self) -> None:
        """All that are there now. Where a part is not taken, the next one waits for its turn."""
        is_taken = True
        while is_taken and self._marks:
            marks = [self._marks.popleft() for _ in range(min(len(self._marks), MOST_AT_ONCE))]
            is_taken = self.exporting.export(marks)
            self.lost += 0 if is_taken else len(marks)
            self._tell(is_taken)

    def _tell(self, is_taken: bool) -> None:  # noqa: FBT001  # what was just found
        """One line in the log when it begins, one when it is over."""
        if is_taken != self._is_taken:
            self._is_taken = is_taken
            self.told(BACK.format(lost=self.lost) if is_taken else AWAY)
            self.lost = 0 if is_taken else self.lost


@dataclass(frozen=True, slots=True)
class TracedJournal:
    """A journal that remembers what it was given last, for the mark."""

    journal: Journal

    def append(self, record: Record) -> None:
        """Keep a record."""
        began = perf_counter()
        self.journal.append(record)
        _KEPT.set(Kept(record, perf_counter() - began))


@dataclass(frozen=True, slots=True)
class TracedTally:
    """A tally that leaves a mark of each webhook whose call is known; what was refused is nobody's."""

    tally: Tally
    traces: Traces

    def note(self, how: Answering, seconds: float) -> None:
        """One was answered."""
        self.tally.note(how, seconds)
        hand, kept = IN_HAND.get(), _KEPT.get()
        if hand:
            _KEPT.set(NOTHING)
            self.traces.mark(Webhook(hand, kept.record, how, self.traces.clock.now(), seconds, kept.seconds))


class Untraced:
    """No collector: nothing is marked."""

    def around(self, ports: Ports) -> Ports:
        """The same."""
        return ports

    def moved(self, records: Sequence[Record], seconds: float) -> None:
        """Nothing."""

    def asked(self, errand: Errand, result: Result, seconds: float) -> None:
        """Nothing."""

    def close(self) -> None:
        """Nothing."""


Tracing = Traces | Untraced


def traces_of(address: str, clock: Clock, told: Callable[[str], object]) -> Tracing:
    """The traces of one worker, which go to a collector's address; none where there is none. ``told`` is whoever reads the log."""
    if not address:
        return Untraced()
    from watch.spans import Collector  # noqa: PLC0415  # only who has a collector has its packages

    return Traces(Collector(address), clock, told)
