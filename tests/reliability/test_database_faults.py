"""Is every call answered and every event kept once while the database is slow, locked, full, read-only or damaged? (B2, B4, B5)"""

import gc
import shutil
import threading
import warnings
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from app import Application, Config, build, prepare
from store.database import AWAY
from tests.conftest import WEDNESDAY, Databases, deployment
from tests.reliability.answered import Callers, callers, soon
from tests.reliability.arrived import arrived
from tests.reliability.disk import Disk, disk
from tests.reliability.faults import FileLocked, TablesLocked, WritesRefused
from tests.reliability.proxy import Proxy, Upstream, proxy

MAGIC = b"SQLite format 3\x00"
READY_FOR_QUERY = b"Z\x00\x00\x00\x05I"
TAKES_NOTHING, SILENT = "takes no events", "does not answer"


@pytest.fixture
def those(application: Application, config: Config) -> Callers:
    return Callers(application, config)


def test_a_database_that_somebody_locks_keeps_no_caller_waiting(those: Callers) -> None:
    url = those.config.database_url
    lock = TablesLocked(url) if url.startswith("postgresql") else FileLocked(Path(make_url(url).database or ""))
    with closing(lock):
        lock.begin()
        those.ring()
        assert those.hear(SILENT if url.startswith("postgresql") else TAKES_NOTHING)
    assert those.hear("ready")
    assert those.are_well
    assert arrived(url, those.told).broken == ()


@pytest.fixture
def between(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Proxy, Config]]:
    databases: Databases = request.getfixturevalue("postgresql")
    url = make_url(databases.prepared(tmp_path))
    upstream: Upstream = (url.host, url.port or 5432) if url.host else "/var/run/postgresql/.s.PGSQL.5432"
    with proxy(upstream) as wire:
        config = deployment(str(url), tmp_path / "state")
        through = url.set(host="127.0.0.1", port=wire.port)
        yield wire, replace(config, database_url=through.render_as_string(hide_password=False))


@pytest.mark.long
@pytest.mark.postgresql_alone
def test_a_slow_database_and_one_whose_commits_are_not_heard_of_keep_every_event_once(
    between: tuple[Proxy, Config],
) -> None:
    wire, config = between
    with callers(build(config, WEDNESDAY), config) as those:
        assert those.hear("ready")
        wire.slice = 7
        those.ring(2)
        wire.slice, wire.delay = 65_536, 4.0
        those.ring(2)
        assert those.hear(SILENT)
        wire.delay, wire.is_mute = 0.0, True
        those.ring(2)
        wire.reset()
        wire.is_mute = False
        assert those.hear("ready")
        those.ring(1)
        assert those.are_well
        wire.reset()
        assert arrived(config.database_url, those.told).broken == ()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Disk]:
    with disk(tmp_path / "disk", 16) as made:
        yield made


def on(folder: Path, sqlite: Databases, tmp_path: Path) -> Config:
    """A deployment whose database lies in a folder."""
    sqlite.prepared(tmp_path)
    shutil.move(tmp_path / "test.db", folder / "test.db")
    return deployment(f"sqlite:///{folder / 'test.db'}", tmp_path / "state")


@pytest.mark.long
@pytest.mark.own_disk
def test_a_disk_that_is_full_or_cannot_be_written_keeps_no_caller_waiting_and_is_told_within_a_minute(
    own: Disk, sqlite: Databases, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    config = on(own.folder, sqlite, tmp_path)
    refused = WritesRefused(own, own.folder / "test.db")
    with callers(build(config, WEDNESDAY), config) as those:
        for begin, end in ((own.fill, own.empty), (refused.begin, refused.close)):
            assert those.hear("ready")
            caplog.clear()
            begin()
            those.ring(2)
            assert those.hear(TAKES_NOTHING)
            assert soon(lambda: "the database takes no events" in caplog.text)
            end()
            assert those.hear("ready")
            assert soon(lambda: "the database answers again" in caplog.text)
        assert those.are_well
        assert arrived(config.database_url, those.told).broken == ()


def test_a_database_file_that_was_overwritten_keeps_no_caller_waiting_and_all_is_there_when_it_is_mended(
    sqlite: Databases, tmp_path: Path
) -> None:
    path = Path(str(make_url(sqlite.prepared(tmp_path)).database))
    whole, config = path.read_bytes(), deployment(f"sqlite:///{path}", tmp_path / "state")
    with callers(build(config, WEDNESDAY), config) as those:
        those.application.database.close()
        path.write_bytes(bytes(len(MAGIC)) + whole[len(MAGIC) :])
        those.ring(2)
        assert those.hear(SILENT)
        path.write_bytes(whole)
        those.application.database.close()
        assert those.hear("ready")
        assert those.are_well
        assert arrived(config.database_url, those.told).broken == ()


def test_a_start_with_a_damaged_database_answers_calls(sqlite: Databases, tmp_path: Path) -> None:
    path = Path(str(make_url(sqlite.prepared(tmp_path)).database))
    config = deployment(f"sqlite:///{path}", tmp_path / "state")
    with closing(build(config, WEDNESDAY)):
        pass
    whole = path.read_bytes()
    path.write_bytes(bytes(len(MAGIC)) + whole[len(MAGIC) :])
    with callers(build(config, WEDNESDAY), config) as those:
        those.ring(2)
        assert those.hear(SILENT)
        assert those.are_well


@pytest.fixture
def left_behind() -> Iterator[None]:
    """Connections whose drivers still wait when a test is over are given up once the wire is gone, here and not in somebody else's test."""
    before = set(threading.enumerate())
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        assert soon(lambda: {one.name for one in threading.enumerate() if one not in before} <= {"alarm"})
        gc.collect()


@pytest.mark.long
@pytest.mark.postgresql_alone
@pytest.mark.usefixtures("left_behind")
def test_a_start_with_a_database_that_takes_a_login_and_then_says_nothing_answers_calls(
    request: pytest.FixtureRequest,
) -> None:
    wire, config = request.getfixturevalue("between")
    with closing(build(config, WEDNESDAY)):
        pass
    wire.last_words = READY_FOR_QUERY
    with pytest.raises(AWAY):
        prepare(config, WEDNESDAY)
    with callers(build(config, WEDNESDAY), config) as those:
        those.ring(2)
        assert those.hear(SILENT)
        assert those.are_well
