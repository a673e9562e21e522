"""How is the fail-over folder kept on the disk? File by file, each of them whole at any moment, and the index last.

A folder is not swapped for another one: between two renames it would not be there, and it may be a mount. Whoever reads while it is
written finds of each file the old one or the new one; the index vouches for the rest by their hashes, and is written when they are safe.
"""

import fcntl
import json
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ivr.moment import World
from routing.clock import Clock, local

INDEX = "index.json"
NAMED = re.compile(r"([a-z0-9-]+/)?[a-z0-9-]+\.[a-z]+")
"""What our files are called: an index that somebody altered removes nothing else."""

BEGUN = b'{"files": {}}'
"""The index of a folder that was never whole: it is known as ours, should the first writing of it be cut off."""

EVERY_SECONDS = 1.5
RETRY_SECONDS = 60.0
MOST_WAITS = 8
"""So often a world that is followed by another at once is passed over; then the folder is written all the same."""

REST_SECONDS = 0.004
FAILED = "the fail-over folder could not be written, and another host may serve numbers that have changed: {}"
FOREIGN = "{} holds files that are not Dutyline's; name a folder of its own."


class ForeignError(ValueError):
    """A folder that holds something else."""


@dataclass(frozen=True, slots=True)
class Making:
    """What makes the files of a world at a moment, in an order that ends with the index; and the world's stamp, which the index
    holds."""

    files: Callable[[World, datetime], Iterable[tuple[str, bytes]]]
    stamp: Callable[[World], str]


class FailoverFolder:
    """The folder of one machine, written when a world is published, once a day, and when a number in it ends. All workers keep it,
    and one of them writes."""

    def __init__(
        self, folder: Path, making: Making, clock: Clock, alarm: Callable[[str], object], every: float = EVERY_SECONDS
    ) -> None:
        self._folder, self._making, self._clock, self._alarm = folder, making, clock, alarm
        self.every = every
        self._done: tuple[World, date] | None = None
        self._good_until: datetime | None = None
        self._ahead: World | None = None
        self._waits = 0
        self._failed_at: float | None = None

    @property
    def is_behind(self) -> bool:
        """Whether the last try failed: what lies there is older than what is published."""
        return self._failed_at is not None

    def keep(self, world: World) -> None:
        """Bring the folder up to a world, if it stays for a moment; a fault is told, and tried again a minute later."""
        now = self._clock.now()
        due = (world, local(now).date())
        if (
            (due == self._done and not self._ended(now))
            or not world.plans.current
            or self._rests()
            or self._waits_for(world)
        ):
            return
        if self._is_written(world, now):
            self._done = due
            self._good_until = _moment(index_of(self._folder).get("good_until"))

    def _is_written(self, world: World, now: datetime) -> bool:
        """Whether the folder is up to a world. Whatever else goes wrong is for upkeep to tell; what lies there is behind all the same."""
        written = False
        try:
            self._written(world, now)
            written = True
        except (OSError, ValueError) as fault:
            self._alarm(FAILED.format(fault))
        finally:
            self._failed_at = None if written else time.monotonic()
        return written

    def _ended(self, now: datetime) -> bool:
        """Whether a number in the folder has ended meanwhile."""
        return self._good_until is not None and self._good_until <= now

    def _rests(self) -> bool:
        return self._failed_at is not None and time.monotonic() - self._failed_at < RETRY_SECONDS

    def _waits_for(self, world: World) -> bool:
        """Of changes in quick succession only the last is worth the work."""
        is_new = world is not self._ahead and self._waits < MOST_WAITS
        self._ahead, self._waits = world, self._waits + 1 if is_new else 0
        return is_new

    def _written(self, world: World, now: datetime) -> None:
        with _alone(self._folder):
            index = index_of(self._folder)
            made, good = _moment(index.get("made_at")), _moment(index.get("good_until"))
            fresh = made and local(made).date() == local(now).date() and (good is None or now < good)
            if not fresh or index.get("stamp") != self._making.stamp(world):
                write_folder(self._folder, self._making.files(world, now))


def write_folder(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write these files and let go of those that an earlier index names and these do not. Refuses a folder of somebody else's."""
    before = index_of(folder)
    if not before and folder.is_dir() and any(folder.iterdir()):
        raise ForeignError(FOREIGN.format(folder))
    if not before:
        _write(folder, INDEX, BEGUN)
    names = {INDEX}
    for name, content in files:
        names.add(name)
        _write(folder, name, content)
        time.sleep(REST_SECONDS)
    for name in set(before.get("files", ())) - names:
        if NAMED.fullmatch(name):
            (folder / name).unlink(missing_ok=True)


def index_of(folder: Path) -> Mapping[str, Any]:
    """What a folder's index says; nothing where there is none that can be read."""
    try:
        read = json.loads((folder / INDEX).read_bytes())
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}


def made_at(folder: Path) -> datetime | None:
    """When a folder was last written; nothing where it never was."""
    return _moment(index_of(folder).get("made_at"))


def _moment(text: object) -> datetime | None:
    """A moment of an index; nothing where it has none."""
    try:
        return datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One worker of this machine at a time; the others find the work done."""
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fd = os.open(folder.with_name(f"{folder.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
        yield
    finally:
        os.close(fd)


def _write(folder: Path, name: str, content: bytes) -> None:
    """One file, if it is not there already as it should be; readable for a web server of another user."""
    path = folder / name
    _ready(folder, path.parent)
    if path.is_file() and path.read_bytes() == content:
        return
    beside = path.with_name(f".{path.name}.new")
    fd = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    with os.fdopen(fd, "wb") as file:
        os.fchmod(fd, 0o644)
        file.write(content)
        file.flush()
        os.fsync(fd)
    beside.rename(path)
    _sync(path.parent)


def _ready(folder: Path, parent: Path) -> None:
    for place in dict.fromkeys((folder, parent)):
        if not place.is_dir():
            place.mkdir(parents=True)
            place.chmod(0o755)


def _sync(folder: Path) -> None:
    """A rename is safe once its folder is."""
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
