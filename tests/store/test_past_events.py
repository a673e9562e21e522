"""Events of calls that began weeks ago lie by the day, are read as before, and go as a day; SQLite's stay where they are."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import insert, select

from app import Config
from desk.retention import purged
from ivr.record import Record
from routing.periods import Period
from store import calls, report_counts, tables
from store.audit import Deed
from store.database import Database
from store.migrate import configuration
from store.past_events import days, let_go, put_away
from store.projections import events_of, project_all
from store.tables_enquiries import legal_hold
from store.tables_reports import report_count
from tests.store.backups import backed_up, content, elsewhere, put_back
from tests.store.recording import rows, step
from tests.telling import at

NOW = at("2026-11-25T12:00")
LONG_AGO = (at("2026-09-01T10:00"), at("2026-09-01T23:30"), at("2026-09-02T10:00"), at("2026-10-01T10:00"))
LATELY = (at("2026-10-22T10:00"), at("2026-11-25T09:00"))
A_MONTH = {"calls": Period(days=60)}
BY_TEST = Deed("a test", "", "retention", "", None, None)


def told(moment: datetime, number: int) -> list[Record]:
    """A call of two steps that ends with the safe message, the second past midnight where the first is shortly before."""
    began = {"from": "+442079460640", "to": "+442079460101"}
    first, last = step(0, f"CA{number}", **began), step(1, f"CA{number}", ending="safe-message")
    return [replace(first, at=moment), replace(last, at=moment + timedelta(hours=1))]


@pytest.fixture
def filled(database: Database) -> Database:
    """Calls of long ago and of lately."""
    with database.write() as connection:
        project_all(connection, [one for number, at in enumerate((*LONG_AGO, *LATELY)) for one in told(at, number)])
    return database


def young(database: Database) -> set[str]:
    return {row["call"] for row in rows(database, tables.event)}


def past(database: Database) -> set[str]:
    return {row["call"] for row in rows(database, tables.past_event)}


def there(database: Database) -> tuple[date, ...]:
    with database.read() as connection:
        return () if database.is_sqlite else days(connection)


def read(database: Database) -> object:
    """What is read of every call: its own records, all in their order, and a count of each of their days."""
    with database.read() as connection:
        each = [events_of(connection, f"CA{number}") for number in range(6)]
        every = list(calls.events_since(connection, LONG_AGO[0]))
        known = [report_counts.events_of(connection, moment.date()) for moment in (*LONG_AGO, *LATELY)]
    for moment in (*LONG_AGO, *LATELY):
        with database.write() as connection:
            report_counts.count_day(connection, moment.date(), 1, NOW)
    assert all(len(one) == 2 for one in each)
    return each, every, known, rows(database, report_count)


def test_events_of_long_ago_are_put_away_by_the_day_and_read_as_before(filled: Database) -> None:
    before = read(filled)
    assert put_away(filled, None, NOW) == (0 if filled.is_sqlite else 4)
    if not filled.is_sqlite:
        assert (past(filled), young(filled)) == ({"CA0", "CA1", "CA2", "CA3"}, {"CA4", "CA5"})
        assert there(filled) == (date(2026, 9, 1), date(2026, 9, 2), date(2026, 10, 1))
    assert read(filled) == before
    assert put_away(filled, None, NOW) == 0


def test_a_second_copy_that_comes_years_late_is_one_event_after_the_next_round(filled: Database) -> None:
    put_away(filled, None, NOW)
    before = read(filled)
    with filled.write() as connection:
        project_all(connection, told(LONG_AGO[0], 0))
    put_away(filled, None, NOW)
    assert read(filled) == before


def test_two_workers_at_once_put_every_event_away_once(filled: Database) -> None:
    before = read(filled)
    with ThreadPoolExecutor(2) as both:
        list(both.map(lambda _: put_away(filled, None, NOW), range(2)))
    assert read(filled) == before
    assert put_away(filled, None, NOW) == 0


def test_a_round_ends_and_the_next_one_goes_on(filled: Database) -> None:
    assert [put_away(filled, None, NOW, 1, 3) for _ in range(3)] == ([0, 0, 0] if filled.is_sqlite else [3, 1, 0])


def purge(database: Database) -> int:
    return purged(database, A_MONTH, BY_TEST, NOW)[0].purged


def test_days_that_are_past_their_time_go_whole_and_of_the_day_that_is_partly_past_what_is(filled: Database) -> None:
    put_away(filled, None, NOW)
    with filled.write() as connection:
        edge = (at("2026-09-26T11:59"), at("2026-09-26T12:01"))
        project_all(connection, [one for number, at in enumerate(edge) for one in told(at, 10 + number)])
    put_away(filled, None, NOW)
    assert purge(filled) == 4
    assert young(filled) | past(filled) == {"CA3", "CA4", "CA5", "CA11"}
    assert there(filled) == (() if filled.is_sqlite else (date(2026, 9, 26), date(2026, 10, 1)))
    assert purge(filled) == 0


def test_what_is_held_is_kept_when_its_day_goes_and_is_put_away_no_more_until_it_goes_itself(filled: Database) -> None:
    put_away(filled, None, NOW)
    before = read(filled)
    row = {"id": "h1", "record": "CA1", "key": None, "sealed": "", "made_at": NOW, "made_by": "tests"}
    with filled.write() as connection:
        connection.execute(insert(legal_hold).values(**row))
    assert purge(filled) == 2
    with filled.read() as connection:
        assert events_of(connection, "CA1") == before[0][1]  # type: ignore[index]  # what was read of it
    assert "CA1" in young(filled)
    assert put_away(filled, A_MONTH["calls"].begins(NOW), NOW) == 0
    with filled.write() as connection:
        connection.execute(legal_hold.delete())
    assert purge(filled) == 1
    assert young(filled) | past(filled) == {"CA3", "CA4", "CA5"}


def test_a_purge_that_ended_before_its_days_went_is_made_up_for_by_the_next(filled: Database) -> None:
    put_away(filled, None, NOW)
    with filled.write() as connection:
        connection.execute(tables.call.delete().where(tables.call.c.began_at < at("2026-09-26T12:00")))
    assert purge(filled) == 0
    assert past(filled) == (set() if filled.is_sqlite else {"CA3"})


def test_while_somebody_reads_the_past_for_long_its_days_stay_until_the_next_purge(filled: Database) -> None:
    put_away(filled, None, NOW)
    before = A_MONTH["calls"].begins(NOW)
    purge_days = 0 if filled.is_sqlite else 2
    hasty = Database(filled.engine.url.render_as_string(hide_password=False))
    with filled.read() as connection:
        connection.execute(select(tables.past_event)).all()
        if not filled.is_sqlite:
            with hasty.read() as other:
                assert days(other) == there(filled)
        assert let_go(hasty, before) == 0
    assert let_go(hasty, before) == purge_days
    hasty.close()


def test_a_backup_holds_the_past_and_goes_into_either_database(
    filled: Database, config: Config, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    put_away(filled, None, NOW)
    taken = backed_up(config, tmp_path / "a.backup")
    there = elsewhere(request, config, tmp_path)
    put_back(there, taken.path)
    before, after = content(config.database_url), content(there.database_url)
    assert after["past_event"] == before["past_event"]
    assert len(before["past_event"]) == (0 if filled.is_sqlite else 8)
    restored = Database(there.database_url)
    assert read(restored) == read(filled)
    assert purge(restored) == 3
    assert past(restored) | young(restored) == {"CA3", "CA4", "CA5"}
    restored.close()


def test_an_older_dutyline_finds_every_event_where_it_looks(filled: Database) -> None:
    before = rows(filled, tables.event)
    put_away(filled, None, NOW)
    with filled.engine.connect() as connection:
        command.downgrade(configuration(connection), "0028")
        connection.commit()
        assert rows(filled, tables.event) == before
        command.upgrade(configuration(connection), "head")
        connection.commit()
