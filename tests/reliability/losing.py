"""How is a deployment lost? Its database alone, or the whole state folder but the journals; and by which commands is it put back?"""

import os
import re
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree

import psycopg

from tests.conftest import HOME
from tests.reliability.faults import every_table_locked
from tests.reliability.postgres import cluster
from tests.reliability.service import SECRET

PAGE = HOME / "docs" / "backup.md"
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)
SERVE = ".venv/bin/dutyline serve"
JOURNALS = "journal"
LONGEST_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Losable:
    """A database, and what may be done to it: that it is away for a while, and that it is gone."""

    kind: str
    url: str
    state: Path
    away: Callable[[], object]
    back: Callable[[], object]
    wipe: Callable[[], object]


class Held:
    """A transaction of somebody else beside which nobody can write, until it ends."""

    def __init__(self, begin: "Callable[[], sqlite3.Connection | psycopg.Connection]") -> None:
        self._begin = begin
        self._held: sqlite3.Connection | psycopg.Connection | None = None

    def begin(self) -> None:
        """From now on."""
        self._held = self._begin()

    def end(self) -> None:
        """Until now."""
        if self._held:
            self._held.close()
            self._held = None


@contextmanager
def sqlite(folder: Path) -> Iterator[Losable]:
    """A file in the state folder."""
    state = folder / "state"
    file = state / "dutyline.db"

    def locked() -> sqlite3.Connection:
        connection = sqlite3.connect(file, isolation_level=None, timeout=30, check_same_thread=False)
        connection.execute("BEGIN EXCLUSIVE")
        return connection

    held = Held(locked)
    try:
        yield Losable("sqlite", f"sqlite:///{file}", state, held.begin, held.end, lambda: _unlink(file))
    finally:
        held.end()


def _unlink(file: Path) -> None:
    for path in file.parent.glob(f"{file.name}*"):
        path.unlink()


@contextmanager
def postgresql(folder: Path) -> Iterator[Losable]:
    """A cluster of its own."""
    with cluster(folder / "pg") as server:
        url = server.url.replace("+psycopg", "")

        def wipe() -> None:
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute("DROP SCHEMA public CASCADE")
                connection.execute("CREATE SCHEMA public")

        held = Held(lambda: every_table_locked(url))
        yield Losable("postgresql", server.url, folder / "state", held.begin, held.end, wipe)


def lose_the_machine(state: Path) -> None:
    """Everything of the state folder but the journals."""
    for path in state.iterdir():
        if path.name == JOURNALS:
            continue
        if path.is_dir():
            rmtree(path)
        else:
            path.unlink()


def commands_of(section: str) -> tuple[str, ...]:
    """What the operator's page says to type."""
    text = PAGE.read_text(encoding="utf-8").partition(f"## {section}\n")[2]
    block = BLOCK.search(text)
    assert block, f"{PAGE.name} has no commands under “{section}”"
    return tuple(block[1].strip().splitlines())


def typed(command: str, lost: Losable, **more: str) -> str:
    """What a command of the page says. Raises with its words where it fails."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DUTYLINE_", "TWILIO_"))}
    settings: Mapping[str, str] = {
        "DUTYLINE_STATE_DIR": str(lost.state), "DUTYLINE_DATABASE_URL": lost.url, "DUTYLINE_SECRET_KEY": SECRET,
    }  # fmt: skip
    done = subprocess.run(  # noqa: S602  # the page's own words, as an operator types them
        command, shell=True, cwd=HOME, env={**kept, **settings, **more}, capture_output=True, text=True, check=False,
        timeout=LONGEST_SECONDS,
    )  # fmt: skip
    assert done.returncode == 0, f"{command}: {done.stderr}"
    return done.stdout
