"""Is an event on the disk when ``append`` returns?"""

import json
import os
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ivr.record import Record, record_from
from store.frames import framed, frames
from store.journal import ROTATE_AT, SUFFIX, Journal
from tests.conftest import HOME
from tests.store.recording import step

Told = list[str]


@pytest.fixture
def told() -> Told:
    return []


@pytest.fixture
def journal(tmp_path: Path, told: Told) -> Iterator[Journal]:
    made = Journal(tmp_path / "journal", told.append)
    yield made
    made.close()


def on_disk(folder: Path) -> list[Record]:
    """Every record of every journal file of a folder."""
    contents = [path.read_bytes() for path in sorted(folder.glob(f"*{SUFFIX}"))]
    return [record_from(frame.record) for content in contents for frame in frames(content) if frame.record]


def test_what_was_appended_can_be_read_by_anybody_at_once(journal: Journal, tmp_path: Path, told: Told) -> None:
    for hop in range(3):
        journal.append(step(hop, keys="é\x00\ud800"))
        assert on_disk(tmp_path / "journal") == [step(one, keys="é\x00\ud800") for one in range(hop + 1)]
    assert told == []
    assert journal.unsynced == 0


def test_the_file_is_for_our_eyes_only(journal: Journal) -> None:
    journal.append(step(0))
    assert journal.own is not None
    assert stat.S_IMODE(journal.own.stat().st_mode) == 0o600
    assert stat.S_IMODE(journal.own.parent.stat().st_mode) == 0o700


def test_many_threads_share_one_file_and_each_record_is_there_when_its_append_returns(
    journal: Journal, tmp_path: Path, told: Told
) -> None:
    missing: list[Record] = []

    def appends(thread: int) -> None:
        for hop in range(12):
            record = step(hop, call=f"CA{thread}")
            journal.append(record)
            if record not in on_disk(tmp_path / "journal"):
                missing.append(record)

    threads = [threading.Thread(target=appends, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = on_disk(tmp_path / "journal")
    assert missing == []
    assert len(found) == len({(record.call, record.sequence) for record in found}) == 96
    assert (told, journal.unsynced) == ([], 0)
    assert len(list((tmp_path / "journal").iterdir())) == 1


def test_two_workers_have_a_file_each(tmp_path: Path, told: Told) -> None:
    two = [Journal(tmp_path / "journal", told.append) for _ in range(2)]
    for journal in two:
        journal.append(step(0))
    assert two[0].own != two[1].own
    for journal in two:
        journal.close()


def test_a_file_that_has_grown_large_is_left_and_another_one_begun(journal: Journal, tmp_path: Path) -> None:
    for hop in range(6):
        journal.append(step(hop, padding="x" * (ROTATE_AT // 5)))
    assert len(list((tmp_path / "journal").glob(f"*{SUFFIX}"))) == 2
    assert sorted(record.sequence for record in on_disk(tmp_path / "journal")) == [f"h{hop}" for hop in range(6)]


def test_closing_writes_what_waits(tmp_path: Path, told: Told) -> None:
    journal = Journal(tmp_path / "journal", told.append)
    journal.append(step(0))
    journal.close()
    assert len(on_disk(tmp_path / "journal")) == 1


@pytest.mark.parametrize("cut", [1, 3, 8, 9, 100])
def test_a_torn_tail_is_ignored(cut: int) -> None:
    whole, torn = framed(step(0).document()), framed(step(1).document())
    found = list(frames(whole + torn[:-cut]))
    assert [frame.ends for frame in found] == [len(whole)]
    assert [frame.record for frame in found] == [step(0).document()]


def test_a_damaged_record_is_known_by_its_checksum_and_the_next_one_still_read() -> None:
    whole = bytearray(framed(step(0).document()) + framed(step(1).document()))
    whole[20] ^= 1
    found = list(frames(bytes(whole)))
    assert [frame.record for frame in found] == [None, step(1).document()]
    assert found[0].raw == bytes(whole[8 : found[0].ends])


def test_a_full_disk_silences_no_caller_and_what_waited_is_written_when_there_is_room(tmp_path: Path) -> None:
    ran = subprocess.run(  # noqa: S603 - our own worker
        [sys.executable, "-m", "tests.store.small_disk", str(tmp_path / "journal")],
        cwd=HOME, capture_output=True, text=True, timeout=30, check=True,
    )  # fmt: skip
    saw = json.loads(ran.stdout)
    assert saw["full"]["on_disk"] == ["h0"]
    assert saw["full"]["unsynced"] == saw["unsynced"] == 2
    assert max(saw["full"]["seconds"]) < 0.8
    assert any("does not answer in time" in what for what in saw["full"]["told"])
    assert saw["later"]["on_disk"] == ["h0", "h1", "h2"]
    assert saw["later"]["after"] == ["h0", "h1", "h2", "h3"]


def test_a_folder_that_cannot_be_written_delays_an_answer_no_longer_than_the_deadline(
    tmp_path: Path, told: Told
) -> None:
    (tmp_path / "journal").write_text("a file stands where the folder should be")
    journal = Journal(tmp_path / "journal", told.append, deadline=0.1)
    began = time.monotonic()
    journal.append(step(0))
    assert time.monotonic() - began < 0.5
    assert journal.unsynced == 1
    assert any("cannot be written" in what for what in told)
    (tmp_path / "journal").unlink()
    journal.append(step(1))
    journal.close()
    assert [record.sequence for record in on_disk(tmp_path / "journal")] == ["h0", "h1"]


def test_of_a_worker_killed_at_any_moment_nothing_that_it_acknowledged_is_missing(tmp_path: Path) -> None:
    folder = tmp_path / "journal"
    worker = subprocess.Popen(  # noqa: S603 - our own worker
        [sys.executable, "-m", "tests.store.acknowledging", str(folder)], cwd=HOME, stdout=subprocess.PIPE, text=True
    )
    assert worker.stdout is not None
    for _ in range(150):
        worker.stdout.readline()
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    acknowledged = [*range(150), *(int(line) for line in worker.stdout.read().splitlines())]
    worker.stdout.close()
    assert [record.sequence for record in on_disk(folder)][: len(acknowledged)] == [f"h{hop}" for hop in acknowledged]
