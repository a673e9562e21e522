"""Who may read what holds telephone numbers and secrets, and what lies in the state folder that should not?"""

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path

from cli.doctor.disk import database_file
from cli.doctor.findings import Findings, Found, Grade, Kind
from cli.doctor.patient import Patient
from directory.findings import listed

OTHERS = stat.S_IRWXG | stat.S_IRWXO
READABLE_BY_ALL = frozenset(("failover",))
"""What a web server of another user may read."""

MOST_FILES = 20_000

OPEN_FOLDER = Kind(
    "folder-open",
    Grade.KNOW,
    "Other users of this machine may look into {folders}, which hold numbers of callers and staff.",
    "chmod 700 {folder}",
)
OPEN_FILE = Kind(
    "file-open",
    Grade.KNOW,
    "Other users of this machine may read {files}.",
    "chmod 600 the file, and find out which umask or copy job made it so.",
)
STRANGERS = Kind(
    "file-of-another",
    Grade.SOON,
    "{files} do not belong to the owner of the state folder: the service may be unable to write them.",
    "chown them to the user of the service; run commands as that user.",
)
POISON = Kind(
    "journal-poison",
    Grade.KNOW,
    "{count} records lie in {folder}: they could not be read or written to the database.",
    "Look at them, and report what made them; they are kept until somebody does.",
)


def look(patient: Patient) -> Findings:
    """Modes and owners below the state folder and of the database file, and the journal's poison."""
    state, file = patient.config.state, database_file(patient)
    found = _stats([state, *_below(state), *((file,) if file and not file.is_relative_to(state) else ())])
    yield from _of_open(found)
    owner = found[state].st_uid if state in found else -1
    strangers = [str(path) for path, about in found.items() if about.st_uid != owner]
    if strangers:
        yield STRANGERS.found(files=listed(strangers))
    poison = state / "journal" / "poison"
    count = sum(1 for _ in poison.glob("*")) if poison.is_dir() else 0
    if count:
        yield POISON.found(count=count, folder=poison)


def _below(state: Path) -> Iterator[Path]:
    """What lies in the state folder but for what is meant for others; of very many files the first."""
    found = (
        Path(folder) / name
        for folder, folders, files in os.walk(state)
        for name in (*folders, *files)
        if (Path(folder) / name).relative_to(state).parts[0] not in READABLE_BY_ALL
    )
    return islice(found, MOST_FILES)


def _stats(paths: Iterable[Path]) -> dict[Path, os.stat_result]:
    """What is told of each. A running service takes files away meanwhile."""
    found: dict[Path, os.stat_result] = {}
    for path in paths:
        with suppress(OSError):
            found[path] = path.lstat()
    return found


def _of_open(found: Mapping[Path, os.stat_result]) -> Iterator[Found]:
    shown = [path for path, about in found.items() if about.st_mode & OTHERS]
    folders = [str(path) for path in shown if stat.S_ISDIR(found[path].st_mode)]
    files = [str(path) for path in shown if stat.S_ISREG(found[path].st_mode)]
    if folders:
        yield OPEN_FOLDER.found(folders=listed(folders), folder=folders[0])
    if files:
        yield OPEN_FILE.found(files=listed(files))
