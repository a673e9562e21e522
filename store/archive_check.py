"""Is a backup whole? Every sum, every count and every name, with all that is wrong at once, before anything is touched."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from store.archive import (
    AT_ONCE,
    MANIFEST,
    SUM,
    TABLES,
    UNREADABLE,
    Manifest,
    Member,
    manifest_from,
    member_of,
    opened,
    unpacking,
)
from store.refill import is_known

UNFIT = (ValueError, KeyError, TypeError)


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found: the manifest, where it could be read, and every problem in words."""

    manifest: Manifest | None
    problems: tuple[str, ...]


class _Summed:
    """A member that is summed as it is read."""

    def __init__(self, content: IO[bytes]) -> None:
        self._content, self._sum, self.size = content, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        piece = self._content.read(size)
        self._sum.update(piece)
        self.size += len(piece)
        return piece

    @property
    def member(self) -> Member:
        while self.read(AT_ONCE):
            pass
        return Member(self.size, self._sum.hexdigest())


def checked(path: Path, passphrase: str) -> Checked:
    """Read the whole archive once."""
    found: dict[str, Member] = {}
    rows: dict[str, int] = {}
    ends: dict[str, bytes] = {}
    problems: list[str] = []
    try:
        with unpacking(path, passphrase) as members:
            for name, content in members:
                if name in (MANIFEST, SUM):
                    ends[name] = content.read()
                    continue
                summed = _Summed(content)
                if name.startswith(TABLES):
                    rows[name] = _rows(summed)
                found[name] = summed.member
    except UNREADABLE as fault:
        problems.append(f"The file cannot be read to its end: {fault}.")
    manifest = _manifest(ends)
    if manifest is None:
        return Checked(None, (*problems, "The manifest, with which a backup ends, is missing or damaged."))
    return Checked(manifest, (*problems, *_members(manifest, found), *_counts(manifest, rows), *_fitting(manifest)))


def _rows(summed: _Summed) -> int:
    """How many rows of JSON a table's member holds; -1 where they cannot be read."""
    try:
        return sum(isinstance(json.loads(line), list) for line in opened(summed))  # type: ignore[arg-type]  # it reads
    except (*UNREADABLE, ValueError):
        return -1


def _manifest(ends: dict[str, bytes]) -> Manifest | None:
    text = ends.get(MANIFEST, b"")
    if hashlib.sha256(text).hexdigest().encode() != ends.get(SUM):
        return None
    try:
        return manifest_from(text)
    except UNFIT:
        return None


def _members(manifest: Manifest, found: dict[str, Member]) -> Iterator[str]:
    for name in sorted({*manifest.members, *found}):
        if name not in found:
            yield f"{name} is missing."
        elif name not in manifest.members:
            yield f"{name} was not in the backup when it was made."
        elif found[name] != manifest.members[name]:
            yield f"{name} is not what was written: its sum is another."
        elif not _is_inside(name):
            yield f"{name} leads out of its folder."


def _is_inside(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return ".." not in parts and not PurePosixPath(name).is_absolute()


def _counts(manifest: Manifest, rows: dict[str, int]) -> Iterator[str]:
    for table, (wanted, _) in sorted(manifest.tables.items()):
        there = rows.get(member_of(table))
        if there is not None and there != wanted:
            yield f"Table {table} should have {wanted} rows and has {max(there, 0)} that can be read."


def _fitting(manifest: Manifest) -> Iterator[str]:
    if not is_known(manifest.revision):
        yield (
            f"The backup is of revision {manifest.revision} of the database, which this Dutyline does not know: it was made by a "
            f"newer one ({manifest.dutyline}). Install that one first."
        )
