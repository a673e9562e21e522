"""What goes on beside the calls? Journals move to the database, and this worker follows the log of changes."""

import logging
import math
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from store.database import AWAY, Database
from store.drain import drain
from store.journal import Journal
from store.publication import Publication

DRAIN_SECONDS = 0.25
FOLLOW_SECONDS = 0.4
BACK_OFF_SECONDS = 1.0
SILENCE_SECONDS = 3.0


class Upkeep:
    """Two threads of one worker. A database that is away delays them and nobody else; no other fault ends them either."""

    def __init__(self, journal: Journal, journals: Path, publication: Publication, database: Database) -> None:
        self._journal, self._journals, self._publication, self._database = journal, journals, publication, database
        self.faults = 0
        self._ending = threading.Event()
        self._threads = [
            threading.Thread(target=self._repeat, args=(self._drain, DRAIN_SECONDS), name="drain", daemon=True),
            threading.Thread(target=self._repeat, args=(self._follow, FOLLOW_SECONDS), name="follow", daemon=True),
        ]
        self._answered = -math.inf

    @property
    def database_answers(self) -> bool:
        """Whether the database answered lately; one that hangs is away, too."""
        return time.monotonic() - self._answered < SILENCE_SECONDS

    def begin(self) -> None:
        """Ask the database once, then start both."""
        with suppress(*AWAY):
            self._follow()
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """Ask both to stop; a call of the driver that hangs is left behind."""
        self._ending.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(timeout=1)

    def _repeat(self, work: Callable[[], None], pause: float) -> None:
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
        drain(self._journals, self._database, self._journal.own)

    def _follow(self) -> None:
        if self._publication.behind():
            self._publication.publish()
        self._answered = time.monotonic()
