"""What does a worker say of itself, with its database and without, and when is it over?"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from app import LogAlarm
from ivr.alarms import Alarming
from store.alarm_book import AlarmBook
from store.alarms import over
from store.chores import enter
from store.database import Database
from store.journal import Journal
from store.publication import Fixed, Publication
from store.signs import REMEMBERED_SECONDS, Signs
from tests.conftest import hashed
from tests.telling import at
from webhooks.refusals import Refusals

NOW = at("Wed 10:00")


@dataclass
class Health:
    """What the upkeep would say."""

    database_answers: bool = True
    is_drained: bool = True
    is_behind: bool = False
    failover_is_behind: bool = False


@dataclass
class Hand:
    """A monotonic clock that a test moves."""

    at: float = 0.0

    def __call__(self) -> float:
        return self.at


@dataclass
class Worker:
    """One worker's book, with what it looks at."""

    database: Database
    journal: Journal
    folder: Path
    health: Health
    hand: Hand
    book: AlarmBook

    def codes(self, minutes: float = 0) -> list[str]:
        return [str(one.alarm.code) for one in self.book.standing(NOW + timedelta(minutes=minutes))]


def worker(database: Database, folder: Path, state: Path) -> Worker:
    journal, hand, health = Journal(folder, lambda _: None, 0.05), Hand(), Health()
    signs = Signs("calls-1", journal, folder, Publication(state, database, Fixed({}, hashed, {})), hand)
    book = AlarmBook(database, signs, ("silence",))
    book.follows(health)
    return Worker(database, journal, folder, health, hand, book)


@pytest.fixture
def mine(database: Database, tmp_path: Path) -> Iterator[Worker]:
    (tmp_path / "journal").mkdir()
    made = worker(database, tmp_path / "journal", tmp_path / "published")
    yield made
    made.journal.close()


def test_a_worker_in_order_says_nothing(mine: Worker) -> None:
    mine.book.look(NOW)
    assert mine.codes() == []


def test_trouble_is_told_at_once_kept_in_the_database_and_over_when_it_is_over(mine: Worker) -> None:
    mine.health.failover_is_behind = True
    assert mine.codes() == ["failover-behind"]
    mine.book.look(NOW)
    mine.health.failover_is_behind = False
    assert mine.codes(1) == []
    mine.book.look(NOW + timedelta(minutes=1))
    with mine.database.read() as connection:
        ended = over(connection, 5)
    assert [(one.alarm.code, one.began_at, one.ended_at) for one in ended] == [
        (Alarming.FAILOVER_BEHIND, NOW, NOW + timedelta(minutes=1))
    ]


def test_what_another_worker_saw_is_known_to_all_and_over_when_it_is_seen_no_more(mine: Worker, tmp_path: Path) -> None:
    other = worker(mine.database, mine.folder, tmp_path / "published")
    other.health.failover_is_behind = True
    other.book.look(NOW)
    mine.book.look(NOW)
    assert mine.codes() == ["failover-behind"]
    mine.book.look(NOW + timedelta(seconds=25))
    assert mine.codes() == []
    other.journal.close()


def test_a_database_that_was_away_is_told_of_that_once_it_is_back(mine: Worker) -> None:
    mine.health.database_answers = False
    assert mine.codes() == ["database-away"]
    mine.health.database_answers = True
    mine.book.look(NOW + timedelta(minutes=3))
    assert mine.codes(3) == []
    with mine.database.read() as connection:
        ended = over(connection, 5)
    assert [(one.alarm.code, one.began_at, one.ended_at) for one in ended] == [
        (Alarming.DATABASE_AWAY, NOW, NOW + timedelta(minutes=3))
    ]


def test_poison_stands_until_the_folder_is_empty(mine: Worker) -> None:
    (mine.folder / "poison").mkdir()
    (mine.folder / "poison" / "one").write_bytes(b"x")
    assert mine.codes() == ["poison"]
    shutil.rmtree(mine.folder / "poison")
    assert mine.codes() == []


def test_a_database_that_takes_nothing_is_told_unless_it_is_away(mine: Worker) -> None:
    mine.health.is_drained = False
    assert mine.codes() == ["drain-behind"]
    mine.health.database_answers = False
    assert mine.codes() == ["database-away"]


def test_a_worker_that_does_not_take_up_what_is_new_is_told(mine: Worker) -> None:
    mine.health.is_behind = True
    assert mine.codes() == ["publication-behind"]


def test_a_journal_that_gave_events_up_says_how_many_and_one_that_missed_says_so_for_an_hour(mine: Worker) -> None:
    mine.journal.lost, mine.journal.unsynced = 3, 1
    assert mine.codes() == ["journal-lost", "journal-unsynced"]
    assert mine.book.standing(NOW)[0].alarm.words.startswith("3 events are lost")
    mine.hand.at = REMEMBERED_SECONDS + 1
    assert mine.codes() == ["journal-lost"]


def test_webhooks_that_are_refused_are_an_alarm(mine: Worker) -> None:
    refusals = Refusals(LogAlarm(), "AC1")
    mine.book.follows(mine.health, refusals)
    for _ in range(3):
        refusals.note("TwilioProxy/1.1", "AC1", "wrong", NOW)
    assert (mine.codes(), mine.codes(11)) == (["webhooks-refused"], [])


def test_rounds_that_are_late_are_an_alarm_but_not_of_a_worker_that_has_just_begun(mine: Worker) -> None:
    with mine.database.write() as connection:
        enter(connection, ["silence"], NOW - timedelta(hours=1))
    mine.book.look(NOW)
    assert mine.codes() == []
    mine.book.look(NOW + timedelta(minutes=6))
    assert mine.codes() == ["rounds-late"]
