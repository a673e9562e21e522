"""Who has published? On PostgreSQL a word goes round with the commit, so that no worker waits for its next look at the log.

The look stays (``store.upkeep``): a pooler that lends connections transaction by transaction swallows the word, and SQLite has none.
"""

import os
import select
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from store.database import AWAY, Database

CHANNEL = "dutyline_changes"
PATIENCE_SECONDS = 5.0


def tell(connection: Connection) -> None:
    """Say to every worker that the log has grown, once this transaction is committed."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"NOTIFY {CHANNEL}"))


class Hearing:
    """One worker's ear: a connection of its own, which nobody else is lent."""

    def __init__(self, database: Database) -> None:
        self._engine = database.engine
        self._own: Connection | None = None
        self._ends, self._end = os.pipe()

    def heard(self) -> bool:
        """Wait until somebody has published, for some seconds at most. Raises one of ``AWAY`` where the database is."""
        if self._own is None:
            self._listen()
            return True  # what was said before nobody has heard
        raw: Any = self._own.connection.dbapi_connection
        said = select.poll()  # unlike ``select`` it takes descriptors of any number
        said.register(raw.fileno(), select.POLLIN)
        said.register(self._ends, select.POLLIN)
        said.poll(PATIENCE_SECONDS * 1000)
        try:
            return bool(list(raw.notifies(timeout=0)))
        except self._engine.dialect.loaded_dbapi.Error as fault:
            self._hang_up()
            raise OperationalError(f"LISTEN {CHANNEL}", None, fault) from fault

    def _listen(self) -> None:
        self._own = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        try:
            self._own.detach()
            self._own.execute(text(f"LISTEN {CHANNEL}"))
        except AWAY:
            self._hang_up()
            raise

    def end(self) -> None:
        """Wake whoever waits."""
        os.write(self._end, b".")

    def close(self) -> None:
        """For good."""
        self._hang_up()
        os.close(self._ends)
        os.close(self._end)

    def _hang_up(self) -> None:
        own, self._own = self._own, None
        if own is not None:
            with suppress(*AWAY):  # one that was cut has nothing to roll back
                own.close()
