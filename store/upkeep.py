"""What goes on beside the calls? Journals move to the database, and this worker follows the log of changes."""

import threading
from collections.abc import Callable
from pathlib import Path

from store.database import AWAY, Database
from store.drain import drain
from store.journal import Journal
from store.publication import Publication

DRAIN_SECONDS = 0.25
FOLLOW_SECONDS = 0.4
BACK_OFF_SECONDS = 2.0


class Upkeep:
    """Two threads of one worker. A database that is away delays them and nobody else."""

    def __init__(self, journal: Journal, journals: Path, publication: Publication, database: Database) -> None:
        self._journal, self._journals, self._publication, self._database = journal, journals, publication, database
        self._ending = threading.Event()
        self._threads = [
            threading.Thread(target=self._repeat, args=(self._drain, DRAIN_SECONDS), name="drain", daemon=True),
            threading.Thread(target=self._repeat, args=(self._follow, FOLLOW_SECONDS), name="follow", daemon=True),
        ]
        self.database_answers = True

    def begin(self) -> None:
        """Start both."""
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """Ask both to stop; a call of the driver that hangs is left behind."""
        self._ending.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(timeout=1)

    def _repeat(self, work: Callable[[], None], pause: float) -> None:
        while not self._ending.wait(pause if self.database_answers else BACK_OFF_SECONDS):
            try:
                work()
                self.database_answers = True
            except AWAY:
                self.database_answers = False

    def _drain(self) -> None:
        drain(self._journals, self._database, self._journal.own)

    def _follow(self) -> None:
        if self._publication.behind():
            self._publication.publish()
