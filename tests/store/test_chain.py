"""Is every change of the audit trail found that somebody makes behind our back?"""

import random
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, insert, text, update

from directory.model import Team
from directory.snapshot import written
from store import tables
from store.audit import Deed, note
from store.chain import Break, Head, Verdict, verdict
from store.database import Database
from store.directory import Author, write
from tests.store.publishing import MASH, NOON, renumbered
from tests.store.recording import rows
from tests.store.tampering import open_to_tampering
from tests.telling import at

COPIES = 1000
LAST = 12


def judged(database: Database, *seen: Head) -> Verdict:
    with database.read() as connection:
        return verdict(connection, seen)


def changed(database: Database, sequence: int, **values: Any) -> None:
    with database.write() as connection:
        connection.execute(update(tables.audit).where(tables.audit.c.sequence == sequence).values(**values))


@pytest.fixture
def trail(database: Database) -> Database:
    """A trail of some length, with both states and without, in several scripts."""
    with database.write_in_order() as connection:
        for number in range(2, LAST + 1):
            before = {"name": f"é{number}", "numbers": [number, None, 1.5]} if number % 3 else None
            note(
                connection, Deed(f"Zoë {number}", "change", "team", f"t-{number}", before, {"n": number}, "dřív"), NOON
            )
    return open_to_tampering(database)


def flipped(chance: random.Random, row: dict[str, Any]) -> tuple[str, Any]:
    """One field of a row, and another value for it."""
    field = chance.choice(sorted(row.keys() - {"sequence"}))
    old = row[field]
    if field == "at":
        return field, at("Thu 12:00")
    if field in ("before", "after"):
        return field, None if old and chance.random() < 0.5 else {**(old or {}), "name": chance.random()}
    place = chance.randrange(max(1, len(old)))
    return field, old[:place] + chance.choice("0ax") + old[place + 1 :]


def test_a_trail_as_it_was_written_holds(trail: Database) -> None:
    found = judged(trail)
    assert (found.rows, found.head.sequence, found.flaws) == (LAST, LAST, ())


def test_one_field_flipped_of_any_row_is_found_in_a_thousand_copies(trail: Database) -> None:
    chance, kept = random.Random(7), rows(trail, tables.audit)
    for copy in range(COPIES):
        row = chance.choice(kept)
        field, value = flipped(chance, row)
        if value == row[field]:
            continue
        changed(trail, row["sequence"], **{field: value})
        assert row["sequence"] in {flaw.sequence for flaw in judged(trail).flaws}, (copy, row["sequence"], field)
        changed(trail, row["sequence"], **{field: row[field]})
    assert judged(trail).flaws == ()


def gone(database: Database, kept: list[dict[str, Any]]) -> None:
    with database.write() as connection:
        connection.execute(delete(tables.audit).where(tables.audit.c.sequence == kept[5]["sequence"]))


def swapped(database: Database, kept: list[dict[str, Any]]) -> None:
    first, second = kept[4], kept[5]
    with database.write() as connection:
        connection.execute(delete(tables.audit).where(tables.audit.c.sequence.in_((5, 6))))
        connection.execute(insert(tables.audit), [{**second, "sequence": 5}, {**first, "sequence": 6}])


def doubled(database: Database, kept: list[dict[str, Any]]) -> None:
    with database.write() as connection:
        connection.execute(insert(tables.audit).values(**{**kept[-1], "sequence": LAST + 1}))


@pytest.mark.parametrize(("tampering", "place"), [(gone, 6), (swapped, 5), (doubled, LAST + 1)])
def test_rows_that_are_missing_moved_or_doubled_are_found(
    trail: Database, tampering: Callable[[Database, list[dict[str, Any]]], None], place: int
) -> None:
    tampering(trail, rows(trail, tables.audit))
    assert judged(trail).flaws[0].sequence == place


def test_an_end_that_was_cut_off_is_missed_by_who_saw_it(trail: Database) -> None:
    seen = judged(trail).head
    with trail.write() as connection:
        connection.execute(delete(tables.audit).where(tables.audit.c.sequence == LAST))
    assert judged(trail).flaws == ()
    assert [(flaw.sequence, flaw.what) for flaw in judged(trail, seen).flaws] == [(LAST, Break.CUT)]


def test_the_log_of_changes_saw_every_end_at_which_the_directory_changed(database: Database) -> None:
    with database.write_in_order() as connection:
        write(
            connection, written(renumbered(Team(MASH, "MASH", "devon"), 300)), 1, Author("an admin", "they moved"), NOON
        )
    assert judged(database).flaws == ()
    with open_to_tampering(database).write() as connection:
        connection.execute(delete(tables.audit).where(tables.audit.c.sequence == 2))
    assert [flaw.what for flaw in judged(database).flaws] == [Break.CUT]


def test_a_row_in_which_no_date_stands_any_more_is_found(trail: Database) -> None:
    if trail.is_sqlite:
        with trail.write() as connection:
            connection.execute(text("UPDATE audit SET at = 'never' WHERE sequence = 3"))
            connection.execute(text("UPDATE audit SET before = '{' WHERE sequence = 4"))
        assert [flaw.sequence for flaw in judged(trail).flaws] == [3, 4]
