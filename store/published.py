"""What has this machine published, on its disk? A stamp, the changes since a base, and every plan by its digest.

Each file is written beside, synced and renamed: a reader sees the old one or the new one, whole.
"""

import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TextIO

Document = dict[str, Any]
OVERRIDES = "overrides.json"
MOST_CHANGES = 200
"""So many change files are folded into the base: a start reads one file instead of years of them."""
LEFT = 100
"""So many stay beside the base that has them, for workers that have not seen the last: a large base takes seconds to read."""
BASE, NEXT_BASE, BASE_ENDS = "base.json", ".base.json.next", "]}}"


class Published:
    """The folder that all workers of a machine share."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._plans = folder, folder / "plans"
        self._plans.mkdir(parents=True, exist_ok=True, mode=0o700)

    @contextmanager
    def alone(self, lock: str = "lock") -> Iterator[None]:
        """One publisher of this machine at a time, so that the stamp never goes back; or one of another sort."""
        fd = os.open(self._folder / lock, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX)
            yield
        finally:
            os.close(fd)

    def look(self) -> tuple[int, int]:
        """What changes when somebody publishes; costs one ``stat``."""
        try:
            found = os.stat(self._folder / "stamp")
        except FileNotFoundError:
            return (0, 0)
        return (found.st_ino, found.st_mtime_ns)

    def stamp(self) -> Document | None:
        """Epoch and version that are published here; nothing before the first time."""
        return self._read("stamp")

    def change(self, version: int) -> Document | None:
        """What a version changed."""
        return self._read(_name(version))

    def base(self) -> Document | None:
        """The whole at one version, from which the change files go on."""
        return self._read(BASE)

    def keep_stamp(self, epoch: str, version: int) -> None:
        """Publish: everything up to this version is on the disk."""
        self._write("stamp", json.dumps({"epoch": epoch, "version": version}))

    def keep_change(self, version: int, body: Mapping[str, Any]) -> None:
        """Keep what a version changed."""
        self._write(_name(version), json.dumps(body))

    def write_base(self, epoch: str, version: int, plans: Mapping[str, str], changes: Iterable[Document]) -> None:
        """Write the whole beside the base, entry by entry: nobody waits for it, however many there are."""
        body = {"plans": dict(plans), "changes": []}
        whole = json.dumps({"epoch": epoch, "version": version, "body": body})
        with self._synced(self._folder / NEXT_BASE) as file:
            file.write(whole.removesuffix(BASE_ENDS))
            for place, change in enumerate(changes):
                file.write(f"{', ' if place else ''}{json.dumps(change)}")
            file.write(BASE_ENDS)

    def keep_base(self, version: int) -> None:
        """What was written beside is the base, and all but the last changes in it may go."""
        (self._folder / NEXT_BASE).rename(self._folder / BASE)
        for path in self._changes():
            if path.name <= _name(version - LEFT):
                path.unlink()

    def drop_next_base(self) -> None:
        """Let go of what was written beside."""
        (self._folder / NEXT_BASE).unlink(missing_ok=True)

    def overrides(self) -> list[Document]:
        """The numbers that stand in for lines, by the day's order."""
        found = (self._read(OVERRIDES) or {}).get("overrides", [])
        return found if isinstance(found, list) else []

    def keep_overrides(self, overrides: list[Document]) -> None:
        """Keep them, and make every worker of this machine look: the stamp is written anew as it stands."""
        self._write(OVERRIDES, json.dumps({"overrides": overrides}))
        stamp = self.stamp()
        if stamp:
            self.keep_stamp(stamp["epoch"], stamp["version"])

    def is_long(self) -> bool:
        """Whether the changes should be folded into a base."""
        return len(self._changes()) > MOST_CHANGES

    def forget(self) -> None:
        """Let go of everything but the plans: another epoch has begun (ruling 14)."""
        for path in (*self._changes(), self._folder / BASE, self._folder / "stamp"):
            path.unlink(missing_ok=True)

    def plans(self) -> frozenset[str]:
        """The digests of the plans kept here."""
        return frozenset(path.stem for path in self._plans.glob("*.toml"))

    def plan(self, digest: str) -> str | None:
        """The TOML of a plan."""
        with suppress(OSError):
            return (self._plans / f"{digest}.toml").read_text(encoding="utf-8")
        return None

    def keep_plan(self, digest: str, text: str) -> None:
        """Keep the TOML of a plan."""
        self._write(f"plans/{digest}.toml", text)

    def _changes(self) -> list[Path]:
        return sorted(self._folder.glob("change-*.json"))

    def _read(self, name: str) -> Document | None:
        try:
            read = json.loads((self._folder / name).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return read if isinstance(read, dict) else None

    def _write(self, name: str, text: str) -> None:
        path = self._folder / name
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        with self._synced(beside) as file:
            file.write(text)
        beside.rename(path)

    @contextmanager
    def _synced(self, path: Path) -> Iterator[TextIO]:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(fd, "w", encoding="utf-8") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())


def _name(version: int) -> str:
    return f"change-{version:09}.json"
