"""Where did the audit trail end, at earlier moments? Noted outside the database, so that whoever can write there cannot write the trail
anew: in a file of the state folder as it grows, and once a day on standard error."""

import fcntl
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from store.audit import end
from store.chain import Head
from store.database import Database

NAME = "audit-ends"
Tell = Callable[[str], None]


def seen(path: Path) -> tuple[Head, ...]:
    """Every end that was noted."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else ()
    return tuple(Head(*json.loads(line)) for line in lines if line)


def note(path: Path, head: Head) -> bool:
    """Note where the trail ends, unless that is the last thing noted; whether it was."""
    line = f"{json.dumps([head.sequence, head.hash])}\n"
    path.touch(mode=0o600)
    with path.open("r+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if file.read().endswith(line):
            return False
        file.write(line)
    return True


@dataclass(slots=True)
class Anchors:
    """Notes the end of the trail at every look, and tells it at the first look of each day."""

    path: Path
    database: Database
    tell: Tell
    _noted: Head | None = None
    _told: date | None = None

    def look(self, now: datetime) -> None:
        """Note the end as it is now. Raises what a database raises that is away."""
        with self.database.read() as connection:
            head = Head(**end(connection))
        if head != self._noted:
            note(self.path, head)
            self._noted = head
        if self._told != now.date():
            self._told = now.date()
            self.tell(f"the audit trail ends at row {head.sequence} with {head.hash}")
