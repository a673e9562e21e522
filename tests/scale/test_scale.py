"""Does a county of 100,000 people and 2,000 teams change anything for whoever works with the directory?"""

from collections.abc import Callable, Iterator
from functools import partial
from statistics import median
from time import perf_counter

import pytest
from werkzeug.test import TestResponse

from app import Application, Config, build, prepare
from store.database import Database
from store.keys import Role
from tests.admin.desk_client import CLOCK, Holder, holder
from tests.scale.county import settle

pytestmark = [pytest.mark.scale, pytest.mark.timeout(900)]

PAGE, CHANGE = 0.3, 1.0
"""Seconds: a list or page, a change with its publication."""

LISTS = (
    "/people", "/people?authority=devon", "/people?authority=derby", "/people/w-050000", "/teams", "/teams?authority=devon",
    "/teams?q=locality 77", "/people?q=chloe invently 501", "/people?q=07700 050123", "/people?q=zzzz", "/lines", "/closures",
    "/keys", "/audit", "/audit?authority=devon", "/approvals", "/authorities", "/calls", "/route?team=devon-scale-0007",
)  # fmt: skip
TEAM = "/teams/devon-scale-0001"
ROUNDS = 5


@pytest.fixture
def county(config: Config) -> Iterator[Application]:
    """An application with the whole county."""
    prepare(config, CLOCK)
    database = Database(config.database_url)
    settle(database)
    database.close()
    built = build(config, CLOCK)
    yield built
    built.close()


def seconds(what: str, ask: Callable[[], TestResponse]) -> float:
    """The median of some rounds, after one that fills what is kept."""
    assert ask().status_code < 300
    taken = []
    for _ in range(ROUNDS):
        began = perf_counter()
        ask()
        taken.append(perf_counter() - began)
    print(f"{what:50} {median(taken) * 1000:8.1f} ms")  # noqa: T201  # the figures are what this target is for
    return median(taken)


def numbered(admin: Holder) -> Iterator[TestResponse]:
    """The same team on one number after another."""
    for last in range(300, 400):
        yield admin.changes("PUT", f"{TEAM}/duty-numbers", [{"number": f"020 7946 0{last}"}], seen_at=TEAM)


def named(admin: Holder) -> Iterator[TestResponse]:
    """The same person under one name after another."""
    for last in range(100):
        yield admin.changes("PATCH", "/people/w-050000", {"name": f"Name {last}"})


def test_every_list_and_every_change_is_quick(county: Application) -> None:
    admin = holder(county, Role.ADMIN)
    lists = {path: seconds(path, partial(admin.asks, path)) for path in LISTS}
    changes = {"PUT duty numbers": numbered(admin), "PATCH person": named(admin)}
    written = {what: seconds(what, partial(next, series)) for what, series in changes.items()}
    assert {path: taken for path, taken in lists.items() if taken > PAGE} == {}
    assert {what: taken for what, taken in written.items() if taken > CHANGE} == {}
