"""The desk's papers go when their time has come and they are over, unless a child whom they are about is held; on both databases."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update

from admin.ports import RecordRules
from app import Application, Config, build
from desk.retention import SETTABLE, TYPES, purged
from routing.periods import Period
from store import tables, tables_papers
from store.audit import Deed
from store.database import Database
from store.keys import Role
from store.tables import metadata
from tests.admin.desk_client import Holder, codes, holder
from tests.desk.logging_enquiries import ANN, BEN
from tests.desk.wall_clock import WallClock, contact, given, sent

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


@pytest.fixture
def ada(brief: Application) -> Holder:
    return holder(brief, Role.ADMIN, "Ada Admin")


def purges(on: Application) -> None:
    sent(holder(on, Role.ADMIN, "Ada Admin"), "POST", "/retention/purge", ALL_PURGED)


def holds(by: Holder, child: dict[str, str]) -> str:
    return str(sent(by, "POST", "/legal-holds", {"child": child, "why": "An inquest."}, 201)["id"])


def left(on: Application, *names: str) -> list[str]:
    """The ids of the papers that are there."""
    tables_of = [metadata.tables[name] for name in names or PAPERS]
    with on.database.read() as connection:
        return [key for table in tables_of for key in connection.scalars(select(table.c.id).order_by(table.c.made_at))]


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


def consulted(by: Holder, child: dict[str, str], call: str = "") -> str:
    """A consultation about a child, which is over."""
    consults = {"authority": "cambridgeshire", "call": call, "professional": "P", "question": "?", "children": [child]}
    made = sent(by, "POST", "/consultations", consults, 201)["id"]
    sent(by, "POST", f"/consultations/{made}/advice", {"advice": "none", "advised_by": "N"})
    return str(made)


def about(by: Holder, child: dict[str, str], call: str = "") -> dict[str, str]:
    """A consultation, a check and a move about a child, which are over."""
    base = {"authority": "cambridgeshire", "call": call}
    asks = {**base, "body": "cafcass", "enquirer": "C", "involvement": "i", "children": [child]}
    check = sent(by, "POST", "/checks", asks, 201)["id"]
    move = sent(by, "POST", "/moves", {**base, "from_authority": "Another"}, 201)["id"]
    sent(by, "POST", f"/checks/{check}/established", {"how": "not-established"})
    sent(by, "POST", f"/moves/{move}/form", {"form": "?", "children": [child]})
    sent(by, "POST", f"/moves/{move}/decision", {"stays": "temporary", "decided_by": "T", "reasons": "r"})
    return {"consultations": consulted(by, child, call), "checks": check, "moves": move}


def test_a_hold_on_a_child_keeps_the_papers_about_them_until_it_is_lifted(
    brief: Application, hanna: Holder, ada: Holder, wall: WallClock
) -> None:
    with brief.database.write() as connection:
        connection.execute(
            tables.call.insert().values(sid="CA1", line="cambridgeshire-ifd", rank=0, began_at=wall.now())
        )
    ann = about(hanna, ANN, "CA1")
    about(hanna, BEN)
    hold = holds(ada, {"name": "ann  EXAMPLE", "born": ANN["born"]})
    wall.passes(days=31)
    purges(brief)
    assert sorted(left(brief)) == sorted(ann.values())
    told = {one["code"]: (one["past"], one["held"]) for one in given(ada, "/retention")["items"]}
    assert {code: told[code] for code in (*ann, "calls")} == dict.fromkeys((*ann, "calls"), (1, 1))
    assert ada.sends("DELETE", f"/legal-holds/{hold}", None, X_Reason="It is over.").status_code == 204
    purges(brief)
    assert left(brief) == []
    with brief.database.read() as connection:
        assert connection.execute(select(tables_papers.paper_match)).all() == []


def test_papers_of_before_their_children_were_known_by_keys_stay_while_any_child_is_held(
    brief: Application, hanna: Holder, ada: Holder, wall: WallClock
) -> None:
    hold = holds(ada, ANN)
    ann, ben, sealed = about(hanna, ANN), consulted(hanna, BEN), consulted(hanna, BEN)
    with brief.database.write() as connection:
        connection.execute(delete(tables_papers.paper_match))
        unreadable = tables_papers.consultation.c.id == sealed
        connection.execute(update(tables_papers.consultation).where(unreadable).values(sealed="of a lost secret"))
    wall.passes(days=31)
    purged(
        brief.database,
        dict.fromkeys(SETTABLE, Period(days=30)),
        Deed("a night", "", "retention", "", None, None),
        wall.now(),
    )
    assert sorted(left(brief)) == sorted([*ann.values(), ben, sealed])
    purges(brief)
    assert sorted(left(brief)) == sorted([*ann.values(), sealed])
    assert ada.sends("DELETE", f"/legal-holds/{hold}", None, X_Reason="It is over.").status_code == 204
    purges(brief)
    assert left(brief) == []


def test_a_new_hold_finds_what_was_written_before_keys_were_kept(
    brief: Application, hanna: Holder, ada: Holder, wall: WallClock
) -> None:
    for child in (ANN, BEN):
        consulted(hanna, child)
    with brief.database.write() as connection:
        connection.execute(delete(tables_papers.paper_match))
    holds(ada, ANN)
    wall.passes(days=31)
    told = {one["code"]: (one["past"], one["held"]) for one in given(ada, "/retention")["items"]}
    assert told["consultations"] == (2, 1)


def test_why_something_is_held_stands_sealed_and_nowhere_else(brief: Application, ada: Holder) -> None:
    holds(ada, ANN)
    with brief.database.read() as connection:
        every = [list(connection.execute(select(table))) for table in metadata.tables.values()]
    assert "inquest" not in str(every)


def test_a_purge_as_of_a_moment_takes_what_was_past_its_time_then(
    brief: Application, hanna: Holder, ada: Holder, wall: WallClock
) -> None:
    consulted(hanna, ANN)
    wall.passes(days=1)
    young = consulted(hanna, BEN)
    wall.passes(days=29, hours=1)
    seen = wall.now().isoformat()
    wall.passes(days=2)
    assert codes(ada.sends("POST", "/retention/purge", {"until": "2027-01-01T00:00"})) == {"until": "ahead"}
    sent(ada, "POST", "/retention/purge", ALL_PURGED | {"until": seen})
    assert left(brief) == [young]
