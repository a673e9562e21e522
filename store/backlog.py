"""What waits in this machine's journals for the database, and since when?"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from store.frames import HEAD, LARGEST, frames
from store.journal import SUFFIX
from store.kept_journals import position


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many bytes of events are in no database yet, and when the oldest of them happened."""

    size: int = 0
    since: datetime | None = None


def backlog(folder: Path) -> Backlog:
    """The backlog of all workers of this machine, dead or alive; reads one event of each journal."""
    size, oldest = 0, []
    for path in folder.glob(f"*{SUFFIX}"):
        with suppress(FileNotFoundError):
            start = position(path)
            waits = path.stat().st_size - start
            if waits > 0:
                size += waits
                oldest += _first_at(path, start)
    return Backlog(size, min(oldest, default=None))


def _first_at(path: Path, start: int) -> list[datetime]:
    """When the first event behind a position happened; nothing where it cannot be read."""
    with path.open("rb") as file:
        file.seek(start)
        head = file.read(HEAD.size)
        length = HEAD.unpack(head)[0] if len(head) == HEAD.size else 0
        content = file.read(length) if length <= LARGEST else b""
    found = next(frames(head + content), None)
    with suppress(KeyError, TypeError, ValueError):
        return [datetime.fromisoformat(found.record["at"])] if found and found.record else []
    return []
