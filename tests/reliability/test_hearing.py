"""Does a worker on another machine hear of what was published, without having to look?"""

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import text

from app import Application, build
from store.database import AWAY, Database
from store.hearing import PATIENCE_SECONDS, Hearing
from tests.conftest import WEDNESDAY, Databases, deployment
from tests.store.publishing import publication, renumber, rung

pytestmark = pytest.mark.postgresql_alone
SOON = PATIENCE_SECONDS / 5
LISTENERS = text(
    "SELECT pid FROM pg_stat_activity WHERE query LIKE 'LISTEN dutyline%' AND datname = current_database()"
)


@pytest.fixture
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    databases: Databases = request.getfixturevalue("postgresql")
    return databases.prepared(tmp_path)


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    with closing(Database(url)) as made:
        yield made


@pytest.fixture
def hearing(database: Database) -> Iterator[Hearing]:
    with closing(Hearing(database)) as made:
        assert made.heard()
        yield made


@pytest.fixture
def published(database: Database, url: str, tmp_path: Path) -> Callable[[int], str]:
    """Publishes another number for a team, as another machine does; the number."""
    there = publication(tmp_path / "there", database, deployment(url, tmp_path))
    there.publish()

    def change(last: int) -> str:
        number = renumber(database, there, last)
        there.publish()
        return number

    return change


def seconds(of: Callable[[], object]) -> float:
    began = time.monotonic()
    of()
    return time.monotonic() - began


def test_a_word_goes_round_with_the_commit(hearing: Hearing, published: Callable[[int], str]) -> None:
    published(701)
    began = time.monotonic()
    assert hearing.heard()
    assert time.monotonic() - began < SOON


def test_nothing_is_heard_where_nobody_published_and_whoever_waits_can_be_woken(hearing: Hearing) -> None:
    came: list[bool] = []
    waiting = Thread(target=lambda: came.append(hearing.heard()))
    waiting.start()
    hearing.end()
    assert seconds(waiting.join) < SOON
    assert came == [False]


def test_a_connection_that_is_cut_is_made_again_and_what_was_missed_is_looked_for(
    hearing: Hearing, database: Database, published: Callable[[int], str]
) -> None:
    with database.write() as connection:
        for pid in connection.scalars(LISTENERS).all():
            connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
    with pytest.raises(AWAY):
        list(iter(hearing.heard, True))
    published(702)
    assert hearing.heard()
    published(703)
    assert hearing.heard()


def test_another_machine_rings_the_new_number_within_a_second(
    url: str, tmp_path: Path, published: Callable[[int], str]
) -> None:
    with closing(build(deployment(url, tmp_path / "here"), WEDNESDAY)) as here:
        for last in range(710, 715):
            number = published(last)
            assert seconds(lambda number=number: _until_rung(here, number)) < 1  # type: ignore[misc]


def _until_rung(here: Application, number: str) -> None:
    latest = time.monotonic() + SOON * 5
    while rung(here.publication) != number and time.monotonic() < latest:
        time.sleep(0.002)
