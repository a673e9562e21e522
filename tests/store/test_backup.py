"""Is everything in a backup, does it go into either database, and is one that is damaged refused before anything is touched?"""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from alembic import command
from sqlalchemy import insert, text

from app import Config, prepare
from routing.clock import FixedClock
from routing.periods import period_from
from store import tables
from store.anchors import NAME
from store.archive import MANIFEST
from store.archive_check import checked
from store.backing_up import NothingToBackUpError, too_many
from store.chain import verdict
from store.database import Database
from store.drain import drain
from store.kept_journals import laid_aside, lay_aside, let_go_before
from store.migrate import configuration
from store.publication import is_behind_a_restore
from store.restoring import hindrances
from store.running import hold
from store.sealed_file import UnsealError
from store.state_files import Place
from tests.conftest import Databases, deployment
from tests.store.backups import NOON, Said, a_row_of_every_table, backed_up, content, elsewhere, put_back
from tests.store.recording import left_behind, sequences, status, step

GREW = {"audit", "change", "chore"}
"""What a restore adds to."""

BEGINS_ANEW = {"report_mail"}
"""What comes round by itself is not made up for."""


def odd(database: Database) -> None:
    """Rows with what is easily lost on the way: nothing, JSON's own nothing, signs of other scripts, a thousandth of a second."""
    body = {"why": "Zoë’s ☎ \u2028 line", "empty": None, "half": 0.5}
    with database.write() as connection:
        connection.execute(insert(tables.call).values(sid="CA1", rank=0, began_at=NOON.replace(microsecond=123456)))
        row = {"who": "k", "key": "1", "asked": "x", "at": NOON}
        connection.execute(insert(tables.repeat).values(**row, headers=None))
        connection.execute(text("UPDATE repeat SET headers = 'null'"))
        connection.execute(insert(tables.repeat).values(**row | {"key": "2"}))
        connection.execute(
            insert(tables.event).values(call="CA1", leg="", sequence="h0", kind="step", at=NOON, body=body)
        )


@pytest.fixture
def mine(sqlite: Databases, tmp_path: Path) -> Config:
    """A deployment on SQLite, where the kind of database changes nothing."""
    config = deployment(sqlite.prepared(tmp_path), tmp_path / "state")
    config.state.mkdir()
    return config


@pytest.fixture
def there(mine: Config, tmp_path: Path) -> Place:
    """An empty deployment with the same secret."""
    return Place(tmp_path / "there", f"sqlite:///{tmp_path / 'there' / 'dutyline.db'}", mine.secret)


def test_every_row_goes_into_the_other_kind_of_database_a_new_epoch_begins_and_the_audit_trail_goes_on(
    config: Config, database: Database, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    odd(database)
    a_row_of_every_table(database)
    taken = backed_up(config, tmp_path / "a.backup")
    assert [name for name, (rows, _) in taken.manifest.tables.items() if not rows] == []
    there = elsewhere(request, config, tmp_path)
    done = put_back(there, taken.path)
    before, after = content(config.database_url), content(there.database_url)
    assert before.keys() == after.keys()
    assert {name for name in before if before[name] != after[name]} == GREW | BEGINS_ANEW
    assert all(set(before[name]) <= set(after[name]) for name in GREW)
    assert (done.rows, done.audit.flaws) == (taken.manifest.rows, ())
    restored = Database(there.database_url)
    with restored.read() as connection:
        found = verdict(connection)
        last = connection.execute(tables.change.select().order_by(tables.change.c.version.desc())).first()
    restored.close()
    assert last
    assert last.version == done.version == taken.manifest.version + 1
    assert last.epoch != taken.manifest.epoch
    assert (found.flaws, found.rows) == ((), taken.manifest.audit[0] + 1)


def test_another_machine_sees_that_the_database_went_back_and_versions_that_one_has_seen_are_not_used_again(
    mine: Config, there: Place
) -> None:
    taken = backed_up(mine, mine.state.with_name("a.backup"))
    for state in (mine.state, there.state):
        (state / "published").mkdir(parents=True)
        (state / "published" / "stamp").write_text(f'{{"epoch": "{taken.manifest.epoch}", "version": 20}}')
    assert put_back(there, taken.path).version == 21
    for url, behind in ((mine.database_url, False), (there.database_url, True)):
        database = Database(url)
        with database.read() as connection:
            assert is_behind_a_restore(mine.state / "published", connection) is behind
        database.close()


def test_an_audit_trail_that_does_not_hold_is_told_with_the_row(mine: Config, there: Place) -> None:
    (mine.state / NAME).write_text(f'[1, "{"0" * 64}"]\n')
    done = put_back(there, backed_up(mine, mine.state.with_name("a.backup")).path)
    assert [flaw.sequence for flaw in done.audit.flaws] == [1]


def test_a_backup_of_an_older_shape_is_brought_to_todays(mine: Config, there: Place, tmp_path: Path) -> None:
    older = replace(mine, database_url=f"sqlite:///{tmp_path / 'older.db'}")
    database = Database(older.database_url)
    with database.engine.begin() as connection:
        command.upgrade(configuration(connection), "0016")
        connection.execute(insert(tables.change).values(version=1, epoch="e", at=NOON, body={}))
    database.close()
    taken = backed_up(older, tmp_path / "old.backup")
    assert taken.manifest.revision == "0016"
    put_back(there, taken.path)
    assert content(there.database_url).keys() == content(mine.database_url).keys()


def test_events_of_journals_come_back_whether_they_were_moved_since_or_not(mine: Config, there: Place) -> None:
    database, folder = Database(mine.database_url), mine.state / "journal"
    left_behind(folder, [step(0)], "before")
    drain(folder, database, None)
    left_behind(folder, [step(1)], "in-the-backup")
    taken = backed_up(mine, mine.state.with_name("a.backup"))
    assert (taken.journals, list((folder / "kept").iterdir())) == (1, [])
    drain(folder, database, None)
    left_behind(folder, [step(2)], "moved-since")
    drain(folder, database, None)
    left_behind(folder, [status("completed", 3)], "not-moved")
    (folder / "kept" / "in-the-backup.journal").unlink()
    database.close()
    there.state.mkdir()
    folder.rename(there.journals)
    assert put_back(there, taken.path).events == 3
    restored = Database(there.database_url)
    assert sequences(restored) == ["h0", "h1", "h2", "s3:completed"]
    restored.close()


def test_files_of_the_state_folder_come_back_and_what_was_there_is_moved_aside(mine: Config, there: Place) -> None:
    (mine.state / "token").write_text("the token of then")
    taken = backed_up(mine, mine.state.with_name("a.backup"))
    put_back(there, taken.path)
    (there.state / "token").write_text("another")
    done = put_back(there, taken.path, now=NOON.replace(hour=13))
    assert (there.state / "token").read_text() == "the token of then"
    (aside,) = map(Path, done.aside)
    assert (aside / "token").read_text() == "another"
    assert (aside / "dutyline.db").exists()
    assert all((there.state / name).stat().st_mode & 0o077 == 0 for name in ("token", "dutyline.db"))


def test_everything_that_stands_in_the_way_is_told_at_once_and_nothing_is_touched(mine: Config, tmp_path: Path) -> None:
    (mine.state / "token").write_text("mine")
    manifest = backed_up(mine, tmp_path / "a.backup").manifest
    fd = hold(mine.state)
    place = Place(mine.state, mine.database_url, "another secret, as long as the first")
    told = " ".join(hindrances(place, manifest, replace=False))
    os.close(fd)
    for words in (
        "still runs",
        "The database is not empty",
        "The state folder is not empty (token)",
        "is not the one of the backup",
    ):
        assert words in told
    assert "still runs" not in " ".join(hindrances(place, manifest, replace=True))


def test_there_is_nothing_to_back_up_where_there_is_no_database(tmp_path: Path, mine: Config) -> None:
    none = replace(mine, database_url=f"sqlite:///{tmp_path / 'none.db'}")
    Path(tmp_path / "none.db").touch()
    with pytest.raises(NothingToBackUpError):
        backed_up(none, tmp_path / "a.backup")
    assert [path.name for path in tmp_path.glob("*.backup*")] == []


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of a deployment on SQLite."""
    folder = tmp_path_factory.mktemp("whole")
    config = deployment(f"sqlite:///{folder / 'test.db'}", folder / "state")
    (folder / "state").mkdir()
    prepare(config, FixedClock(NOON))
    backed_up(config, folder / "sealed.backup", "a passphrase of the tests")
    return backed_up(config, folder / "whole.backup").path


@pytest.mark.parametrize("seed", range(16))
def test_a_byte_that_changed_anywhere_is_found(whole: Path, tmp_path: Path, seed: int) -> None:
    dice = Random(seed)
    path, spoilt = tmp_path / "spoilt.backup", bytearray(whole.read_bytes())
    where = dice.randrange(_end_of_manifest(spoilt))
    spoilt[where] ^= 1 << dice.randrange(8)
    path.write_bytes(spoilt)
    assert checked(path, "").problems or checked(path, "") == checked(whole, "")


def _end_of_manifest(archive: bytearray) -> int:
    """Behind it lie its sum and the padding of the tape."""
    return archive.rindex(MANIFEST.encode())


def test_all_that_is_wrong_is_told_at_once(whole: Path, tmp_path: Path) -> None:
    spoilt = bytearray(whole.read_bytes())
    for name in (b"database/entry.jsonl.gz", b"database/plan.jsonl.gz"):
        spoilt[spoilt.index(name) + 512 + 30] ^= 255
    (tmp_path / "a.backup").write_bytes(spoilt)
    told = " ".join(checked(tmp_path / "a.backup", "").problems)
    for words in (
        "database/entry.jsonl.gz is not what was written",
        "database/plan.jsonl.gz is not",
        "Table entry should have",
    ):
        assert words in told


@pytest.mark.parametrize("seed", range(4))
def test_a_backup_that_is_cut_off_is_refused(whole: Path, tmp_path: Path, seed: int) -> None:
    content = whole.read_bytes()
    (tmp_path / "a.backup").write_bytes(content[: Random(seed).randrange(_end_of_manifest(bytearray(content)))])
    assert checked(tmp_path / "a.backup", "").problems


def test_a_sealed_backup_shows_nothing_opens_by_its_passphrase_alone_and_no_byte_of_it_can_change(
    whole: Path, tmp_path: Path
) -> None:
    sealed = whole.with_name("sealed.backup")
    assert checked(sealed, "a passphrase of the tests").problems == ()
    assert b"database/" not in sealed.read_bytes()
    with pytest.raises(UnsealError):
        raise_first(checked(sealed, "another passphrase").problems)
    for seed in range(3):
        spoilt = bytearray(sealed.read_bytes())
        spoilt[Random(seed).randrange(41, len(spoilt))] ^= 1
        (tmp_path / "b").write_bytes(spoilt)
        assert checked(tmp_path / "b", "a passphrase of the tests").problems


def raise_first(problems: tuple[str, ...]) -> None:
    if "passphrase" in problems[0]:
        raise UnsealError(problems[0])


def test_only_our_own_older_backups_are_too_many(whole: Path, tmp_path: Path) -> None:
    for day in range(1, 5):
        (tmp_path / f"dutyline-2026010{day}T030000Z.backup").write_bytes(whole.read_bytes())
    (tmp_path / "dutyline-20260100T030000Z.backup").write_text("somebody else's")
    (tmp_path / "holiday.backup").write_bytes(whole.read_bytes())
    assert [path.name[9:17] for path in too_many(tmp_path, 2)] == ["20260102", "20260101"]
    assert Said().words == []


@pytest.mark.parametrize(
    ("kept", "calls", "left"), [("7d", "", ["new"]), ("90d", "", ["new", "old"]), ("90d", "8d", ["new"])]
)
def test_kept_journals_go_after_their_time_and_never_stay_longer_than_calls(
    tmp_path: Path, kept: str, calls: str, left: list[str]
) -> None:
    period, of_calls = period_from(kept), period_from(calls)
    assert period
    for name, days in (("new", 1), ("old", 30)):
        path = left_behind(tmp_path / "journal", [step(0)], name)
        moment = (NOON - timedelta(days=days)).timestamp()
        os.utime(path, (moment, moment))
        lay_aside(path)
    let_go_before(tmp_path / "journal", period, {"calls": of_calls} if of_calls else {}, NOON)
    assert [path.stem for path in laid_aside(tmp_path / "journal")] == left
