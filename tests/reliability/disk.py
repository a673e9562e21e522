"""What does a disk do that is frozen, full or read-only? One of our own in a file, mounted where we are root."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

MEGABYTES = 64
LONGEST_FREEZE_SECONDS = 120
"""After so long a disk thaws by itself, should whoever froze it have died: what waits for a frozen disk cannot even be killed."""

UNMOUNT_SECONDS = 30


@dataclass(slots=True)
class Disk:
    """A file system of its own at ``folder``."""

    folder: Path
    _guard: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def kept(self) -> bytes:
        """What would be left of it if the machine lost its power now: the raw disk, without what waits in memory to be written."""
        return _image(self.folder).read_bytes()

    def freeze(self) -> None:
        """From now on every write waits, for as long as it takes; reading what is in memory goes on."""
        waits = f"sleep {LONGEST_FREEZE_SECONDS}; fsfreeze -u '{self.folder}'"
        self._guard = subprocess.Popen(["sh", "-c", waits], start_new_session=True)  # noqa: S603, S607  # our own words
        _run("fsfreeze", "-f", str(self.folder))

    def thaw(self) -> None:
        """Let the writes go on."""
        if self._guard:
            with suppress(subprocess.CalledProcessError):
                _run("fsfreeze", "-u", str(self.folder))
            with suppress(ProcessLookupError):
                os.killpg(self._guard.pid, 15)
            self._guard.wait()
            self._guard = None

    def fill(self) -> None:
        """Leave no room at all."""
        with suppress(OSError), (self.folder / "ballast").open("wb", buffering=0) as ballast:
            while True:
                ballast.write(b"\0" * 4096)

    def empty(self) -> None:
        """Make room again."""
        (self.folder / "ballast").unlink(missing_ok=True)

    def refuse(self, *names: str) -> None:
        """Every write to these files is refused at once, also by whoever has them open."""
        _run("chattr", "+i", *(str(self.folder / name) for name in names))

    def allow(self, *names: str) -> None:
        """Write to them again."""
        _run("chattr", "-i", *(str(self.folder / name) for name in names))


@cache
def may_mount() -> bool:
    """Whether we can have a disk of our own: we are root, and not in a container that may not mount anything."""
    if os.geteuid() or not all(map(shutil.which, ("mkfs.ext4", "mount", "fsfreeze", "chattr"))):
        return False
    try:
        with TemporaryDirectory() as place, disk(Path(place) / "disk", 4):
            return True
    except subprocess.CalledProcessError:
        return False


@contextmanager
def disk(folder: Path, megabytes: int = MEGABYTES) -> Iterator[Disk]:
    """A new disk, gone afterwards. Only root may mount one."""
    folder.mkdir(parents=True, exist_ok=True)
    image = _image(folder)
    with image.open("wb") as file:
        file.truncate(megabytes << 20)
    _run("mkfs.ext4", "-q", "-m", "0", str(image))
    _run("mount", "-o", "loop", str(image), str(folder))
    made = Disk(folder)
    try:
        yield made
    finally:
        made.thaw()
        made.empty()  # who still waits for room could not let go of it
        _unmount(folder)
        image.unlink()


def _image(folder: Path) -> Path:
    return folder.with_suffix(".image")


def _unmount(folder: Path) -> None:
    """As soon as nobody uses it any more."""
    until = time.monotonic() + UNMOUNT_SECONDS
    while True:
        try:
            return _run("umount", str(folder))
        except subprocess.CalledProcessError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=30)  # noqa: S603  # our own commands
