"""What does a backup look like as a file? A tar of compressed members, and behind them what each must be: a manifest and its sum.

It is written beside and renamed, so that there is never half a file under its name, and is for our eyes only.
"""

import gzip
import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from store.dump import Shape
from store.sealed_file import MAGIC, Sealing, UnsealError, Unsealing, is_sealed

FORMAT = 1
MANIFEST, SUM = "manifest.json", "manifest.sha256"
TABLES, STATE, JOURNALS, PLANS = "database/", "state/", "journal/", "plans/"
PRESSED = ".gz"
IN_MEMORY = 4 << 20
AT_ONCE = 1 << 18
UNREADABLE = (tarfile.TarError, UnsealError, EOFError, zlib.error, OSError)
"""What reading raises where a file is no archive of ours, is damaged, or is cut off."""


Contents = tuple[int, tuple[tuple[str, str], ...]]
"""How many rows a table has, and its columns with what stands in them."""


@dataclass(frozen=True, slots=True)
class Member:
    """What a member must be: bytes as they lie in the archive, and their SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive says of itself. ``audit`` is where the trail ended; ``secret`` a mark of the deployment's secret."""

    made_at: str
    dutyline: str
    revision: str
    database: str
    epoch: str
    version: int
    audit: tuple[int, str]
    secret: str
    tables: Mapping[str, Contents] = field(default_factory=dict)
    members: Mapping[str, Member] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def rows(self) -> int:
        """Rows of all tables together."""
        return sum(rows for rows, _ in self.tables.values())

    def shape(self, table: str) -> Shape:
        """A table's columns."""
        return Shape(table, self.tables[table][1])


class Packing:
    """An archive that is being written."""

    def __init__(self, tar: tarfile.TarFile, room: Path) -> None:
        self._tar, self._room = tar, room
        self.members: dict[str, Member] = {}

    def pack(self, name: str, content: Iterable[bytes]) -> None:
        """One member, compressed; its name ends so."""
        with tempfile.SpooledTemporaryFile(IN_MEMORY, dir=str(self._room)) as kept:
            with gzip.GzipFile("", "wb", 6, kept, mtime=0) as pressed:
                for piece in content:
                    pressed.write(piece)
            self._put(f"{name}{PRESSED}", kept)

    def finish(self, manifest: Manifest) -> None:
        """The manifest and its sum."""
        text = json.dumps(asdict(manifest), indent=1).encode()
        self._put(MANIFEST, io.BytesIO(text))
        self._put(SUM, io.BytesIO(hashlib.sha256(text).hexdigest().encode()))

    def _put(self, name: str, content: IO[bytes]) -> None:
        content.seek(0)
        sum_ = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]  # any file that is open for reading
        head = tarfile.TarInfo(name)
        head.size, head.mode = content.seek(0, os.SEEK_END), 0o600
        content.seek(0)
        self._tar.addfile(head, content)
        self.members[name] = Member(head.size, sum_)


@contextmanager
def packing(path: Path, passphrase: str, room: Path) -> Iterator[Packing]:
    """A new archive; under its name only once the block has ended well. ``room`` is where members are put together."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            with _written(file, passphrase) as tar:
                yield Packing(tar, room)
            file.flush()
            os.fsync(file.fileno())
        beside.rename(path)
    finally:
        beside.unlink(missing_ok=True)
    _sync(path.parent)


@contextmanager
def _written(file: IO[bytes], passphrase: str) -> Iterator[tarfile.TarFile]:
    if not passphrase:
        with tarfile.open(fileobj=file, mode="w|") as tar:
            yield tar
        return
    with Sealing(file, passphrase) as sealing, tarfile.open(fileobj=sealing, mode="w|") as tar:
        yield tar


def _sync(folder: Path) -> None:
    """The new name itself is on the disk."""
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def is_archive(path: Path) -> bool:
    """Whether a file is one that we wrote, by its beginning."""
    with suppress(OSError), path.open("rb") as file:
        start = file.read(512)
        return is_sealed(start) or start.startswith(
            (TABLES.encode(), STATE.encode(), JOURNALS.encode(), PLANS.encode())
        )
    return False


def wants_passphrase(path: Path) -> bool:
    """Whether it is sealed."""
    with path.open("rb") as file:
        return is_sealed(file.read(len(MAGIC)))


@contextmanager
def unpacking(path: Path, passphrase: str) -> Iterator[Iterator[tuple[str, IO[bytes]]]]:
    """Every member in its order, as it lies there; each is read before the next is asked for."""
    with path.open("rb") as file:
        plain: IO[bytes] = io.BufferedReader(Unsealing(file, passphrase), AT_ONCE) if passphrase else file
        with tarfile.open(fileobj=plain, mode="r|") as tar:
            yield _members(tar)


def _members(tar: tarfile.TarFile) -> Iterator[tuple[str, IO[bytes]]]:
    for head in tar:
        content = tar.extractfile(head)
        if content is not None:
            yield head.name, content


def opened(content: IO[bytes]) -> IO[bytes]:
    """A member without its compression."""
    return gzip.GzipFile(fileobj=content)  # type: ignore[return-value]  # read as any file is


def member_of(table: str) -> str:
    """The member that holds a table."""
    return f"{TABLES}{table}.jsonl{PRESSED}"


def table_of(name: str) -> str:
    """The table that a member holds; empty where it holds none."""
    ends = f".jsonl{PRESSED}"
    return name.removeprefix(TABLES).removesuffix(ends) if name.startswith(TABLES) and name.endswith(ends) else ""


def file_of(name: str, folder: str) -> str:
    """The file that a member is, as its path in a folder; empty where it belongs elsewhere."""
    return name.removeprefix(folder).removesuffix(PRESSED) if name.startswith(folder) else ""


def manifest_from(text: bytes) -> Manifest:
    """A manifest as it was written. Raises ValueError, KeyError or TypeError where it is none."""
    read: dict[str, Any] = json.loads(text)
    if read["format"] != FORMAT:
        raise ValueError(read["format"])
    shapes = {
        name: (int(rows), tuple((str(column), str(kind)) for column, kind in columns))
        for name, (rows, columns) in read["tables"].items()
    }
    members = {name: Member(**one) for name, one in read["members"].items()}
    sequence, end = read["audit"]
    return Manifest(**{**read, "tables": shapes, "members": members, "audit": (int(sequence), str(end))})


def copied(content: IO[bytes], to: Path) -> None:
    """Write what a file holds beside a place, and put it there whole."""
    to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = to.with_name(f".{to.name}.{os.getpid()}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        shutil.copyfileobj(content, file)
        file.flush()
        os.fsync(file.fileno())
    beside.rename(to)
