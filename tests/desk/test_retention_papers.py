"""The desk's papers go when their time has come and they are over, and a contact takes its ratings along; on both databases."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from admin.ports import RecordRules
from app import Application, Config, build
from desk.retention import SETTABLE, TYPES
from routing.periods import Period
from store import tables, tables_papers
from store.database import Database
from store.keys import Role
from store.tables import metadata
from tests.admin.desk_client import Holder, holder
from tests.desk.wall_clock import WallClock, contact, sent

PAPERS = ("basic_check", "consultation", "move", "rating", "message")
ALL_PURGED = {"dry_run": False, "why": "the time has come"}


@pytest.fixture
def brief(config: Config, database: Database, wall: WallClock) -> Iterator[Application]:  # noqa: ARG001  # prepares it
    """A deployment that keeps everything for thirty days."""
    kept = dict.fromkeys(SETTABLE, Period(days=30))
    built = build(replace(config, records=RecordRules(kept=kept)), wall)
    built.desk.end()
    yield built
    built.close()


@pytest.fixture
def hanna(brief: Application) -> Holder:
    return holder(brief, Role.HANDLER, "Hanna Handler")


def count(on: Application) -> dict[str, int]:
    with on.database.read() as connection:
        return {
            name: connection.scalar(select(func.count()).select_from(metadata.tables[name])) or 0
            for name in (*PAPERS, "task")
        }


def purges(on: Application) -> None:
    sent(holder(on, Role.ADMIN, "Ada Admin"), "POST", "/retention/purge", ALL_PURGED)


def writes_everything(by: Holder) -> dict[str, Any]:
    base = {"authority": "cambridgeshire"}
    record = contact(by)
    rated = {"rating": "green", "decided_by": "Tom Manager", "rationale": "why"}
    sent(by, "PUT", f"/contacts/{record}/rating", rated)
    asks = {**base, "body": "cafcass", "enquirer": "C", "involvement": "i", "children": [{"name": "Ann Example"}]}
    return {
        "consultations": sent(by, "POST", "/consultations", {**base, "professional": "P", "question": "?"}, 201)["id"],
        "checks": sent(by, "POST", "/checks", asks, 201)["id"],
        "moves": sent(by, "POST", "/moves", {**base, "from_authority": "Another"}, 201)["id"],
        "hand-backs": sent(by, "POST", "/hand-backs", {**base, "happened": "?"}, 201)["id"],
    }


def ends_everything(by: Holder, made: dict[str, Any]) -> None:
    advice = {"advice": "none", "advised_by": "N"}
    sent(by, "POST", f"/consultations/{made['consultations']}/advice", advice)
    sent(by, "POST", f"/checks/{made['checks']}/established", {"how": "not-established"})
    sent(by, "POST", f"/moves/{made['moves']}/form", {"form": "?"})
    decided = {"stays": "temporary", "decided_by": "T", "reasons": "r"}
    sent(by, "POST", f"/moves/{made['moves']}/decision", decided)
    sent(by, "POST", f"/hand-backs/{made['hand-backs']}/acknowledge", {})


def test_papers_that_are_over_go_with_their_tasks_and_a_contact_with_its_ratings(
    brief: Application, hanna: Holder, wall: WallClock
) -> None:
    ends_everything(hanna, writes_everything(hanna))
    wall.passes(days=29)
    purges(brief)
    assert min(count(brief).values()) > 0
    wall.passes(days=2)
    purges(brief)
    assert set(count(brief).values()) == {0}


def test_papers_that_are_not_over_stay_however_old_they_are(brief: Application, hanna: Holder, wall: WallClock) -> None:
    writes_everything(hanna)
    wall.passes(days=400)
    purges(brief)
    found = count(brief)
    assert {name: found[name] for name in PAPERS if name != "rating"} == {
        "basic_check": 1, "consultation": 1, "move": 1, "message": 1,
    }  # fmt: skip


def test_the_nightly_round_does_it_by_itself(brief: Application, hanna: Holder, wall: WallClock) -> None:
    ends_everything(hanna, writes_everything(hanna))
    wall.is_set("2026-12-30T12:00")
    brief.desk.once()
    wall.is_set("2026-12-31T03:00")
    brief.desk.once()
    assert set(count(brief).values()) == {0}


def test_every_pile_stands_on_a_shelf() -> None:
    shelved = {table for one in TYPES for table in (one.shelf.head, *(table for table, _ in one.shelf.hanging))}
    mine = [one for one in vars(tables_papers).values() if isinstance(one, type(tables.call))]
    assert {table.name for table in mine if table not in shelved} == {"case_entry"}
