"""Is the fail-over folder brought up to what is published, by itself, and does a disk that fails trouble nobody else?"""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app import Application, Config
from ivr.alarms import WORDS, Alarming
from ivr.moment import World
from store.database import Database
from store.failover import FailoverFolder, Making, index_of
from store.journal import Journal
from store.upkeep import Upkeep
from tests.store.publishing import publication, renumber
from tests.telling import at
from webhooks.failover import stamp_of

SOON = 0.01


@dataclass
class HandSet:
    """A clock that a test sets."""

    at: datetime = field(default_factory=lambda: at("Wed 10:00"))

    def now(self) -> datetime:
        return self.at


@dataclass
class Maker:
    """Makes a folder of one file and an index, and counts how often."""

    made: list[World] = field(default_factory=list)
    news: threading.Condition = field(default_factory=threading.Condition)
    good_until: str = "2027-12-30T10:00Z"

    def files(self, world: World, now: datetime) -> Iterator[tuple[str, bytes]]:
        yield "devon.xml", f"<Response/><!-- {world.directory.version} -->".encode()
        index = f'{{"made_at": "{now.isoformat()}", "stamp": "{stamp_of(world)}", "good_until": "{self.good_until}", "files": {{}}}}'
        yield "index.json", index.encode()
        with self.news:
            self.made.append(world)
            self.news.notify_all()

    def folder(self, place: Path, clock: HandSet, told: list[str] | None = None) -> FailoverFolder:
        alarm = pytest.fail if told is None else told.append
        return FailoverFolder(place / "failover", Making(self.files, stamp_of), clock, alarm, every=SOON)


def kept(folder: FailoverFolder, world: World) -> None:
    """As upkeep does it: a world that stays is written the second time."""
    folder.keep(world)
    folder.keep(world)


def test_every_publication_is_written_by_itself_the_first_one_included(
    tmp_path: Path, database: Database, config: Config
) -> None:
    maker, worker = Maker(), publication(tmp_path / "published", database, config)
    journal = Journal(tmp_path / "journal", pytest.fail)
    first = worker.publish()
    upkeep = Upkeep(journal, tmp_path / "journal", worker, database, failover=maker.folder(tmp_path, HandSet()))
    upkeep.begin()
    try:
        assert waits(maker, first)
        renumber(database, worker, 333)
        assert waits(maker, worker.publish())
        assert index_of(tmp_path / "failover")["stamp"] == stamp_of(worker.current())
        assert not upkeep.failover_is_behind
    finally:
        upkeep.end()
        journal.close()


def waits(maker: Maker, world: World) -> bool:
    with maker.news:
        return maker.news.wait_for(lambda: stamp_of(world) in map(stamp_of, maker.made), 10)


def test_it_is_written_again_each_day_and_once_a_number_in_it_has_ended(world: World, tmp_path: Path) -> None:
    clock, maker = HandSet(), Maker()
    folder = maker.folder(tmp_path, clock)
    kept(folder, world)
    kept(folder, world)
    assert len(maker.made) == 1
    maker.good_until, clock.at = "2026-11-26T12:00Z", clock.at + timedelta(days=1)
    kept(folder, world)
    assert len(maker.made) == 2
    maker.good_until, clock.at = "2026-11-27T12:00Z", at("2026-11-26T12:00")
    kept(folder, world)
    kept(folder, world)
    assert len(maker.made) == 3


def test_of_several_workers_one_writes(world: World, tmp_path: Path) -> None:
    clock, maker = HandSet(), Maker()
    for worker in (maker.folder(tmp_path, clock), maker.folder(tmp_path, clock)):
        kept(worker, world)
    assert len(maker.made) == 1


def test_of_changes_in_quick_succession_not_every_one_is_written_but_some_are(world: World, tmp_path: Path) -> None:
    maker = Maker()
    folder = maker.folder(tmp_path, HandSet())
    for version in range(20):
        folder.keep(replace(world, directory=world.directory.changed(version, [])))
    assert 1 <= len(maker.made) <= 4


def test_a_disk_that_fails_is_told_once_and_shown(world: World, tmp_path: Path) -> None:
    told: list[str] = []
    (tmp_path / "failover").write_text("a file where the folder should be")
    folder = Maker().folder(tmp_path, HandSet(), told)
    kept(folder, world)
    kept(folder, world)
    assert folder.is_behind
    assert len(told) == 1


class Cut(Maker):
    """Is cut off in the middle, as by a machine that loses its power."""

    def files(self, world: World, now: datetime) -> Iterator[tuple[str, bytes]]:
        yield next(super().files(world, now))
        raise KeyError(now)


def test_a_first_writing_that_was_cut_off_is_shown_and_finished_by_the_next(world: World, tmp_path: Path) -> None:
    folder = Cut().folder(tmp_path, HandSet())
    folder.keep(world)
    with pytest.raises(KeyError):
        folder.keep(world)
    assert folder.is_behind
    assert (tmp_path / "failover" / "devon.xml").is_file()
    again = Maker().folder(tmp_path, HandSet())
    kept(again, world)
    assert index_of(tmp_path / "failover")["stamp"] == stamp_of(world)


def test_a_world_without_a_plan_leaves_what_lies_there(world: World, tmp_path: Path) -> None:
    maker = Maker()
    kept(maker.folder(tmp_path, HandSet()), replace(world, plans=replace(world.plans, current={})))
    assert maker.made == []


def test_whoever_watches_is_told_that_another_host_may_be_out_of_date(application: Application, tmp_path: Path) -> None:
    (tmp_path / "failover").write_text("a file where the folder should be")
    folder, here = Maker().folder(tmp_path, HandSet(), []), application
    upkeep = Upkeep(here.journal, tmp_path / "journal", here.publication, here.database, failover=folder)
    here.flask.extensions["desk"].alarms.follows(upkeep)
    before = here.flask.test_client().get("/readyz").get_json()["because"]
    kept(folder, here.publication.current())
    assert [one for one in here.flask.test_client().get("/readyz").get_json()["because"] if one not in before] == [
        WORDS[Alarming.FAILOVER_BEHIND]
    ]
