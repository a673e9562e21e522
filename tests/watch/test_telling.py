"""Who is told of an alarm, how often, and by which of several workers?"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest

from carrier.port import Done, Refused, Result
from directory.numbers import Number
from ivr.alarms import Alarm, Alarming, alarm
from store import alarms
from store.alarm_book import AlarmBook
from store.audit import Deed
from store.database import Database
from store.signs import Health
from store.told import Told
from tests.telling import at
from watch.telling import Telling

NOW, EVERY = at("Wed 10:00"), timedelta(hours=4)
SILENT, AWAY = alarm(Alarming.LINE_SILENT, "devon", "A detail."), alarm(Alarming.DATABASE_AWAY, "calls-1")
OPERATORS = (Number("+447700900123"), Number("+442079460105"))


@dataclass
class Texts:
    """Keeps what was sent."""

    result: Result = field(default_factory=Done)
    sent: list[tuple[str, str]] = field(default_factory=list)

    def text(self, to: Number, words: str) -> Result:
        self.sent.append((to.e164, words))
        return self.result


@dataclass
class Seen:
    """Signs that a test gives."""

    alarms: tuple[Alarm, ...] = ()
    machine: str = "calls-1"

    def now(self, _: Health, __: object, ___: datetime) -> tuple[Alarm, ...]:
        return self.alarms


class Well:
    """A worker that is in order."""

    database_answers, is_drained, is_behind, failover_is_behind = True, True, False, False


def telling(texts: Texts, folder: Path) -> Telling:
    return Telling(texts, OPERATORS, EVERY, "calls.example.org", Told(folder / "alarms-told"))


def raises(database: Database, *those: Alarm, now: datetime = NOW) -> None:
    with database.write() as connection:
        alarms.raised(connection, those, now)


def after(**much: float) -> datetime:
    return NOW + timedelta(**much)


def test_once_it_has_stood_for_a_minute_each_operator_is_told_once_and_again_hours_later(
    database: Database, tmp_path: Path
) -> None:
    texts = Texts()
    mine = telling(texts, tmp_path)
    raises(database, SILENT)
    told = [
        mine.of_all(database, moment)
        for moment in (after(seconds=30), after(minutes=1), after(minutes=2), after(hours=3))
    ]
    assert told == [0, 1, 0, 0]
    assert texts.sent == [(to.e164, f"Dutyline calls.example.org: {SILENT.words}") for to in OPERATORS]
    assert mine.of_all(database, after(hours=5)) == 1


def test_a_new_alarm_of_the_same_kind_is_told_anew_and_one_that_is_over_no_more(
    database: Database, tmp_path: Path
) -> None:
    mine = telling(Texts(), tmp_path)
    raises(database, SILENT)
    assert mine.of_all(database, after(minutes=1)) == 1
    with database.write() as connection:
        alarms.settled(connection, (Alarming.LINE_SILENT,), (), after(minutes=2))
    assert mine.of_all(database, after(hours=5)) == 0
    raises(database, SILENT, now=after(hours=6))
    assert mine.of_all(database, after(hours=6, minutes=2)) == 1


def test_acknowledged_it_is_quiet_until_then(database: Database, tmp_path: Path) -> None:
    mine = telling(Texts(), tmp_path)
    raises(database, SILENT)
    with database.write_in_order() as connection:
        one = alarms.standing(connection)[0]
        alarms.acknowledge(connection, one, after(hours=8), Deed("Ada", "", "", "", None, None, "seen to"), NOW)
    assert [mine.of_all(database, after(hours=hours)) for hours in (1, 7, 9)] == [0, 0, 1]


def test_of_several_workers_one_tells(database: Database, tmp_path: Path) -> None:
    texts, together = Texts(), Barrier(4)
    raises(database, SILENT)

    def tells() -> None:
        together.wait()
        telling(texts, tmp_path).of_all(database, after(minutes=1))

    run(Thread(target=tells) for _ in range(4))
    assert len(texts.sent) == len(OPERATORS)


def test_a_machine_whose_database_is_away_tells_by_itself_once_whichever_worker(tmp_path: Path) -> None:
    texts, together, nowhere = Texts(), Barrier(4), Database("postgresql+psycopg://nobody@127.0.0.1:1/nothing")

    def tells() -> None:
        book = AlarmBook(nowhere, Seen((AWAY,)))  # type: ignore[arg-type]  # the test's own signs
        book.follows(Well())
        mine = telling(texts, tmp_path)
        assert mine.of_this_machine(book, NOW) == 0
        together.wait()
        mine.of_this_machine(book, after(minutes=2))

    run(Thread(target=tells) for _ in range(4))
    assert len(texts.sent) == len(OPERATORS)
    nowhere.close()


def test_a_state_folder_that_cannot_be_written_or_a_torn_file_silences_nobody(tmp_path: Path) -> None:
    assert Told(tmp_path / "nowhere" / "told").claims("x", NOW, after(hours=1))
    (tmp_path / "told").write_text('{"x": "20')
    told = Told(tmp_path / "told")
    assert [told.claims("x", NOW - EVERY, NOW), told.claims("x", NOW - EVERY, NOW)] == [True, False]
    assert told.claims("y", NOW - EVERY, NOW)
    assert told.claims("x", NOW, after(hours=4))


@pytest.mark.parametrize("result", [Refused(21610, "stopped"), Done()])
def test_a_message_that_is_refused_is_not_sent_again_at_once(
    database: Database, tmp_path: Path, result: Result
) -> None:
    texts = Texts(result)
    raises(database, SILENT)
    mine = telling(texts, tmp_path)
    assert [mine.of_all(database, after(minutes=minutes)) for minutes in (1, 2)] == [1, 0]
    assert len(texts.sent) == len(OPERATORS)


def run(threads: Iterable[Thread]) -> None:
    started = list(threads)
    for thread in started:
        thread.start()
    for thread in started:
        thread.join()
