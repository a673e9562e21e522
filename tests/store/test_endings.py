"""What has a call come to? The best that is known of it, and a caller who is gone where nothing is."""

from pathlib import Path
from typing import Any

import pytest

from ivr.moment import World
from ivr.record import Record
from rehearsal.staging import CALLER, rehearsal
from store import tables
from store.database import Database
from store.drain import drain
from tests.store.recording import CALL, left_behind, rows, status, step
from tests.telling import at

OURS = "+442079460101"
OVER = status("completed", 9, leg="", rings=None)
BEGAN = step(0, **{"from": CALLER, "to": OURS})


def because(hop: int, code: str) -> Record:
    """A step with one reason, and no ending of its own."""
    return step(hop, reasons=[{"code": code, "sentence": "So."}])


def fault(**body: Any) -> Record:
    """The record of a rescue."""
    plain: dict[str, Any] = {"fault": "KeyError", "line": "devon", "reasons": [], "rings": None, "ending": None}
    return Record(CALL, "", "r123", "fault", at("Wed 10:02"), {**plain, "from": CALLER, "to": OURS, **body})


def row_of(database: Database, folder: Path, records: list[Record]) -> dict[str, Any]:
    """The call's row after these records, in this order."""
    left_behind(folder / "journal", records)
    assert drain(folder / "journal", database, None) == len(records)
    (row,) = rows(database, tables.call)
    return row


STORIES = [
    ([BEGAN], "caller-gone"),
    ([BEGAN, because(1, "safe-message")], "safe-message"),
    ([BEGAN, because(1, "safe-message"), because(2, "call-back-booked")], "call-back"),
    ([BEGAN, because(2, "call-back-booked"), because(3, "call-back-cancelled")], "safe-message"),
    ([BEGAN, because(2, "call-back-booked"), because(3, "conversation")], "person"),
    ([BEGAN, because(3, "call-back-cancelled"), step(4, ending="person")], "person"),
    ([BEGAN, step(1, ending="caller-gone"), because(2, "call-back-booked")], "call-back"),
    ([BEGAN, fault(ending="safe-message")], "safe-message"),
]


@pytest.mark.parametrize("way", [1, -1], ids=["in order", "backwards"])
@pytest.mark.parametrize(("records", "ending"), STORIES, ids=lambda given: given if isinstance(given, str) else "")
def test_a_call_that_is_over_has_the_best_ending_that_is_known(
    database: Database, tmp_path: Path, records: list[Record], ending: str, way: int
) -> None:
    row = row_of(database, tmp_path, [*records, OVER][::way])
    assert row["ending"] == ending
    assert (row["line"], row["caller"], row["dialled"]) == ("devon", CALLER, OURS)


@pytest.mark.parametrize("word", ["completed", "busy", "failed", "no-answer", "canceled"])
def test_every_last_status_of_a_callers_own_leg_ends_the_call(database: Database, tmp_path: Path, word: str) -> None:
    row = row_of(database, tmp_path, [BEGAN, status(word, 9, leg="")])
    assert (row["ending"], row["ended_at"]) == ("caller-gone", at("Wed 10:01"))


@pytest.mark.parametrize("word", ["ringing", "in-progress", "a-new-word"])
def test_no_other_status_ends_it(database: Database, tmp_path: Path, word: str) -> None:
    row = row_of(database, tmp_path, [BEGAN, status(word, 2, leg="")])
    assert (row["ending"], row["ended_at"]) == (None, None)


def test_a_caller_who_hangs_up_in_a_menu_is_gone(database: Database, tmp_path: Path, world: World) -> None:
    staged = rehearsal(world, at("Wed 10:00"))
    dialled = world.directory.lines["devon"].numbers[0].e164
    staged.phone.dial(dialled, CALLER).presses("2").hears("Which area").hangs_up().has_ended()
    row = row_of(database, tmp_path, staged.memory.records)
    assert (row["line"], row["ending"]) == ("devon", "caller-gone")
    assert row["ended_at"] is not None


@pytest.mark.parametrize("way", [1, -1], ids=["known first", "unknown first"])
def test_a_legs_unknown_status_outranks_nothing(database: Database, tmp_path: Path, way: int) -> None:
    left_behind(tmp_path / "journal", [status("initiated", 0), status("a-new-word", 1)][::way])
    drain(tmp_path / "journal", database, None)
    assert [row["status"] for row in rows(database, tables.leg)] == ["initiated"]


@pytest.mark.parametrize("way", [1, -1], ids=["the step first", "the fault first"])
def test_a_call_is_told_by_its_beginning_rather_than_by_a_later_fault(
    database: Database, tmp_path: Path, way: int
) -> None:
    row = row_of(database, tmp_path, [BEGAN, fault(line="derby", to="+442079460105")][::way])
    assert (row["line"], row["dialled"], row["began_at"]) == ("devon", OURS, at("Wed 10:00"))


def test_a_call_that_began_with_a_fault_is_told_by_it(database: Database, tmp_path: Path) -> None:
    row = row_of(database, tmp_path, [fault(), step(1)])
    assert (row["line"], row["caller"], row["dialled"]) == ("devon", CALLER, OURS)
