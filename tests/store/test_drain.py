"""Does every record reach the database once, whatever happened to the file, the worker or the database?"""

import json
import os
import signal
import struct
import subprocess
import sys
import threading
import time
import zlib
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from store import tables
from store.database import AWAY, Database
from store.drain import drain
from store.frames import framed
from store.journal import Journal, JournalFile
from store.projections import project_all
from tests.conftest import HOME
from tests.store.recording import away_url, left_behind, rows, sequences, status, step

CROSSINGS = 100
GOOD = framed(step(0).document()), framed(step(1).document())


def checked(document: Any) -> bytes:
    """Any JSON as a frame with a right checksum."""
    content = json.dumps(document).encode()
    return struct.pack(">II", len(content), zlib.crc32(content)) + content


def left_in(folder: Path) -> list[Path]:
    """What is still to be moved or seen to; what has been moved is kept beside it."""
    return [path for path in folder.iterdir() if path.name != "kept"]


def kept_aside(folder: Path) -> list[bytes]:
    """What was set aside for a person to look at."""
    return [path.read_bytes() for path in sorted((folder / "poison").glob("*"))]


def test_what_a_dead_worker_left_is_moved_and_its_file_kept_aside(database: Database, tmp_path: Path) -> None:
    path = left_behind(tmp_path / "journal", [step(0), step(1), status("completed", 3)])
    assert drain(tmp_path / "journal", database, None) == 3
    assert sequences(database) == ["h0", "h1", "s3:completed"]
    assert left_in(tmp_path / "journal") == []
    assert not path.exists()
    assert [one.name for one in (tmp_path / "journal" / "kept").iterdir()] == [path.name]


def test_a_second_copy_of_a_file_moves_nothing(database: Database, tmp_path: Path) -> None:
    records = [step(0), status("ringing", 1), step(0), status("ringing", 1)]
    left_behind(tmp_path / "journal", records)
    assert drain(tmp_path / "journal", database, None) == 2
    left_behind(tmp_path / "journal", records, name="dead-2")
    assert drain(tmp_path / "journal", database, None) == 0
    assert len(sequences(database)) == 2
    assert len(rows(database, tables.leg)) == 1


def test_ones_own_file_is_drained_as_it_grows_and_stays(database: Database, tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal", pytest.fail)
    for hop in range(3):
        journal.append(step(hop))
        assert drain(tmp_path / "journal", database, journal.own) == 1
        assert drain(tmp_path / "journal", database, journal.own) == 0
    assert journal.own is not None
    assert journal.own.exists()
    journal.close()
    drain(tmp_path / "journal", database, None)
    assert left_in(tmp_path / "journal") == []
    assert sequences(database) == ["h0", "h1", "h2"]


def test_a_living_owners_file_is_left_alone(database: Database, tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal", pytest.fail)
    journal.append(step(0))
    assert drain(tmp_path / "journal", database, None) == 0
    assert sequences(database) == []
    journal.append(step(1))
    journal.close()
    assert drain(tmp_path / "journal", database, None) == 2


def test_a_killed_workers_file_is_drained_by_the_living_and_not_before_it_is_dead(
    database: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "journal"
    worker = subprocess.Popen(  # noqa: S603 - our own worker
        [sys.executable, "-m", "tests.store.acknowledging", str(folder)], cwd=HOME, stdout=subprocess.PIPE, text=True
    )
    assert worker.stdout is not None
    for _ in range(30):
        worker.stdout.readline()
    os.kill(worker.pid, signal.SIGSTOP)
    assert drain(folder, database, None) == 0
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    acknowledged = 30 + len(worker.stdout.read().splitlines())
    worker.stdout.close()
    assert drain(folder, database, None) >= acknowledged
    assert {f"h{hop}" for hop in range(acknowledged)} <= set(sequences(database))
    assert left_in(folder) == []


def test_a_torn_tail_was_never_acknowledged_and_is_no_fault(database: Database, tmp_path: Path) -> None:
    left_behind(tmp_path / "journal", GOOD[0] + GOOD[1][:-3])
    assert drain(tmp_path / "journal", database, None) == 1
    assert sequences(database) == ["h0"]


def test_a_damaged_record_is_set_aside_and_holds_up_nothing(database: Database, tmp_path: Path) -> None:
    damaged = bytearray(framed(step(7).document()))
    damaged[20] ^= 1
    left_behind(tmp_path / "journal", GOOD[0] + bytes(damaged) + GOOD[1])
    assert drain(tmp_path / "journal", database, None) == 2
    assert sequences(database) == ["h0", "h1"]
    assert kept_aside(tmp_path / "journal") == [bytes(damaged[8:])]


def test_what_lies_behind_a_damaged_length_is_kept_for_a_person_and_not_deleted(
    database: Database, tmp_path: Path
) -> None:
    damaged = bytearray(framed(step(7).document()))
    damaged[0] ^= 0x40
    path = left_behind(tmp_path / "journal", GOOD[0] + bytes(damaged) + GOOD[1])
    drain(tmp_path / "journal", database, None)
    kept = b"".join(kept_aside(tmp_path / "journal")) + (path.read_bytes() if path.exists() else b"")
    assert "h1" in sequences(database) or GOOD[1][8:] in kept


head = {"call": "CA1", "leg": "", "sequence": "p", "at": "2026-11-25T10:00:00+00:00"}
whole: dict[str, Any] = {"line": "devon", "requests": [], "ending": None}
POISON: dict[str, Any] = {
    "no call": {"sequence": "p"},
    "no moment": {**head, "kind": "step", "at": "yesterday", **whole},
    "a naive moment": {**head, "kind": "step", "at": "2026-11-25T10:00:00", **whole},
    "an ending that is none": {**head, "kind": "step", **whole, "ending": "happily"},
    "a request without a number": {
        **head,
        "kind": "step",
        **whole,
        "requests": [{"do": "book", "node": "n", "hop": 1}],
    },
    "a beginning without a line": {**head, "kind": "step", "requests": [], "ending": None, "from": None, "to": None},
    "no status": {**head, "kind": "status"},
    "a number too large": {**head, "leg": "L", "kind": "status", "status": "ringing", "seconds": 10**30},
    "a status that is no text": {**head, "leg": "L", "kind": "status", "status": ["ringing"]},
    "a list": [1, 2],
    "an empty list": [],
    "a text": "record",
}


def test_records_that_cannot_be_written_are_set_aside_and_hold_up_nothing(database: Database, tmp_path: Path) -> None:
    poison = [checked(document) for document in POISON.values()]
    left_behind(tmp_path / "journal", GOOD[0] + b"".join(poison) + GOOD[1])
    assert drain(tmp_path / "journal", database, None) == 2
    assert sequences(database) == ["h0", "h1"]
    assert sorted(kept_aside(tmp_path / "journal")) == sorted(frame[8:] for frame in poison)


def test_a_database_that_is_away_loses_nothing_and_everything_arrives_once(database: Database, tmp_path: Path) -> None:
    records = [step(hop) for hop in range(600)]
    path = left_behind(tmp_path / "journal", records)
    away = Database(away_url(database, tmp_path))
    for _ in range(2):
        with pytest.raises(AWAY):
            drain(tmp_path / "journal", away, None)
        assert path.exists()
    away.close()
    assert drain(tmp_path / "journal", database, None) == 600
    assert len(sequences(database)) == 600
    assert left_in(tmp_path / "journal") == []


def test_two_who_drain_at_once_move_each_record_once(database: Database, tmp_path: Path) -> None:
    for number in range(6):
        left_behind(tmp_path / "journal", [step(hop, call=f"CA{number}") for hop in range(20)], name=f"dead-{number}")
    moved: list[int] = []
    threads = [
        threading.Thread(target=lambda: moved.append(drain(tmp_path / "journal", database, None))) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(moved) == len(sequences(database)) == 120
    assert left_in(tmp_path / "journal") == []


def test_two_who_are_told_of_the_same_calls_crosswise_never_wait_for_each_other(database: Database) -> None:
    """Of each pair of calls one worker hears that the first is over and the second goes on, the other one the reverse."""
    met, failed = threading.Barrier(2), list[Exception]()

    def tells(who: int) -> None:
        for pair in range(CROSSINGS):
            over, goes_on = (f"CA{pair}-{(who + place) % 2}" for place in range(2))
            records = [step(who, over, ending="safe-message"), step(who, goes_on, reasons=[{"code": "conversation"}])]
            met.wait()
            try:
                with database.write() as connection:
                    project_all(connection, records)
            except DBAPIError as fault:
                failed.append(fault)

    threads = [threading.Thread(target=tells, args=(who,)) for who in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    found = rows(database, tables.call)
    assert len(found) == 2 * CROSSINGS
    assert {row["ending"] for row in found} == {"person"}
    assert all(row["ended_at"] for row in found)


def test_a_file_that_is_being_opened_is_not_taken_for_a_dead_workers(tmp_path: Path) -> None:
    folder, unused = tmp_path / "journal", Database("sqlite://")
    over = threading.Event()

    def drains() -> None:
        while not over.is_set():
            drain(folder, unused, None)

    threads = [threading.Thread(target=drains) for _ in range(2)]
    for thread in threads:
        thread.start()
    lost, ends = 0, time.monotonic() + 1.0
    while time.monotonic() < ends and not lost:
        try:
            opened = JournalFile(folder)
        except OSError:
            continue
        lost += not opened.path.exists()
        opened.close()
    over.set()
    for thread in threads:
        thread.join()
    unused.close()
    assert lost == 0
