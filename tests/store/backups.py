"""How do the tests make backups and put them back? A deployment's place, and one of the other kind of database beside it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import JSON, Boolean, Column, Date, Integer, func, insert, select

from app import Config
from store import past_events
from store.archive_check import checked
from store.backing_up import Taken, back_up
from store.database import Database
from store.dump import lines, tables
from store.every_table import Utc, metadata
from store.restoring import Backup, Restored, restore
from store.state_files import Place
from store.tables import past_event
from tests.conftest import POSTGRES, Databases
from tests.telling import at

NOON = at("Wed 12:00")


@dataclass
class Said:
    """What was told on the way."""

    words: list[str] = field(default_factory=list)

    def __call__(self, word: str) -> None:
        self.words.append(word)


OF_TYPE = (
    (Utc, NOON + timedelta(hours=1)),
    (Date, NOON.date()),
    (JSON, {"a": [1, None]}),
    (Boolean, True),
    (Integer, 1),
)
"""What a cell of a type may hold, and nothing that a restore puts off because it was due; a text where none of them is its type."""


def a_row_of_every_table(database: Database) -> None:
    """No table is empty afterwards, so that a backup meets every type of column that there is."""
    with database.write() as connection:
        for table in metadata.sorted_tables:
            if not connection.scalar(select(func.count()).select_from(table)):
                past_events.make_room(connection, [NOON.date()] if table is past_event else ())
                connection.execute(insert(table).values({column.name: _cell(column) for column in table.columns}))


def _cell(column: Column[Any]) -> Any:
    return next((value for type_, value in OF_TYPE if isinstance(column.type, type_)), "x")


def place_of(config: Config) -> Place:
    """Where a deployment with the bundled plans keeps what is its own."""
    return Place(config.state, config.database_url, config.secret)


def backed_up(config: Config, path: Path, passphrase: str = "", now: datetime = NOON) -> Taken:
    config.state.mkdir(exist_ok=True)
    return back_up(place_of(config), path, passphrase, "0.1.0", now, Said())


def put_back(place: Place, path: Path, passphrase: str = "", now: datetime = NOON) -> Restored:
    found = checked(path, passphrase)
    assert found.manifest
    assert found.problems == ()
    place.state.mkdir(exist_ok=True)
    return restore(place, Backup(path, passphrase, found.manifest), now, Said())


def elsewhere(request: pytest.FixtureRequest, config: Config, folder: Path) -> Place:
    """An empty deployment on the other kind of database; on the same where there is no other."""
    state = folder / "elsewhere"
    state.mkdir()
    if config.database_url.startswith("sqlite") and POSTGRES:
        postgres: Databases = request.getfixturevalue("postgresql")
        return Place(state, postgres.empty(folder), config.secret)
    return Place(state, f"sqlite:///{state / 'dutyline.db'}", config.secret)


def content(database_url: str) -> dict[str, list[bytes]]:
    """Every row of every table, as a backup would have it."""
    database = Database(database_url)
    try:
        with database.read() as connection:
            return {table.name: sorted(lines(connection, table)) for table in tables(connection)}
    finally:
        database.close()
