"""What becomes of a journal that has been moved to the database? It is kept for a while, so that a restore of an older backup
loses no event: a backup that is newer lets go of it, or its time does (docs/backup.md)."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from routing.periods import Period
from store.journal import SUFFIX
from store.running import is_locked

A_WEEK = Period(days=7)
CALLS = "calls"
MARK = ".drained"
KEPT = "kept"


def mark_of(path: Path) -> Path:
    """Where it stands how far a journal has been moved."""
    return path.with_suffix(MARK)


def position(path: Path) -> int:
    """How far a journal has been moved, in bytes."""
    with suppress(FileNotFoundError, ValueError):
        return int(mark_of(path).read_text())
    return 0


def lay_aside(path: Path) -> None:
    """A journal whose every record is in the database; only whoever holds its lock does this."""
    kept = path.parent / KEPT
    kept.mkdir(mode=0o700, exist_ok=True)
    path.rename(kept / path.name)
    mark_of(path).unlink(missing_ok=True)


def laid_aside(folder: Path) -> tuple[Path, ...]:
    """The journals that are kept, by name."""
    return tuple(sorted((folder / KEPT).glob(f"*{SUFFIX}")))


def let_go(paths: Iterable[Path]) -> None:
    """These are in a backup."""
    for path in paths:
        path.unlink(missing_ok=True)


def let_go_before(folder: Path, kept: Period, records: Mapping[str, Period], now: datetime) -> int:
    """Those go whose last event is past the time for which they are kept, or for which calls are; how many."""
    periods = (kept, *(period for code, period in records.items() if code == CALLS))
    before = max(period.begins(now) for period in periods)
    gone = [path for path in laid_aside(folder) if _last_written(path) < before]
    let_go(gone)
    return len(gone)


def _last_written(path: Path) -> datetime:
    with suppress(FileNotFoundError):
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return datetime.max.replace(tzinfo=UTC)


def bring_back(folder: Path) -> int:
    """The database has gone back: every journal is moved to it again, from its beginning; how many. Twice changes nothing."""
    kept = laid_aside(folder)
    for path in kept:
        path.rename(folder / path.name)
    for mark in folder.glob(f"*{MARK}"):
        mark.unlink(missing_ok=True)
    return len(kept)


def owned(folder: Path) -> tuple[Path, ...]:
    """The journals whose worker lives."""
    return tuple(path for path in sorted(folder.glob(f"*{SUFFIX}")) if is_locked(path))


def not_moved_yet(folder: Path) -> Iterable[tuple[str, bytes]]:
    """What is in no database yet, by the name of its journal: a journal of its own, from its first such frame on.

    Read before the database is: a record that is moved meanwhile is in both, and counts once.
    """
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        start = position(path)
        with suppress(FileNotFoundError), path.open("rb") as file:
            file.seek(start)
            if rest := file.read():
                yield path.name, rest
