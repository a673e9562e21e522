"""Do a call's records end in the same rows, in whatever order and however often they arrive?"""

import random
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table

from ivr.moment import World
from ivr.record import Record
from rehearsal.staging import CALLER, Staffed, rehearsal
from store import tables
from store.database import Database
from store.drain import drain
from store.projections import project_all
from store.tables_desk import conversation
from tests.store.recording import left_behind, of_call, rows, status
from tests.telling import at

LEGS = [status("initiated", 0), status("ringing", 1), status("in-progress", 2), status("completed", 3, seconds=61)]
PROJECTIONS = [tables.event, tables.call, tables.leg, tables.callback, conversation]


def a_call_that_cancels(world: World) -> list[Record]:
    """Out of hours, nobody, a call-back booked, changed to another number, and cancelled."""
    staged = rehearsal(world, at("Sat 11:00"))
    call = staged.phone.dial(world.directory.lines["devon"].numbers[0].e164, CALLER).rings("0345 600 0388").no_answer()
    call.presses("1").presses("2").presses("02079460888#").presses("3").has_ended()
    return staged.memory.records


def a_call_that_keeps(world: World) -> list[Record]:
    """The same, kept on the second number."""
    staged = rehearsal(world, at("Sat 11:00"))
    call = staged.phone.dial(world.directory.lines["devon"].numbers[0].e164, CALLER).rings("0345 600 0388").no_answer()
    call.presses("1").presses("2").presses("02079460888#").presses("1").has_ended()
    return staged.memory.records


def a_call_that_talks(world: World) -> list[Record]:
    """A duty desk that accepts, with its whisper on a leg of its own."""
    staged = rehearsal(world, at("Wed 10:00"))
    call = (
        staged.phone.dial(world.directory.lines["devon"].numbers[0].e164, CALLER).presses("2").presses("1").presses("1")
    )
    call.answers(presses="1").talks(30).callee_hangs_up().has_ended()
    return staged.memory.records


def a_call_that_waits(world: World) -> list[Record]:
    """Somebody is at the desk, nobody takes the caller from the queue, and they hang up; of words with one key the first."""
    staged = rehearsal(world, at("Wed 10:00"), Staffed(frozenset(world.plans.current)))
    call = staged.phone.dial(world.directory.lines["call-derbyshire"].numbers[0].e164, CALLER).presses("1").presses("0")
    call.waits_in_queue(60).hangs_up().has_ended()
    return list({one.sequence: one for one in reversed(staged.memory.records)}.values())[::-1]


def a_leg_that_is_named_once(_: World) -> list[Record]:
    """Only one of its words says which number it is, and not the one that stands in the end."""
    return [LEGS[1], status("in-progress", 2, rings=None), status("completed", 3, rings=None, seconds=61)]


STORIES = [a_call_that_cancels, a_call_that_keeps, a_call_that_talks, a_call_that_waits, a_leg_that_is_named_once]


def orders(records: list[Record]) -> list[list[Record]]:
    """As they came, backwards, every one first and last once, shuffled, and with doubles among them."""
    found = [records, records[::-1]]
    found += [[records[at], *records[:at], *records[at + 1 :]] for at in range(len(records))]
    found += [[*records[:at], *records[at + 1 :], records[at]] for at in range(len(records))]
    for seed in range(12):
        drawn = random.Random(seed)
        found.append(drawn.sample(records, len(records)) + drawn.choices(records, k=4))
    return found


def of_calls(database: Database, table: Table) -> dict[str, list[dict[str, Any]]]:
    """The rows of each call, without its name."""
    found: dict[str, list[dict[str, Any]]] = {}
    key = "sid" if table is tables.call else "call"
    for row in rows(database, table):
        found.setdefault(row.pop(key), []).append(row)
    return found


@pytest.mark.parametrize("at_once", [1, 3, 500])
@pytest.mark.parametrize("story", STORIES)
def test_any_order_and_any_doubles_end_in_the_same_rows(
    database: Database, world: World, story: Any, at_once: int
) -> None:
    told = orders(story(world))
    records = [of_call(one, f"CA{number}") for number, records in enumerate(told) for one in records]
    for first in range(0, len(records), at_once):
        with database.write() as connection:
            project_all(connection, records[first : first + at_once])
    for table in PROJECTIONS:
        found = of_calls(database, table)
        for number in range(len(told)):
            assert found.get(f"CA{number}") == found.get("CA0")
    assert len(of_calls(database, tables.event)) == len(told)


def test_a_call_back_that_was_cancelled_stays_so_and_the_one_that_was_kept_is_open(
    database: Database, tmp_path: Path, world: World
) -> None:
    cancelled, kept = a_call_that_cancels(world), a_call_that_keeps(world)
    left_behind(tmp_path / "journal", [of_call(one, "CAcancelled") for one in cancelled[::-1]], name="dead-1")
    left_behind(tmp_path / "journal", [of_call(one, "CAkept") for one in kept[::-1]], name="dead-2")
    drain(tmp_path / "journal", database, None)
    found = of_calls(database, tables.callback)
    assert [(row["number"], row["rank"]) for row in found["CAcancelled"]] == [(CALLER, 1), ("+442079460888", 1)]
    assert [(row["number"], row["rank"]) for row in found["CAkept"]] == [(CALLER, 1), ("+442079460888", 0)]
    for row in (*found["CAcancelled"], *found["CAkept"]):
        assert row["line"] == "devon"
        assert None not in (row["about"], row["booked_at"], row["target"], row["promise"], row["readings"])


def test_a_leg_never_goes_back_from_a_later_state(database: Database, tmp_path: Path) -> None:
    left_behind(tmp_path / "journal", LEGS[::-1])
    drain(tmp_path / "journal", database, None)
    assert [(row["status"], row["seconds"]) for row in rows(database, tables.leg)] == [("completed", 61)]


def test_a_call_has_its_best_ending_and_who_called_whom(database: Database, tmp_path: Path, world: World) -> None:
    left_behind(tmp_path / "journal", a_call_that_talks(world)[::-1])
    drain(tmp_path / "journal", database, None)
    (row,) = rows(database, tables.call)
    assert (row["line"], row["caller"], row["ending"]) == ("devon", CALLER, "person")
    assert row["dialled"] == world.directory.lines["devon"].numbers[0].e164
    assert row["began_at"] == at("Wed 10:00")
    assert row["ended_at"] > row["began_at"]
