"""Is it known what waits in the journals, and since when?"""

from dataclasses import replace
from pathlib import Path

from store.backlog import Backlog, backlog
from store.database import Database
from store.drain import drain
from store.frames import framed
from tests.store.recording import left_behind, status, step
from tests.telling import at


def test_a_machine_without_journals_has_no_backlog(tmp_path: Path) -> None:
    assert backlog(tmp_path / "journal") == Backlog()


def test_the_oldest_event_of_all_journals_counts_and_every_byte(tmp_path: Path) -> None:
    late, early = replace(step(1), at=at("Wed 10:05")), replace(step(2), at=at("Wed 09:55"))
    left_behind(tmp_path, [late], "one")
    left_behind(tmp_path, [early, step(3)], "other")
    size = sum(len(framed(one.document())) for one in (late, early, step(3)))
    assert backlog(tmp_path) == Backlog(size, at("Wed 09:55"))


def test_what_the_database_has_does_not_wait(tmp_path: Path, database: Database) -> None:
    path = left_behind(tmp_path / "journal", [step(1)])
    drain(tmp_path / "journal", database, path)
    assert backlog(tmp_path / "journal") == Backlog()
    with path.open("ab") as journal:
        journal.write(framed(status("ringing", 1).document()))
    assert backlog(tmp_path / "journal").since == at("Wed 10:01")


def test_a_torn_or_damaged_journal_counts_by_its_bytes(tmp_path: Path) -> None:
    for content in (b"\0", b"\xff" * 40, framed(step(1).document())[:-3]):
        left_behind(tmp_path, content)
        assert backlog(tmp_path) == Backlog(len(content))
