"""Who knows of a change, and when?"""

import stat
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from app import Config
from store import tables
from store.database import AWAY, Database
from store.journal import Journal
from store.publication import Publication
from store.published import LEFT, NEXT_BASE, Published
from store.upkeep import Upkeep
from tests.store.publishing import (
    MASH,
    changed_plan,
    publication,
    put_in_force,
    renumber,
    rung,
    rung_at_next_call,
    years_go_by,
)
from tests.store.recording import away_url


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """This machine's state folder."""
    return tmp_path / "published"


@pytest.fixture
def worker(here: Path, database: Database, config: Config) -> Publication:
    """A worker of this machine that has begun."""
    made = publication(here, database, config)
    made.publish()
    return made


@pytest.fixture
def away(database: Database, tmp_path: Path) -> Iterator[Database]:
    """A database that does not answer."""
    made = Database(away_url(database, tmp_path))
    yield made
    made.close()


def test_a_first_publication_has_everything(worker: Publication) -> None:
    world = worker.current()
    assert len(world.directory.teams) > 40
    assert {"devon", "derby", "call-derbyshire"} <= set(world.plans.current)
    assert rung(worker) == "+443451551071"


def test_a_change_is_visible_at_once_to_whoever_published_it(worker: Publication, database: Database) -> None:
    number = renumber(database, worker, 701)
    assert rung(worker) != number
    assert worker.publish() is worker.current()
    assert rung(worker) == number


def test_another_worker_of_this_machine_sees_it_at_its_next_call(
    worker: Publication, here: Path, database: Database, config: Config, away: Database
) -> None:
    other = publication(here, away, config)
    for last in (701, 702, 703):
        number = renumber(database, worker, last)
        worker.publish()
        assert rung(other) != number
        assert rung_at_next_call(other) == number
        assert rung(other) == number
    assert other.current().directory.version == worker.current().directory.version


def test_another_machine_notices_that_it_is_behind(
    worker: Publication, tmp_path: Path, database: Database, config: Config
) -> None:
    there = publication(tmp_path / "other machine", database, config)
    assert there.behind()
    there.publish()
    assert not there.behind()
    number = renumber(database, worker, 701)
    worker.publish()
    assert rung_at_next_call(there) != number
    assert there.behind()
    there.publish()
    assert rung(there) == number
    assert not there.behind()


def test_another_machine_follows_within_a_second(
    worker: Publication, tmp_path: Path, database: Database, config: Config
) -> None:
    there = publication(tmp_path / "other machine", database, config)
    there.publish()
    journal = Journal(tmp_path / "journal", pytest.fail)
    upkeep = Upkeep(journal, tmp_path / "journal", there, database)
    upkeep.begin()
    number = renumber(database, worker, 701)
    began = time.monotonic()
    while rung(there) != number and time.monotonic() - began < 3:
        time.sleep(0.01)
    waited = time.monotonic() - began
    upkeep.end()
    journal.close()
    assert rung(there) == number
    assert waited <= 1.0


def test_publishing_twice_changes_nothing(worker: Publication, here: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in here.rglob("*") if path.is_file()}
    world = worker.publish()
    assert worker.publish() is world
    assert {path: path.stat().st_mtime_ns for path in here.rglob("*") if path.is_file()} == before


def test_what_was_committed_and_not_published_is_published_at_the_next_start(
    worker: Publication, here: Path, database: Database, config: Config
) -> None:
    number = renumber(database, worker, 701)
    started = publication(here, database, config)
    assert rung(started) != number
    started.publish()
    assert rung(started) == rung_at_next_call(worker) == number


def test_a_worker_starts_from_the_disk_while_the_database_is_away(
    worker: Publication, here: Path, database: Database, config: Config, away: Database
) -> None:
    number = renumber(database, worker, 701)
    plan = put_in_force(database, "A new opening.")
    world = worker.publish()
    started = publication(here, away, config)
    with pytest.raises(AWAY):
        started.publish()
    assert rung(started) == number
    assert started.current().plans.current == world.plans.current
    assert started.current().plans.current["devon"] == plan.digest
    assert set(started.current().plans.by_digest) == set(world.plans.by_digest)
    assert started.current().directory.teams == world.directory.teams
    assert started.current().directory.people == world.directory.people


def test_a_plan_that_was_replaced_stays_loadable_by_digest(
    worker: Publication, here: Path, database: Database, config: Config
) -> None:
    old = worker.current().plans.of_line("devon")
    new = put_in_force(database, "A new opening.")
    worker.publish()
    assert old is not None
    for one in (worker, publication(here, database, config)):
        plans = one.current().plans
        in_force = plans.of_line("devon")
        assert in_force is not None
        assert in_force.opening == "A new opening."
        assert plans.current["devon"] == new.digest
        assert plans.by_digest[old.digest].opening == old.opening


def test_a_plan_may_be_put_back(worker: Publication, database: Database) -> None:
    old = worker.current().plans.current["devon"]
    plan, _ = changed_plan("A new opening.")
    put_in_force(database, "A new opening.")
    worker.publish()
    assert worker.current().plans.current["devon"] == plan.digest
    original = worker.current().plans.by_digest[old]
    assert put_in_force(database, original.opening).digest == old
    worker.publish()
    assert worker.current().plans.current["devon"] == old


def test_a_restored_database_is_taken_although_its_version_is_lower(
    worker: Publication, here: Path, tmp_path: Path, database: Database, config: Config
) -> None:
    there = publication(tmp_path / "other machine", database, config)
    there.publish()
    same = publication(here, database, config)
    printed, newest = rung(worker), renumber(database, worker, 701)
    worker.publish()
    there.publish()
    before = worker.current().directory.version
    restored(database, before)
    assert there.behind()
    for one in (worker, there):
        one.publish()
    assert rung_at_next_call(same) == rung(worker) == rung(there) == printed != newest
    assert worker.current().directory.version < before
    assert not there.behind()
    number = renumber(database, worker, 702)
    worker.publish()
    assert rung_at_next_call(same) == number


def test_years_of_changes_are_folded_and_a_start_finds_the_same_world(
    worker: Publication, here: Path, database: Database, config: Config, away: Database
) -> None:
    lagging = publication(here, away, config)
    old = worker.current().plans.of_line("devon")
    assert old is not None
    number = renumber(database, worker, 701)
    plan = put_in_force(database, "A new opening.")
    years_go_by(database)
    world = worker.publish()
    worker.fold()
    assert len(list(here.glob("change-*.json"))) == LEFT
    for one in (publication(here, away, config), lagging):
        assert rung_at_next_call(one) == number
        assert one.current().directory.teams == world.directory.teams
        assert one.current().directory.people == world.directory.people
        assert one.current().directory.version == world.directory.version
        assert one.current().plans.current == world.plans.current
        assert one.current().plans.current["devon"] == plan.digest


def test_a_worker_that_has_everything_does_not_read_the_base(worker: Publication, here: Path) -> None:
    (here / "base.json").write_text("{}", encoding="utf-8")
    assert worker.publish() is worker.current()


def test_a_worker_that_is_a_little_behind_when_changes_are_folded_reads_no_base(
    worker: Publication, here: Path, database: Database, config: Config, away: Database
) -> None:
    years_go_by(database)
    worker.publish()
    behind = publication(here, away, config)
    number = renumber(database, worker, 701)
    worker.publish()
    worker.fold()
    (here / "base.json").unlink()
    assert rung_at_next_call(behind) == number


def test_what_another_epoch_has_made_void_meanwhile_becomes_no_base(
    worker: Publication, here: Path, database: Database
) -> None:
    years_go_by(database)
    worker.publish()
    disk = Published(here)
    with ThreadPoolExecutor() as beside:
        with disk.alone():
            folding = beside.submit(worker.fold)
            while not (here / NEXT_BASE).exists():
                time.sleep(0.01)
            disk.forget()
            disk.keep_stamp("another", 1)
        folding.result()
    assert disk.base() is None
    assert not (here / NEXT_BASE).exists()


def test_a_replaced_plan_stays_loadable_when_the_changes_are_folded(
    worker: Publication, here: Path, database: Database, config: Config
) -> None:
    old = worker.current().plans.current["devon"]
    put_in_force(database, "A new opening.")
    years_go_by(database)
    worker.publish()
    worker.fold()
    assert old in publication(here, database, config).current().plans.by_digest


def restored(database: Database, from_version: int) -> None:
    """As after a restore: the log without its newest versions, under another epoch."""
    log, entry = tables.change, tables.entry
    with database.write() as connection:
        connection.execute(delete(log).where(log.c.version >= from_version))
        connection.execute(update(log).values(epoch="restored"))
        connection.execute(update(entry).where(entry.c.slug == MASH).values(version=1))


def test_what_is_on_the_disk_is_for_our_eyes_only(worker: Publication, here: Path) -> None:
    worker.current()
    files = [path for path in here.rglob("*") if path.is_file()]
    assert len(files) > 5
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert stat.S_IMODE((here / "plans").stat().st_mode) == 0o700
