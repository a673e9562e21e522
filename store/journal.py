"""Where is an event safe before its reply? In this worker's own file, appended and fsynced; many at once share one fsync.

A disk that hangs or fills must not silence a caller: ``append`` returns at its deadline, the event stays in memory for the
next attempt, and counts as unsynced until it is on the disk (ruling 17). Once the disk has kept somebody waiting so long, nobody
else waits for it until it answers: a worker has too few threads for that.
"""

import fcntl
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ivr.record import Record
from store.frames import framed

DEADLINE = 0.8
ROTATE_AT = 4 << 20
MOST_WAITING = 20_000
MOST_AT_ONCE = 500
TOLD_EVERY = 1000
"""Of events that are lost, so many are one line in the log."""

RETRY_SECONDS = 1.0
SUFFIX = ".journal"


@dataclass(slots=True)
class _Waiting:
    frame: bytes
    synced: threading.Event
    since: float


class JournalFile:
    """One open file, locked by its owner as long as the owner lives: an unlocked one is an orphan that others may drain."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}"
        beside = folder / f".{name}"
        self._fd = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_EXCL, 0o600)
        fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        self.path = beside.rename(folder / f"{name}{SUFFIX}")
        self.size = 0

    def write(self, frames: bytes) -> None:
        """Append and fsync. A write that stops half-way is cut off again, so that no frame is torn in the middle."""
        before = self.size
        self.size += os.write(self._fd, frames)
        if self.size < before + len(frames):
            os.ftruncate(self._fd, before)
            self.size = before
            raise OSError("the journal's disk is full")
        os.fsync(self._fd)

    def close(self) -> None:
        """Leave the file to whoever drains it."""
        os.close(self._fd)


class Journal:
    """Appends records from any thread; one thread of its own writes and syncs them."""

    def __init__(
        self, folder: Path, alarm: Callable[[str], None], deadline: float = DEADLINE, most_waiting: int = MOST_WAITING
    ) -> None:
        self._folder, self._alarm, self._deadline, self._most_waiting = folder, alarm, deadline, most_waiting
        self._waiting: list[_Waiting] = []
        self._changed = threading.Condition()
        self._closing = False
        self._file: JournalFile | None = None
        self.unsynced = 0
        """How many events missed the deadline since this worker began."""

        self.lost = 0
        """How many were not kept at all, since too many waited for the disk."""

        self._writer = threading.Thread(target=self._write_on, name="journal", daemon=True)
        self._writer.start()

    @property
    def own(self) -> Path | None:
        """The file that this worker writes at the moment."""
        return self._file.path if self._file else None

    @property
    def overdue(self) -> int:
        """How many events wait for the disk beyond the deadline at this moment."""
        limit = time.monotonic() - self._deadline
        with self._changed:
            return sum(1 for waiting in self._waiting if waiting.since < limit)

    def append(self, record: Record) -> None:
        """Keep a record; returns once it is on the disk, or at the deadline."""
        waiting = _Waiting(framed(record.document()), threading.Event(), time.monotonic())
        with self._changed:
            is_stuck = bool(self._waiting) and self._waiting[0].since < waiting.since - self._deadline
            is_kept = len(self._waiting) < self._most_waiting
            if is_kept:
                self._waiting.append(waiting)
                self._changed.notify()
        if not is_kept:
            self._lose()
        elif is_stuck:
            self.unsynced += 1
        elif not waiting.synced.wait(self._deadline):
            self.unsynced += 1
            self._alarm("the journal's disk does not answer in time: an event is not on disk yet")

    def _lose(self) -> None:
        self.unsynced += 1
        self.lost += 1
        if self.lost % TOLD_EVERY == 1:
            self._alarm(f"the journal's disk has not answered for so long that an event is lost: {self.lost} by now")

    def close(self) -> None:
        """Write what waits and end."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._writer.join(timeout=5)

    def _write_on(self) -> None:
        while self._batch_ready():
            batch = self._waiting[:MOST_AT_ONCE]
            if self._written(b"".join(waiting.frame for waiting in batch)):
                with self._changed:
                    del self._waiting[: len(batch)]
                for waiting in batch:
                    waiting.synced.set()
        if self._file:
            self._file.close()

    def _batch_ready(self) -> bool:
        with self._changed:
            while not self._waiting and not self._closing:
                self._changed.wait()
            return bool(self._waiting)

    def _written(self, frames: bytes) -> bool:
        try:
            self._current().write(frames)
        except OSError as fault:
            self._alarm(f"the journal cannot be written: {fault.strerror or fault}")
            time.sleep(RETRY_SECONDS)
            return False
        return True

    def _current(self) -> JournalFile:
        if self._file and self._file.size >= ROTATE_AT:
            self._file.close()
            self._file = None
        if self._file is None:
            self._file = JournalFile(self._folder)
        return self._file
