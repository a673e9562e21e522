"""Does a write to the directory happen whole and once, or not at all?"""

import threading
from dataclasses import replace

import pytest
from sqlalchemy import select

from directory.model import Team
from directory.snapshot import Change, Kind, written
from store import tables
from store.database import Database
from store.directory import StaleError, version_of, versions_of, write, write_all
from tests.store.publishing import MASH, ME, NOON
from tests.store.recording import rows

NEW = Team("a-new-team", "A New Team", "devon")


def counts(database: Database) -> tuple[int, ...]:
    """How much stands in the tables that a write touches."""
    return tuple(len(rows(database, table)) for table in (tables.entry, tables.change, tables.audit))


def name_of(database: Database, slug: str) -> str:
    """The name of a team as it stands in the database."""
    with database.read() as connection:
        body = connection.scalar(select(tables.entry.c.body).where(tables.entry.c.slug == slug))
    return str(body["name"]) if body else ""


def put(database: Database, team: Team, expected: int | None) -> int:
    """Write one team in a transaction of its own."""
    with database.write_in_order() as connection:
        return write(connection, written(team), expected, ME, NOON)


def test_versions_begin_at_one_and_count_each_change_of_an_entry(database: Database) -> None:
    assert put(database, NEW, None) == 1
    assert put(database, replace(NEW, name="Renamed"), 1) == 2
    assert put(database, replace(NEW, name="Renamed again"), 2) == 3
    with database.read() as connection:
        assert version_of(connection, Kind.TEAM, NEW.slug) == 3
        assert versions_of(connection, Kind.TEAM)[MASH] == 1
        assert version_of(connection, Kind.TEAM, "no-such-team") is None


def test_a_change_is_one_entry_one_version_of_the_log_and_one_line_of_the_audit(database: Database) -> None:
    entries, changes, deeds = counts(database)
    put(database, NEW, None)
    assert counts(database) == (entries + 1, changes + 1, deeds + 1)
    last = rows(database, tables.change)[-1]
    assert [one["slug"] for one in last["body"]["changes"]] == [NEW.slug]
    assert last["epoch"] == rows(database, tables.change)[0]["epoch"] != ""


@pytest.mark.parametrize("expected", [None, 0, 2, 99])
def test_a_writer_who_saw_another_version_changes_nothing(database: Database, expected: int | None) -> None:
    before, name = counts(database), name_of(database, MASH)
    with pytest.raises(StaleError, match=MASH):
        put(database, Team(MASH, "Stale", "devon"), expected)
    assert counts(database) == before
    assert name_of(database, MASH) == name


@pytest.mark.parametrize("expected", [1, 7])
def test_an_entry_that_is_not_there_is_not_changed_into_being(database: Database, expected: int) -> None:
    before = counts(database)
    with pytest.raises(StaleError):
        put(database, NEW, expected)
    assert counts(database) == before


def test_of_several_changes_with_one_stale_none_is_written(database: Database) -> None:
    before, name = counts(database), name_of(database, MASH)
    pairs = [
        (written(NEW), None),
        (written(Team(MASH, "Renamed", "devon")), 1),
        (written(Team("devon-edt", "x", "devon")), 9),
    ]
    with pytest.raises(StaleError, match="devon-edt"), database.write_in_order() as connection:
        write_all(connection, pairs, ME, NOON)
    assert counts(database) == before
    assert name_of(database, MASH) == name


def test_several_changes_are_one_version_of_the_log_with_a_line_of_the_audit_each(database: Database) -> None:
    entries, changes, deeds = counts(database)
    with database.write_in_order() as connection:
        found = write_all(connection, [(written(NEW), None), (written(Team(MASH, "Renamed", "devon")), 1)], ME, NOON)
    assert found == [1, 2]
    assert counts(database) == (entries + 1, changes + 1, deeds + 2)


def test_a_removed_entry_is_gone_and_may_be_made_anew(database: Database) -> None:
    put(database, NEW, None)
    with database.write_in_order() as connection:
        write(connection, Change(Kind.TEAM, NEW.slug, None), 1, ME, NOON)
    assert name_of(database, NEW.slug) == ""
    assert rows(database, tables.audit)[-1]["what"] == "delete"
    with pytest.raises(StaleError):
        put(database, NEW, 1)
    assert put(database, NEW, None) == 1


@pytest.mark.parametrize(("team", "expected"), [(Team(MASH, "One", "devon"), 1), (NEW, None)])
def test_of_writers_at_once_exactly_one_wins(database: Database, team: Team, expected: int | None) -> None:
    deeds, at_once = len(rows(database, tables.audit)), threading.Barrier(4)
    won: list[str] = []
    stale: list[str] = []

    def writes(name: str) -> None:
        at_once.wait()
        try:
            put(database, replace(team, name=name), expected)
            won.append(name)
        except StaleError:
            stale.append(name)

    threads = [threading.Thread(target=writes, args=(f"writer {number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(won), len(stale)) == (1, 3)
    assert name_of(database, team.slug) == won[0]
    assert len(rows(database, tables.audit)) == deeds + 1


def test_versions_of_the_log_have_no_gaps_however_many_write_at_once(database: Database) -> None:
    def writes(number: int) -> None:
        for turn in range(5):
            put(database, replace(NEW, slug=f"team-{number}-{turn}"), None)

    threads = [threading.Thread(target=writes, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    versions = [row["version"] for row in rows(database, tables.change)]
    assert versions == list(range(1, len(versions) + 1))
    assert len([row for row in rows(database, tables.entry) if row["slug"].startswith("team-")]) == 20
