"""Is what anybody asks for made ready by itself, for every world that comes into force?"""

import fcntl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app import Config
from ivr.moment import World
from store.database import Database
from store.journal import Journal
from store.publication import Publication
from store.upkeep import FOLLOW_SECONDS, SILENCE_SECONDS, Upkeep
from tests.store.publishing import publication, renumber

PATIENCE = 10


class Seen:
    """Takes every world; fails at the first where it is told to."""

    def __init__(self, fails: int = 0) -> None:
        self.worlds: list[World] = []
        self._fails, self._news = fails, threading.Condition()

    def __call__(self, world: World) -> None:
        with self._news:
            self.worlds.append(world)
            self._news.notify_all()
        if len(self.worlds) <= self._fails:
            raise ValueError("the words of this world cannot be put in order")

    def sees(self, world: World) -> bool:
        """Whether this world is, or soon becomes, the last one taken."""
        with self._news:
            return self._news.wait_for(lambda: self.worlds[-1:] == [world], PATIENCE)


@pytest.fixture
def worker(tmp_path: Path, database: Database, config: Config) -> Publication:
    found = publication(tmp_path / "published", database, config)
    found.publish()
    return found


@contextmanager
def upkeep(
    tmp_path: Path, worker: Publication, database: Database, seen: Seen, look_round: Callable[[], object] | None = None
) -> Iterator[Upkeep]:
    journal = Journal(tmp_path / "journal", pytest.fail)
    found = Upkeep(journal, tmp_path / "journal", worker, database, seen, look_round)
    found.begin()
    try:
        yield found
    finally:
        found.end()
        journal.close()


@pytest.mark.parametrize("fails", [0, 1])
def test_every_world_is_made_ready_once_and_a_fault_in_one_does_not_keep_the_next_from_it(
    tmp_path: Path, worker: Publication, database: Database, fails: int
) -> None:
    seen = Seen(fails)
    with upkeep(tmp_path, worker, database, seen) as running:
        assert seen.sees(worker.current())
        renumber(database, worker, 701)
        assert seen.sees(worker.publish())
        assert len(seen.worlds) == 2
        assert running.faults == fails


def test_a_worker_that_cannot_keep_what_was_published_is_behind_and_its_database_is_not_away(
    tmp_path: Path, worker: Publication, database: Database
) -> None:
    with (
        (tmp_path / "published" / "lock").open() as held,
        upkeep(tmp_path, worker, database, Seen(), worker.behind) as running,
    ):
        fcntl.flock(held, fcntl.LOCK_EX)
        renumber(database, worker, 701)
        time.sleep(SILENCE_SECONDS + 2 * FOLLOW_SECONDS)
        assert running.database_answers
        assert running.followed_ago > SILENCE_SECONDS
        fcntl.flock(held, fcntl.LOCK_UN)
        time.sleep(2 * FOLLOW_SECONDS)
        assert running.followed_ago < SILENCE_SECONDS
