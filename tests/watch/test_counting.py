"""Are days counted as soon as there is more to count, and never lost to a purge?"""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete

from ivr.moment import World
from ivr.record import Record
from store import tables
from store.database import Database
from store.projections import project
from store.tables_reports import report_count
from tests.store.recording import rows
from tests.telling import at
from watch.counting import round_of

NOW = at("Wed 10:00")


def came(database: Database, number: int, days_ago: float, *, over: bool = True) -> None:
    """A call of so many days ago."""
    began = NOW - timedelta(days=days_ago)
    head: dict[str, Any] = {"line": "devon", "reasons": [], "requests": [], "ending": None, "from": None, "to": None}
    ended = Record(f"CA{number}", "", "s0:completed", "status", began + timedelta(minutes=1), {"status": "completed"})
    with database.write() as connection:
        project(connection, Record(f"CA{number}", "", "h0", "step", began, head))
        if over:
            project(connection, ended)


def offered(database: Database) -> dict[date, int]:
    return {row["day"]: row["count"] for row in rows(database, report_count) if row["measure"] == "caller-gone"}


def test_every_day_is_counted_and_a_late_call_counted_in(database: Database, world: World) -> None:
    came(database, 1, 40)
    came(database, 2, 1)
    assert round_of(database, world, NOW) == 31
    assert round_of(database, world, NOW) > 1
    assert round_of(database, world, NOW) == 1
    assert offered(database) == {date(2026, 10, 16): 1, date(2026, 11, 24): 1}
    came(database, 3, 1)
    came(database, 4, 0, over=False)
    round_of(database, world, NOW)
    assert offered(database) == {date(2026, 10, 16): 1, date(2026, 11, 24): 2}


def test_what_was_purged_stays_counted(database: Database, world: World) -> None:
    came(database, 1, 2)
    came(database, 2, 2)
    round_of(database, world, NOW)
    with database.write() as connection:
        for table, column in ((tables.event, "call"), (tables.call, "sid")):
            connection.execute(delete(table).where(table.c[column] == "CA1"))
    round_of(database, world, NOW)
    assert offered(database) == {date(2026, 11, 23): 2}


def test_a_call_over_midnight_belongs_to_the_day_on_which_it_began(database: Database, world: World) -> None:
    came(database, 1, (at("Wed 10:00") - at("Mon 23:59")) / timedelta(days=1))
    round_of(database, world, NOW)
    (row,) = (row for row in rows(database, report_count) if row["measure"] == "caller-gone")
    assert (row["day"], row["hour"]) == (date(2026, 11, 23), 23)


def test_the_last_call_of_a_day_is_counted_though_its_end_is_told_the_day_after(
    database: Database, world: World
) -> None:
    came(database, 1, 1, over=False)
    round_of(database, world, NOW)
    assert offered(database) == {}
    with database.write() as connection:
        project(connection, Record("CA1", "", "s0:completed", "status", NOW, {"status": "completed"}))
    round_of(database, world, NOW)
    assert offered(database) == {date(2026, 11, 24): 1}
