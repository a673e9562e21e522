"""Work that comes round by itself: once each time, whoever looks, whoever dies; on both databases."""

from datetime import datetime, timedelta

import pytest

from app import Application
from desk.chores import Chore, Chores, nightly
from store.claims import LEASE
from store.database import Database
from tests.desk.wall_clock import WallClock
from tests.telling import at


class Failed(Exception):  # noqa: N818  # what has failed is the chore
    """A chore that fails."""


class Done:
    """What was done when; the next time it may fail."""

    def __init__(self) -> None:
        self.at: list[datetime] = []
        self.fails = False

    def __call__(self, _: Database, __: object, now: datetime) -> None:
        if self.fails:
            raise Failed
        self.at.append(now)


@pytest.fixture
def done() -> Done:
    return Done()


@pytest.fixture
def workers(office: Application, done: Done) -> tuple[Chores, Chores]:
    every = [Chore("sweep", done, nightly)]
    return Chores(office.database, "first", every), Chores(office.database, "second", every)


def rounds(office: Application, wall: WallClock, *those: Chores) -> int:
    return sum(one.round(office.publication.current(), wall.now()) for one in those)


def test_nothing_is_done_before_its_time(
    office: Application, wall: WallClock, workers: tuple[Chores, Chores], done: Done
) -> None:
    assert rounds(office, wall, *workers) == 0
    wall.is_set("2026-11-26T02:59")
    assert rounds(office, wall, *workers) == 0
    assert done.at == []


def test_of_two_workers_one_does_it_and_the_next_night_again(
    office: Application, wall: WallClock, workers: tuple[Chores, Chores], done: Done
) -> None:
    rounds(office, wall, *workers)
    for night in ("2026-11-26T03:00", "2026-11-27T03:00"):
        wall.is_set(night)
        assert rounds(office, wall, *workers) == 1
        wall.passes(minutes=1)
        assert rounds(office, wall, *workers) == 0
    assert done.at == [at("2026-11-26T03:00"), at("2026-11-27T03:00")]


def test_a_night_that_nobody_was_up_for_is_made_up_for_once(
    office: Application, wall: WallClock, workers: tuple[Chores, Chores], done: Done
) -> None:
    rounds(office, wall, *workers)
    wall.is_set("2026-11-29T12:00")
    assert rounds(office, wall, *workers) == 1
    assert len(done.at) == 1


def test_what_fails_is_tried_again_by_whoever_looks_after_the_lease(
    office: Application, wall: WallClock, workers: tuple[Chores, Chores], done: Done
) -> None:
    rounds(office, wall, *workers)
    wall.is_set("2026-11-26T03:00")
    done.fails = True
    with pytest.raises(Failed):
        rounds(office, wall, workers[0])
    done.fails = False
    wall.passes(seconds=LEASE.total_seconds() - 1)
    assert rounds(office, wall, workers[1]) == 0
    wall.passes(seconds=30)
    assert rounds(office, wall, workers[1]) == 1


def test_a_worker_looks_three_times_a_minute_and_no_more(office: Application, wall: WallClock, done: Done) -> None:
    eager = Chores(office.database, "first", [Chore("sweep", done, lambda now: now + timedelta(seconds=1))])
    for _ in range(60):
        rounds(office, wall, eager)
        wall.passes(seconds=1)
    assert [(moment - at("Wed 10:00")).total_seconds() for moment in done.at] == [20, 40]


@pytest.mark.parametrize(
    ("now", "following"),
    [
        ("2026-11-25T02:59", "2026-11-25T03:00"),
        ("2026-11-25T03:00", "2026-11-26T03:00"),
        ("2026-03-28T12:00", "2026-03-29T02:00+00:00"),
        ("2026-10-24T12:00", "2026-10-25T03:00+00:00"),
    ],
)
def test_the_quiet_hour_is_englands(now: str, following: str) -> None:
    assert nightly(at(now)) == (datetime.fromisoformat(following) if "+" in following else at(following))
