"""How soon are webhooks answered, by all workers of this machine? Each answer leaves a mark in memory; the marks go into one file.

A mark is an append to a bounded queue: no lock, no disk, no database. Once a second, and whenever somebody asks, a worker adds its own
marks to the file, under a lock. So the counts only grow, whichever worker tells them, whichever worker dies, and across restarts.
"""

import fcntl
import json
import os
import threading
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ivr.answering import Answering

MOST_MARKS = 100_000
"""Of one worker, while the disk does not answer; then the oldest are not counted."""

BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0)
"""Seconds; Twilio gives up after five."""

NAME = "answered.json"
Marks = Iterable[tuple[Answering, float]]


@dataclass(frozen=True, slots=True)
class Spread:
    """How many answers took at most each of the bounds and longer than the one before; the last count has no bound. ``seconds``: all
    of them together."""

    counts: tuple[int, ...] = (0,) * (len(BOUNDS) + 1)
    seconds: float = 0.0


NONE: Mapping[Answering, Spread] = dict.fromkeys(Answering, Spread())


@dataclass(slots=True)
class Tally:
    """One worker's marks, and the file of its machine."""

    folder: Path
    _marks: deque[tuple[Answering, float]] = field(default_factory=lambda: deque(maxlen=MOST_MARKS))
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def note(self, how: Answering, seconds: float) -> None:
        """A webhook was answered, in so long."""
        self._marks.append((how, seconds))

    def keep(self) -> Mapping[Answering, Spread]:
        """Add the marks to the file; what it holds now. Raises OSError where the disk refuses, and then forgets no mark."""
        with self._turn, _alone(self.folder):
            before, marks = _kept(self.folder), list(self._marks)
            if not marks:
                return before
            after = _added(before, marks)
            _write(self.folder, after)
            for _ in range(min(len(marks), len(self._marks))):
                self._marks.popleft()
            return after


def _added(before: Mapping[Answering, Spread], marks: Marks) -> Mapping[Answering, Spread]:
    counts = {how: list(spread.counts) for how, spread in before.items()}
    seconds = {how: spread.seconds for how, spread in before.items()}
    for how, took in marks:
        counts[how][bisect_left(BOUNDS, took)] += 1
        seconds[how] += took
    return {how: Spread(tuple(counts[how]), seconds[how]) for how in before}


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One worker of this machine at a time."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    fd = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
        yield
    finally:
        os.close(fd)


def _kept(folder: Path) -> Mapping[Answering, Spread]:
    """What the file holds; it begins anew where it cannot be read, or was made with other bounds."""
    try:
        read = json.loads((folder / NAME).read_bytes())
        known = read["of"] if read["bounds"] == list(BOUNDS) else {}
        return {how: _spread(known.get(how.value)) for how in Answering}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return NONE


def _spread(kept: Any) -> Spread:
    if kept is None:
        return Spread()
    counts = tuple(int(count) for count in kept["counts"])
    if len(counts) != len(BOUNDS) + 1:
        raise ValueError("not our counts")
    return Spread(counts, float(kept["seconds"]))


def _write(folder: Path, spreads: Mapping[Answering, Spread]) -> None:
    kept = {how.value: {"counts": spread.counts, "seconds": spread.seconds} for how, spread in spreads.items()}
    beside = folder / f".{NAME}"
    fd = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(fd, "w", encoding="utf-8") as file:
        json.dump({"bounds": BOUNDS, "of": kept}, file)
    beside.rename(folder / NAME)
