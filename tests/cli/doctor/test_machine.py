"""What is found out about disk, files, database and time zone of this machine?"""

import os
import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app import Config, prepare
from cli.doctor import clock, database, disk, files
from cli.doctor.patient import Patient
from store.examining import Examined
from tests.cli.doctor.conftest import NOW, STILL, Patients, codes

FOREIGN = 65_534


@pytest.fixture
def patient(patients: Patients) -> Patient:
    """A machine on which the service was prepared, with nothing on a shared disk to tell."""
    return patients()


def without(findings: list[str], *codes: str) -> list[str]:
    """What is left; a test's machine has its own room, and everything on one disk."""
    return [one for one in findings if one not in (*codes, "disk-shared", "disk-filling", "inodes-few")]


def test_a_folder_in_order_is_silent(patient: Patient) -> None:
    assert without(codes(disk.look(patient))) == []
    assert codes(files.look(patient)) == []
    assert list(patient.config.state.iterdir()) == []


def room(left_mb: int, whole_mb: int, files: int = 10**6, left: int = 10**6) -> os.statvfs_result:
    """What a disk tells of its room."""
    return os.statvfs_result((1 << 20, 1 << 20, whole_mb, left_mb, left_mb, files, left, left, 0, 255))


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (room(5_000, 20_000), []),
        (room(63, 20_000), ["disk-full"]),
        (room(1_023, 20_000), ["disk-filling"]),
        (room(5_000, 200_000), ["disk-filling"]),
        (room(5_000, 20_000, left=199), ["inodes-none"]),
        (room(5_000, 20_000, left=4_999), ["inodes-few"]),
        (room(5_000, 20_000, files=0, left=0), []),
    ],
)
def test_room_is_told_before_there_is_none(told: os.statvfs_result, expected: list[str]) -> None:
    assert codes(disk.of_room((Path("/state"),), lambda _: told)) == expected


def test_where_nothing_can_be_written_calls_fail(patient: Patient) -> None:
    gone = replace(patient.config, state=Path("/proc/self"))
    assert "folder-unwritable" in codes(disk.look(replace(patient, config=gone)))


def test_a_folder_of_somebody_else_is_told(patient: Patient) -> None:
    os.chown(patient.config.state, FOREIGN, FOREIGN)
    assert "user-differs" in codes(disk.look(patient))


def test_journal_and_database_file_on_one_disk_are_worth_knowing(patient: Patient) -> None:
    file = disk.database_file(patient)
    assert file
    assert "disk-shared" not in codes(disk.look(patient))
    file.parent.mkdir()
    file.touch()
    assert "disk-shared" in codes(disk.look(patient))


def test_a_network_disk_is_found_by_what_is_mounted() -> None:
    mounts = {Path("/"): "ext4", Path("/srv"): "nfs4"}
    assert [disk.kind_of(Path(place), mounts) for place in ("/srv/state/journal", "/var/state")] == ["nfs4", "ext4"]


def test_backups_are_looked_at_by_their_age(patient: Patient, tmp_path: Path) -> None:
    assert without(codes(disk.look_at_backups(patient, tmp_path, lambda _: []))) == ["backup-none"]
    kept = tmp_path / "one.backup"
    kept.touch()
    for age, expected in ((timedelta(hours=25), []), (timedelta(hours=27), ["backup-old"])):
        os.utime(kept, ((NOW - age).timestamp(),) * 2)
        assert without(codes(disk.look_at_backups(patient, tmp_path, lambda _: [kept]))) == expected


def test_what_others_may_read_is_told_and_what_is_meant_for_them_is_not(patient: Patient) -> None:
    state = patient.config.state
    (state / "failover").mkdir(mode=0o755)
    (state / "failover" / "devon.xml").touch(0o644)
    (state / "token").touch(0o600)
    assert codes(files.look(patient)) == []
    (state / "token").chmod(0o640)
    (found,) = files.look(patient)
    assert (found.kind.code, found.about["files"]) == ("file-open", str(state / "token"))
    state.chmod(0o755)
    assert codes(files.look(patient)) == ["folder-open", "file-open"]


def test_a_file_of_another_owner_is_told(patient: Patient) -> None:
    (patient.config.state / "secret").touch(0o600)
    os.chown(patient.config.state / "secret", FOREIGN, FOREIGN)
    assert codes(files.look(patient)) == ["file-of-another"]


def test_records_that_could_not_be_moved_are_told(patient: Patient) -> None:
    poison = patient.config.state / "journal" / "poison"
    poison.mkdir(parents=True, mode=0o700)
    poison.parent.chmod(0o700)
    assert codes(files.look(patient)) == []
    (poison / "one").touch(0o600)
    assert codes(files.look(patient)) == ["journal-poison"]


def test_england_s_clock_is_held_against_its_rule() -> None:
    assert codes(clock.of_zone(NOW)) == []
    assert codes(clock.of_zone(NOW, ZoneInfo("Africa/Abidjan"))) == ["zone-wrong"]
    assert codes(clock.of_zone(NOW, ZoneInfo("Europe/Paris"))) == ["zone-wrong"]
    assert codes(clock.of_zone(NOW + timedelta(days=1500))) == ["zone-old"]


def test_a_database_in_order_is_silent(config: Config, patients: Patients) -> None:
    prepare(config, STILL)
    whole = patients(database_url=config.database_url, workers=1)
    assert (
        without(codes(database.look(whole)), "database-loses") == []
    )  # a test's PostgreSQL need not survive a power cut
    assert codes(clock.look(whole)) == []


def test_the_databases_clock_is_held_against_this_machines(config: Config, patients: Patients) -> None:
    """SQLite's is this machine's own."""
    other = patients(database_url=config.database_url, clock=STILL)
    on_server = config.database_url.startswith("postgresql")
    assert codes(clock.look(other)) == (["clock-wrong"] if on_server else [])


def test_a_database_that_is_away_or_not_there_is_told_apart(patients: Patients) -> None:
    assert codes(database.look(patients())) == ["database-none"]
    away = patients(database_url="postgresql+psycopg://127.0.0.1:9/none")
    assert codes(database.look(away)) == ["database-away", "cannot look"]
    assert codes(clock.look(away)) == []


def test_a_file_that_is_damaged_is_told(patient: Patient) -> None:
    file = disk.database_file(patient)
    assert file
    file.parent.mkdir()
    file.write_bytes(b"not a database at all, and longer than a header" * 100)
    assert codes(database.look(patient)) == ["database-damaged", "cannot look"]


def test_a_revision_that_is_older_or_newer_is_told(patient: Patient) -> None:
    file = disk.database_file(patient)
    assert file
    prepare(replace(patient.config, local=True), STILL)
    for revision, expected in (("0017", "database-behind"), ("9999", "database-ahead")):
        with sqlite3.connect(file) as connection:
            connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
        connection.close()
        assert codes(database.look(patient)) == [expected]


POSTGRESQL = {
    "fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "max_connections": "100",
    "superuser_reserved_connections": "3", "transaction_read_only": "off",
}  # fmt: skip


@pytest.mark.parametrize(
    ("settings", "workers", "expected"),
    [
        (POSTGRESQL, 6, []),
        (POSTGRESQL, 7, ["database-connections"]),
        ({**POSTGRESQL, "synchronous_commit": "off", "fsync": "off"}, 1, ["database-loses", "database-loses"]),
        ({**POSTGRESQL, "transaction_read_only": "on"}, 1, ["database-read-only"]),
        ({"journal_mode": "delete"}, 1, ["database-not-wal"]),
    ],
)
def test_settings_on_which_promises_rest_are_looked_at(
    settings: Mapping[str, str], workers: int, expected: list[str]
) -> None:
    assert codes(database.of_settings(Examined("1", "1", known=True, settings=settings), workers)) == expected


def test_a_disk_is_slow_before_it_hangs(tmp_path: Path) -> None:
    for seconds, expected in ((0.19, []), (0.21, ["disk-slow"]), (0.79, ["disk-slow"]), (0.81, ["disk-hangs"])):
        assert codes(disk.of_line(tmp_path, "", seconds)) == expected
