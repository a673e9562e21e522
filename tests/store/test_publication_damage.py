"""Does a worker keep the last good world when what is on the disk cannot be read?"""

import json
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from app import Config, prepare
from ivr.moment import World
from routing.clock import FixedClock
from store import tables
from store.database import Database
from store.publication import Publication
from tests.conftest import HOME
from tests.store.publishing import MASH, publication, put_in_force, renumber, rung, rung_at_next_call
from tests.telling import at

Damage = Callable[[Path], object]
PRINTED = "+443451551071"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    return tmp_path / "published"


@pytest.fixture
def worker(here: Path, database: Database, config: Config) -> Publication:
    made = publication(here, database, config)
    made.publish()
    return made


def changes(**body: Any) -> Damage:
    """A change of this body."""
    return lambda path: path.write_text(json.dumps({"epoch": "e", "version": 1, "body": body}))


UNREADABLE: dict[str, Damage] = {
    "gone": Path.unlink,
    "empty": lambda path: path.write_text(""),
    "torn": lambda path: path.write_text(path.read_text()[:40]),
    "not text": lambda path: path.write_bytes(b"\xff\xfe\x00"),
    "a list": lambda path: path.write_text("[]"),
    "a null": lambda path: path.write_text("null"),
    "without a body": lambda path: path.write_text('{"epoch": "e", "version": 1}'),
}
UNKNOWN: dict[str, Damage] = {
    "a kind from tomorrow": changes(changes=[{"kind": "planet", "slug": "x", "body": {"slug": "x"}}]),
    "an entry without its fields": changes(changes=[{"kind": "team", "slug": MASH, "body": {}}]),
    "a change without a kind": changes(changes=[{"slug": MASH}]),
    "a list of plans": changes(plans=["0" * 12]),
}


@dataclass(frozen=True, slots=True)
class Machine:
    """A state folder before and after a change was published, and who reads them."""

    before: Path
    after: Path
    start: Callable[[Path], Publication]


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """One for every damage: what is damaged is a copy of its folders, and no database is asked."""
    folder = tmp_path_factory.mktemp("machine")
    config = Config(
        f"sqlite:///{folder / 'test.db'}", folder, HOME / "plans", "http://127.0.0.1", "AC1", (), "secret", local=True
    )
    prepare(config, FixedClock(at("Wed 10:00")))
    database = Database(config.database_url)
    worker = publication(folder / "after", database, config)
    worker.publish()
    shutil.copytree(folder / "after", folder / "before")
    renumber(database, worker, 701)
    worker.publish()
    yield Machine(folder / "before", folder / "after", lambda here: publication(here, database, config))
    database.close()


@pytest.mark.parametrize("damage", [*UNREADABLE, *UNKNOWN])
def test_a_change_that_cannot_be_read_keeps_the_last_good_world(machine: Machine, here: Path, damage: str) -> None:
    shutil.copytree(machine.before, here)
    worker = machine.start(here)
    before = worker.current()
    newest = max(machine.after.glob("change-*.json"))
    shutil.copy(newest, here)
    (UNREADABLE | UNKNOWN)[damage](here / newest.name)
    shutil.copy(machine.after / "stamp", here)
    assert worker.freshest().directory.teams == before.directory.teams
    assert worker.freshest().plans.current == before.plans.current


@pytest.mark.parametrize("damage", [*UNREADABLE, *UNKNOWN])
def test_a_worker_starts_although_the_newest_change_cannot_be_read(machine: Machine, here: Path, damage: str) -> None:
    shutil.copytree(machine.after, here)
    (UNREADABLE | UNKNOWN)[damage](max(here.glob("change-*.json")))
    assert rung(machine.start(here)) == PRINTED


@pytest.mark.parametrize("damage", UNREADABLE)
def test_a_stamp_that_cannot_be_read_keeps_the_last_good_world(machine: Machine, here: Path, damage: str) -> None:
    shutil.copytree(machine.before, here)
    worker = machine.start(here)
    UNREADABLE[damage](here / "stamp")
    assert rung_at_next_call(worker) == PRINTED


def test_a_plan_that_cannot_be_read_leaves_the_line_its_plan(
    worker: Publication, here: Path, database: Database, config: Config
) -> None:
    other = publication(here, database, config)
    before = other.current().plans.current["devon"]
    plan = put_in_force(database, "A new opening.")
    worker.publish()
    (here / "plans" / f"{plan.digest}.toml").write_text("not a plan")
    assert other.freshest().plans.current["devon"] == before
    assert other.freshest().plans.of_line("devon") is not None


def test_the_changes_of_a_restored_database_that_cannot_be_read_keep_the_last_good_world(
    worker: Publication, here: Path, database: Database, config: Config
) -> None:
    other = publication(here, database, config)
    printed = rung(other)
    renewed(database)
    worker.publish()
    min(here.glob("change-*.json")).write_text("")
    other.freshest()
    assert MASH in other.current().directory.teams
    assert rung(other) == printed


def test_no_call_ever_sees_an_empty_world_while_a_restored_database_is_taken(
    worker: Publication, database: Database
) -> None:
    renewed(database)
    over = threading.Event()
    empty: list[World] = []

    def calls() -> None:
        while not over.is_set() and not empty:
            world = worker.current()
            if not world.plans.current or MASH not in world.directory.teams:
                empty.append(world)

    caller = threading.Thread(target=calls)
    caller.start()
    worker.publish()
    over.set()
    caller.join()
    assert empty == []
    assert worker.current().directory.epoch == "restored"


def renewed(database: Database) -> None:
    """The same log under another epoch, as after a restore."""
    with database.write() as connection:
        connection.execute(update(tables.change).values(epoch="restored"))
