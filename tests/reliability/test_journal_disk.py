"""Is every call answered while the journal's disk hangs, or is full while the database is away, too? (B27)"""

import logging
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app import Config, build
from store.journal import DEADLINE, Journal
from tests.conftest import WEDNESDAY, Databases, deployment
from tests.reliability.answered import callers, soon
from tests.reliability.arrived import arrived
from tests.reliability.disk import Disk, disk
from tests.reliability.faults import FileLocked
from tests.store.recording import step


@pytest.fixture
def config(sqlite: Databases, tmp_path: Path) -> Config:
    return deployment(sqlite.prepared(tmp_path), tmp_path / "state")


@pytest.fixture
def journals(tmp_path: Path) -> Iterator[Disk]:
    with disk(tmp_path / "state" / "journal", 4) as made:
        yield made


@pytest.mark.own_disk
def test_a_journal_disk_that_hangs_keeps_only_the_first_callers_waiting_and_nothing_is_lost(
    journals: Disk, config: Config, caplog: pytest.LogCaptureFixture
) -> None:
    with callers(build(config, WEDNESDAY), config) as those:
        those.ring(1)
        journals.freeze()
        those.ring(3)
        assert those.hear("wait for the journal's disk")
        assert "does not answer in time" in caplog.text
        journals.thaw()
        assert soon(lambda: not those.application.journal.overdue)
        assert those.are_well
        slow = [one.seconds for one in those.told if one.seconds > DEADLINE / 2]
        assert 1 <= len(slow) <= 2, slow
        assert those.application.journal.unsynced > 20
        assert arrived(config.database_url, those.told).broken == ()
        assert not those.says("wait for the journal's disk")


@pytest.mark.own_disk
def test_with_the_journal_disk_full_and_the_database_away_calls_are_answered_and_nothing_is_lost_that_memory_holds(
    journals: Disk, config: Config, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    lock = FileLocked(tmp_path / "test.db")
    with closing(lock), callers(build(config, WEDNESDAY), config) as those:
        those.ring(1)
        lock.begin()
        journals.fill()
        those.ring(3)
        assert those.hear("wait for the journal's disk")
        assert those.hear("takes no events")
        assert "the journal cannot be written" in caplog.text
        journals.empty()
        lock.close()
        assert soon(lambda: not those.application.journal.overdue)
        assert those.are_well
        assert arrived(config.database_url, those.told).broken == ()


@pytest.mark.own_disk
def test_what_memory_cannot_hold_either_is_counted_and_told(journals: Disk, caplog: pytest.LogCaptureFixture) -> None:
    alarm = logging.getLogger("dutyline").error
    journal = Journal(journals.folder, alarm, deadline=0.1, most_waiting=500)
    journals.freeze()
    for hop in range(2000):
        journal.append(step(hop))
    assert journal.lost == 1500
    assert [line for line in caplog.messages if "is lost" in line] == [
        f"the journal's disk has not answered for so long that an event is lost: {count} by now" for count in (1, 1001)
    ]
    journals.thaw()
    assert soon(lambda: not journal.overdue)
    journal.close()


@pytest.mark.own_disk
def test_what_has_been_appended_would_outlive_a_loss_of_power(journals: Disk) -> None:
    with closing(Journal(journals.folder, logging.getLogger("dutyline").error, deadline=60.0)) as journal:
        for hop in range(20):
            call = f"CA{hop:032x}"
            journal.append(step(hop, call))
            assert call.encode() in journals.kept
        assert journal.unsynced == 0
