"""How many events a second can 32 callers keep on a disk whose fsync takes two milliseconds? Each with an fsync of its own, as a commit for
each request does it, and with those that they share in the journal."""

import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from statistics import median
from threading import Lock

from bench.goals import Goal
from ivr.record import Record
from routing.clock import SystemClock
from store.frames import framed
from store.journal import Journal, JournalFile

SLOW_SECONDS, CALLERS, EACH, ROUNDS = 0.002, 32, 60, 5


class SlowFile(JournalFile):
    """A file on a disk that takes its time, and lets other threads work meanwhile, as an fsync does."""

    def write(self, frames: bytes) -> None:
        """Append and fsync."""
        super().write(frames)
        time.sleep(SLOW_SECONDS)


class SlowJournal(Journal):
    """Our journal on such a disk."""

    def _current(self) -> JournalFile:
        if self._file is None:
            self._file = SlowFile(self._folder)
        return self._file


def shared(place: Path) -> Goal:
    """Both in turn, medians."""
    numbers, alone, lock = count(), SlowFile(place / "alone"), Lock()
    journal = SlowJournal(place / "journal", print)

    def commits() -> None:
        frame = framed(_record(next(numbers)).document())
        with lock:
            alone.write(frame)

    def appends() -> None:
        journal.append(_record(next(numbers)))

    ratios = []
    for _ in range(ROUNDS):
        took = []
        for keep in (commits, appends):
            began = time.perf_counter()
            with ThreadPoolExecutor(CALLERS) as callers:
                for done in [callers.submit(keep) for _ in range(CALLERS * EACH)]:
                    done.result()
            took.append(time.perf_counter() - began)
        ratios.append(took[0] / took[1])
    journal.close()
    alone.close()
    if journal.unsynced:
        raise RuntimeError(f"{journal.unsynced} events were not on the disk in time")
    return Goal("P9", "32 callers and an fsync of 2 ms: events a second, of a commit for each", median(ratios), 4.0)


def _record(number: int) -> Record:
    return Record(f"CA{number:032x}", "", "h0", "step", SystemClock().now(), {"line": "devon"})
