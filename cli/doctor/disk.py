"""Is there room, may the service write, and does the disk answer in time? Of the state folder, the journal, the database file, backups."""

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic

from carrier.patience import Patience
from cli.doctor.findings import Findings, Found, Grade, Kind
from cli.doctor.patient import Patient
from directory.findings import listed
from routing.reasons import clock_time
from store.backing_up import too_many
from store.journal import DEADLINE
from store.state_files import Place

MB = 1 << 20
NO_ROOM, LITTLE_ROOM, LITTLE_SHARE = 64 * MB, 1024 * MB, 0.05
NO_INODES, LITTLE_INODES = 200, 5_000
SLOW_SECONDS = 0.2
TIRED_SECONDS = 5.0
BACKUP_AGE = timedelta(hours=26)
"""A day, and what a nightly job may be late."""

REMOTE = frozenset(("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "fuse.glusterfs", "ceph", "glusterfs"))
MOUNTS = Path("/proc/self/mounts")

UNWRITABLE = Kind(
    "folder-unwritable",
    Grade.FAILS,
    "Nothing can be written to {folder}: {why}. Events of calls would be lost, and no change comes into force.",
    "Give the folder to the user of the service, and see that its disk is not mounted read-only.",
)
FULL = Kind(
    "disk-full",
    Grade.FAILS,
    "The disk of {folders} has {left} MB left: events of calls cannot be kept.",
    "Make room now: old backups and logs first.",
)
FILLING = Kind(
    "disk-filling",
    Grade.SOON,
    "The disk of {folders} has {left} MB left, {percent} per cent of it.",
    "Make room, or give it a larger disk.",
)
NO_FILES = Kind(
    "inodes-none",
    Grade.FAILS,
    "The disk of {folders} can hold {left} more files: the next journal cannot be begun.",
    "Delete files: what fills a disk with them are often temporary ones and mail.",
)
FEW_FILES = Kind(
    "inodes-few",
    Grade.SOON,
    "The disk of {folders} can hold only {left} more files.",
    "Delete files: what fills a disk with them are often temporary ones and mail.",
)
HANGS = Kind(
    "disk-hangs",
    Grade.FAILS,
    "The disk of {folder} needs {seconds} s to keep a line; a reply waits 0.8 s for it and then goes out without its event kept.",
    "Find out what loads or ails the disk, or give the state folder a better one.",
)
SLOW = Kind(
    "disk-slow",
    Grade.SOON,
    "The disk of {folder} needs {seconds} s to keep a line, and every reply to Twilio waits for it.",
    "Find out what loads the disk, or give the state folder a better one.",
)
SHARED = Kind(
    "disk-shared",
    Grade.KNOW,
    "Journal and database file are on the same disk: when it fails or fills, both do, and events are lost.",
    "Put the SQLite file on another disk (DUTYLINE_DATABASE_URL), or use PostgreSQL.",
)
NETWORK = Kind(
    "disk-remote",
    Grade.SOON,
    "{folder} is on a network disk ({kind}), where locks and fsync cannot be relied on.",
    "Keep the state folder and the SQLite file on a local disk.",
)
OTHER_USER = Kind(
    "user-differs",
    Grade.KNOW,
    "You look as {user}, and the state folder belongs to {owner}: whether the service may write there was not tried.",
    "Run the doctor as the user of the service.",
)
NO_BACKUP = Kind(
    "backup-none",
    Grade.SOON,
    "There is no backup in {folder}.",
    "Have `dutyline backup {folder}` run every night.",
)
OLD_BACKUP = Kind(
    "backup-old",
    Grade.SOON,
    "The newest backup in {folder} is of {day}.",
    "See why the nightly `dutyline backup` did not run.",
)


def backups(folder: Path) -> Sequence[Path]:
    """Our backups in a folder, the newest first."""
    return too_many(folder, 0)


def look(patient: Patient) -> Findings:
    """Every folder that Dutyline writes to."""
    folders = _folders(patient)
    yield from _of_user(patient.config.state)
    for folder in folders:
        yield from of_writing(folder)
    for shared in _by_disk(folders):
        yield from of_room(shared)
    yield from _of_kind(patient, folders)


def look_at_backups(patient: Patient, folder: Path, kept: Callable[[Path], Sequence[Path]] = backups) -> Findings:
    """The folder of the backups: may it be written, has it room, and how old is the newest?"""
    yield from of_writing(folder)
    yield from of_room((folder,))
    newest = next(iter(kept(folder)), None)
    if newest is None:
        yield NO_BACKUP.found(folder=folder)
        return
    at = datetime.fromtimestamp(newest.stat().st_mtime, patient.now.tzinfo)
    if patient.now - at > BACKUP_AGE:
        yield OLD_BACKUP.found(folder=folder, day=clock_time(at))


def _folders(patient: Patient) -> tuple[Path, ...]:
    state, file = patient.config.state, database_file(patient)
    found = (state, state / "journal", state / "published", *((file.parent,) if file else ()))
    return tuple(dict.fromkeys(folder for folder in found if folder.is_dir()))


def database_file(patient: Patient) -> Path | None:
    """The SQLite file, where it is one."""
    return Place(patient.config.state, patient.config.database_url).database_file


def _of_user(state: Path) -> Iterator[Found]:
    owner = state.stat().st_uid
    if owner != os.geteuid():
        yield OTHER_USER.found(user=f"user {os.geteuid()}", owner=f"user {owner}")


def of_writing(folder: Path) -> Iterator[Found]:
    """Whether a line is kept as the journal keeps it, and how long that takes; it is taken away again."""
    patience, begun = Patience(TIRED_SECONDS), monotonic()
    try:
        failed = patience.within(lambda: _why_unwritten(folder))
    finally:
        patience.close()
    yield from of_line(folder, failed if isinstance(failed, str) else "", monotonic() - begun)


def of_line(folder: Path, failed: str, seconds: float) -> Iterator[Found]:
    """What is amiss with a line that failed so, or took so long."""
    if failed:
        yield UNWRITABLE.found(folder=folder, why=failed)
    elif seconds > DEADLINE:
        yield HANGS.found(folder=folder, seconds=f"{seconds:.1f}")
    elif seconds > SLOW_SECONDS:
        yield SLOW.found(folder=folder, seconds=f"{seconds:.1f}")


def _why_unwritten(folder: Path) -> str:
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".doctor-") as file:
            file.write(b"a line\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as fault:
        return (fault.strerror or "it fails").lower()
    return ""


def _by_disk(folders: tuple[Path, ...]) -> Iterator[tuple[Path, ...]]:
    for device in dict.fromkeys(folder.stat().st_dev for folder in folders):
        yield tuple(folder for folder in folders if folder.stat().st_dev == device)


def of_room(folders: tuple[Path, ...], told: Callable[[Path], os.statvfs_result] = os.statvfs) -> Iterator[Found]:
    """Whether a disk has room for bytes and for files. Some file systems count no files."""
    disk, names = told(folders[0]), listed([str(folder) for folder in folders])
    left, whole = disk.f_bavail * disk.f_frsize, disk.f_blocks * disk.f_frsize
    if left < NO_ROOM:
        yield FULL.found(folders=names, left=left // MB)
    elif left < LITTLE_ROOM or left < whole * LITTLE_SHARE:
        yield FILLING.found(folders=names, left=left // MB, percent=100 * left // max(whole, 1))
    if disk.f_files and disk.f_favail < NO_INODES:
        yield NO_FILES.found(folders=names, left=disk.f_favail)
    elif disk.f_files and disk.f_favail < LITTLE_INODES:
        yield FEW_FILES.found(folders=names, left=disk.f_favail)


def _of_kind(patient: Patient, folders: tuple[Path, ...]) -> Iterator[Found]:
    mounts = _mounts()
    for folder in folders:
        kind = kind_of(folder, mounts)
        if kind in REMOTE:
            yield NETWORK.found(folder=folder, kind=kind)
    state, file = patient.config.state, database_file(patient)
    journal = state / "journal" if (state / "journal").is_dir() else state
    if file and file.exists() and file.stat().st_dev == journal.stat().st_dev:
        yield SHARED.found()


def _mounts() -> dict[Path, str]:
    """What is mounted where, and of which kind; nothing where the machine does not tell."""
    try:
        rows = [line.split() for line in MOUNTS.read_text(encoding="utf-8").splitlines()]
    except OSError:
        return {}
    return {Path(row[1].replace("\\040", " ")): row[2] for row in rows if len(row) > 2}


def kind_of(folder: Path, mounts: dict[Path, str]) -> str:
    """The kind of file system that a folder is on."""
    here = folder.resolve()
    return next((mounts[place] for place in (here, *here.parents) if place in mounts), "")
