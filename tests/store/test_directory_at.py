"""How did the whole directory stand at a version of the log, made of the one that a worker has?"""

from pathlib import Path

import pytest

from app import Config
from directory.snapshot import Snapshot
from store.database import Database
from store.past_worlds import directory_at
from tests.store.publishing import MASH, publication, renumber


@pytest.fixture
def versions(config: Config, database: Database, tmp_path: Path) -> list[Snapshot]:
    """The directory as it was loaded, and after each of two changes."""
    worker = publication(tmp_path / "published", database, config)
    found = [worker.publish().directory]
    for last in (301, 302):
        renumber(database, worker, last)
        found.append(worker.publish().directory)
    return found


def test_a_version_is_the_same_whichever_it_is_made_of(database: Database, versions: list[Snapshot]) -> None:
    with database.read() as connection:
        for wanted in versions:
            for known in (*versions, Snapshot()):
                made = directory_at(connection, wanted.version, known)
                assert made is not None
                assert made.version == wanted.version
                assert {one.slug: one for one in made.entries()} == {one.slug: one for one in wanted.entries()}
    assert len({one.teams[MASH].duty_numbers for one in versions}) == 3


def test_there_is_none_at_a_version_that_the_log_does_not_hold(database: Database, versions: list[Snapshot]) -> None:
    with database.read() as connection:
        assert directory_at(connection, versions[-1].version + 1, versions[-1]) is None
