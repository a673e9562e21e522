"""Records are taken away when their time has come, whole and reported; what is held stays; on both databases."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event, func, select

from admin.ports import RecordRules
from admin.settings import ConfigError, retention
from app import Application, Config, build
from desk.retention import SETTABLE, TYPES, purged
from routing.periods import Period
from store import (
    tables,
    tables_callbacks,
    tables_contacts,
    tables_desk,
    tables_enquiries,
    tables_meetings,
    tables_papers,
    tables_tasks,
)
from store.audit import Deed
from store.chain import verdict
from store.database import Database
from store.every_table import metadata
from store.keys import Role
from tests.admin.desk_client import Holder, codes, holder
from tests.desk.logging_enquiries import ANN, BEN, enquires, hashes
from tests.desk.wall_clock import WallClock, contact, given, sent, tasks_of
from tests.telling import at

BEFORE = "2024-11-24T10:00"
"""Two years and a day before the clock stands."""

TIDY = {"dry_run": False}
BY_TEST = Deed("a test", "", "retention", "", None, None)


@pytest.fixture
def ada(office: Application) -> Holder:
    return holder(office, Role.ADMIN, "Ada Admin")


@pytest.fixture
def brief(config: Config, database: Database, wall: WallClock) -> Iterator[Application]:  # noqa: ARG001  # prepares it
    """A deployment that keeps everything for thirty days."""
    kept = dict.fromkeys(SETTABLE, Period(days=30))
    built = build(replace(config, records=RecordRules(kept=kept)), wall)
    built.desk.end()  # the nightly purge is not this test's
    yield built
    built.close()


def report(by: Holder, *order: Any) -> dict[str, tuple[int, int, int]]:
    """Past its time, held and purged, by type."""
    told = sent(by, "POST", "/retention/purge", order[0]) if order else given(by, "/retention")
    return {one["code"]: (one["past"], one["held"], one["purged"]) for one in told["items"]}


def rows(application: Application, *names: str) -> dict[str, int]:
    with application.database.read() as connection:
        return {name: connection.scalar(select(func.count()).select_from(metadata.tables[name])) or 0 for name in names}


def old_enquiries(ida: Holder, wall: WallClock, *children: dict[str, str]) -> list[dict[str, Any]]:
    wall.at = at(BEFORE)
    made = [enquires(ida, child) for child in children]
    wall.is_set("Wed 10:00")
    return made


def test_what_is_past_two_years_goes_with_its_keys_and_what_is_not_stays(
    office: Application, ida: Holder, ada: Holder, wall: WallClock
) -> None:
    old = old_enquiries(ida, wall, ANN, ANN)
    wall.at = at("2024-11-25T10:00")
    young = enquires(ida, ANN)
    wall.is_set("Wed 10:00")
    assert {key for key, _ in hashes(office)} == {one["id"] for one in (*old, young)}
    assert report(ada)["enquiries"] == (2, 0, 0)
    assert report(ada, TIDY)["enquiries"] == (2, 0, 2)
    assert {key for key, _ in hashes(office)} == {young["id"]}
    for one in old:
        assert ida.asks(f"/enquiries/{one['id']}").status_code == 404
        assert tasks_of(ida, one["id"]) == {}
    assert given(ida, f"/enquiries/{young['id']}")["chronology"] == []
    assert rows(office, "enquiry", "enquiry_step") == {"enquiry": 1, "enquiry_step": 1}


def test_the_key_of_a_child_is_nowhere_after_the_purge(
    office: Application, ida: Holder, ada: Holder, wall: WallClock
) -> None:
    old_enquiries(ida, wall, ANN)
    ((_, key),) = hashes(office)
    report(ada, TIDY)
    with office.database.read() as connection:
        assert key not in str([list(connection.execute(select(table))) for table in metadata.tables.values()])


def test_what_is_past_its_time_is_not_shown_although_nobody_has_purged_yet(ida: Holder, wall: WallClock) -> None:
    old_enquiries(ida, wall, ANN)
    assert enquires(ida, ANN)["chronology"] == []


def test_a_dry_run_takes_nothing_away_and_is_what_is_done_without_an_order(
    office: Application, ida: Holder, ada: Holder, wall: WallClock
) -> None:
    old_enquiries(ida, wall, ANN)
    for order in ({}, {"dry_run": True}):
        assert report(ada, order)["enquiries"] == (1, 0, 0)
    assert codes(ada.sends("POST", "/retention/purge", {"dry_run": "no"})) == {"dry_run": "bool-type"}
    assert rows(office, "enquiry") == {"enquiry": 1}


def test_where_no_source_prints_a_period_records_stay(ida: Holder, ada: Holder, wall: WallClock) -> None:
    wall.at = at("2006-11-25T10:00")
    key = contact(ida, "derbyshire")
    wall.is_set("Wed 10:00")
    report(ada, TIDY)
    assert given(ida, f"/contacts/{key}")["id"] == key
    told = {one["code"]: (one["period"], one["source"]) for one in given(ada, "/retention")["items"]}
    assert told["enquiries"] == ("2 years", "S:45")
    assert told["contacts"] == (None, "no source prints a period")
    assert told["audit"][0] is None


def test_a_deployment_sets_its_periods_and_every_type_goes_whole(brief: Application, wall: WallClock) -> None:
    ida, ada = holder(brief, Role.HANDLER, "Ida Officer"), holder(brief, Role.ADMIN, "Ada Admin")
    before = rows(brief, *(name for name in metadata.tables if name not in ("audit", "key")))
    with brief.database.write() as connection:
        began = {"began_at": wall.now(), "caller": "+442079460640"}
        connection.execute(tables.call.insert().values(sid="CA1", line="devon", rank=0, **began))
        event_row = {"call": "CA1", "leg": "", "sequence": "1", "kind": "step", "at": wall.now()}
        connection.execute(tables.event.insert().values(body={"from": "+442079460640"}, **event_row))
    key = contact(ida, "derbyshire", concern="Alone.", children=[ANN], crime="yes")
    enquires(ida, ANN)
    request = sent(ida, "POST", "/cetr-requests", {"class": "same-day", "details": "?"}, 201)
    waiting = sent(ida, "POST", "/cetr-requests", {"class": "same-day", "details": "?"}, 201)
    sent(ida, "POST", f"/cetr-requests/{request['id']}/answer", {"open": False})
    wall.passes(days=31)
    found = report(ada, TIDY)
    assert {code: found[code][2] for code in ("calls", "contacts", "enquiries", "cetr")} == dict.fromkeys(
        ("calls", "contacts", "enquiries", "cetr"), 1
    )
    assert ida.asks(f"/contacts/{key}").status_code == 404
    assert given(ida, f"/cetr-requests/{waiting['id']}")["state"] == "open"
    left = rows(brief, *before)
    assert {name: left[name] - before[name] for name in before if left[name] != before[name]} == {
        "cetr_request": 1, "task": 1,
    }  # fmt: skip


@pytest.mark.parametrize("on", ["record", "child"])
def test_what_is_held_is_kept_and_counted_and_goes_once_the_hold_is_lifted(
    office: Application, ida: Holder, ada: Holder, wall: WallClock, on: str
) -> None:
    ann, _ = old_enquiries(ida, wall, ANN, BEN)
    body = {"record": ann["id"]} if on == "record" else {"child": ANN}
    hold = sent(ada, "POST", "/legal-holds", body | {"why": "An inquest."}, 201)
    assert (hold["on"], hold["why"]) == (on, "An inquest.")
    assert report(ada, TIDY)["enquiries"] == (2, 1, 1)
    assert given(ida, f"/enquiries/{ann['id']}")["children"][0]["name"] == "Ann Example"
    refused = ada.sends("DELETE", f"/legal-holds/{hold['id']}")
    assert codes(refused) == {"X-Reason": "missing"}
    assert ada.sends("DELETE", f"/legal-holds/{hold['id']}", None, X_Reason="It is over.").status_code == 204
    assert report(ada, TIDY)["enquiries"] == (1, 0, 1)
    assert ada.sends("DELETE", f"/legal-holds/{hold['id']}", None, X_Reason="Again.").status_code == 404
    assert hashes(office) == set()


def test_a_hold_on_a_child_reaches_calls_contacts_and_what_was_made_of_an_enquiry(
    brief: Application, wall: WallClock
) -> None:
    ida, ada = holder(brief, Role.HANDLER, "Ida Officer"), holder(brief, Role.ADMIN, "Ada Admin")
    with brief.database.write() as connection:
        connection.execute(tables.call.insert().values(sid="CA1", line="devon", rank=0, began_at=wall.now()))
    sent(ida, "PUT", "/calls/CA1/contact", {"fields": {"children": [ANN]}})
    enquiry = enquires(ida, ANN)
    other = sent(ida, "POST", f"/enquiries/{enquiry['id']}/referral", {}, 201)["contact"]
    sent(ada, "POST", "/legal-holds", {"child": ANN, "why": "An inquest."}, 201)
    wall.passes(days=31)
    found = report(ada, TIDY)
    assert (found["calls"], found["contacts"], found["enquiries"]) == ((1, 1, 0), (2, 2, 0), (1, 1, 0))
    assert given(ida, f"/contacts/{other}")["id"] == other


def test_a_hold_names_one_thing_that_is_there_and_says_why(office: Application, ada: Holder) -> None:
    for body, field in (
        ({"why": "?"}, "record"),
        ({"why": "?", "record": "CA1", "child": ANN}, "record"),
        ({"why": "?", "record": "nowhere"}, "record"),
        ({"why": "?", "child": {"name": "Ann Example"}}, "child"),
        ({"why": "?", "child": {"name": "Ann Example", "born": "May"}}, "child.born"),
        ({"child": ANN}, "why"),
    ):
        assert set(codes(ada.sends("POST", "/legal-holds", body))) == {field}
    sent(ada, "POST", "/legal-holds", {"child": ANN, "why": "About Ann Example."}, 201)
    auditor = holder(office, Role.AUDITOR)
    assert [(one["on"], one["why"]) for one in given(auditor, "/legal-holds")["items"]] == [("child", "")]
    assert auditor.sends("POST", "/legal-holds", {"child": ANN, "why": "?"}).status_code == 403


def test_every_purge_stands_in_the_trail_which_still_holds_and_names_nobody(
    office: Application, ida: Holder, ada: Holder, wall: WallClock
) -> None:
    old_enquiries(ida, wall, ANN, BEN)
    sent(ada, "POST", "/retention/purge", TIDY | {"why": "The yearly tidying."})
    with office.database.read() as connection:
        trail = connection.execute(tables.audit.select().where(tables.audit.c.kind == "retention")).all()
        assert verdict(connection).flaws == ()
    assert [(row.what, row.slug, row.after["records"], row.why) for row in trail] == [
        ("purge", "enquiries", 2, "The yearly tidying."),
    ]  # fmt: skip


def test_a_crash_between_two_deletions_leaves_whole_records_only(
    office: Application, ida: Holder, wall: WallClock
) -> None:
    old_enquiries(ida, wall, *({"name": f"Child {count}", "born": "2020-01-01"} for count in range(6)))
    seen: list[str] = []

    def power_cut(_: Any, __: Any, statement: str, *___: Any) -> None:
        seen.extend([statement] * statement.startswith("DELETE FROM enquiry "))
        if len(seen) == 2:
            raise InterruptedError(statement)

    event.listen(office.database.engine, "before_cursor_execute", power_cut)
    with pytest.raises(InterruptedError):
        purged(office.database, {}, BY_TEST, wall.now(), batch=2)
    event.remove(office.database.engine, "before_cursor_execute", power_cut)
    assert rows(office, "enquiry", "enquiry_match", "enquiry_step") == dict.fromkeys(
        ("enquiry", "enquiry_match", "enquiry_step"), 4
    )
    assert purged(office.database, {}, BY_TEST, wall.now(), batch=2)[2].purged == 4


def test_a_hold_that_is_made_between_two_batches_counts(office: Application, ida: Holder, wall: WallClock) -> None:
    made = {one["id"] for one in old_enquiries(ida, wall, ANN, BEN)}
    held: list[str] = []

    def with_the_first_batch(connection: Any) -> None:
        left = connection.scalars(select(tables_enquiries.enquiry.c.id)).all()
        if len(left) == 1 and not held:
            held.extend(left)
            row = {"id": "0" * 16, "record": left[0], "sealed": "", "made_at": wall.now(), "made_by": "a test"}
            connection.execute(tables_enquiries.legal_hold.insert().values(**row))

    event.listen(office.database.engine, "commit", with_the_first_batch)
    found = purged(office.database, {}, BY_TEST, wall.now(), batch=1)
    event.remove(office.database.engine, "commit", with_the_first_batch)
    assert found[2].purged == 1
    assert {key for key in made if ida.asks(f"/enquiries/{key}").status_code == 200} == set(held)


def test_a_second_purge_finds_nothing(ida: Holder, ada: Holder, wall: WallClock) -> None:
    old_enquiries(ida, wall, ANN)
    report(ada, TIDY)
    assert set(report(ada, TIDY).values()) == {(0, 0, 0)}


def test_every_table_of_a_record_hangs_on_a_type() -> None:
    """A table that names a record and stands on no shelf would outlive it."""
    shelved = {table.name for one in TYPES for table, _ in ((one.shelf.head, ""), *one.shelf.hanging)}
    rooms = (
        tables_callbacks,
        tables_contacts,
        tables_desk,
        tables_enquiries,
        tables_meetings,
        tables_papers,
        tables_tasks,
    )
    found = (thing for room in rooms for thing in vars(room).values())
    every = {table.name for table in found if isinstance(table, type(tables.call))}
    assert every - shelved == {"legal_hold", "pace", "presence", "chore", "case_entry", "body_switchboard"}


@pytest.mark.parametrize("text", ["calls", "calls=", "calls=2", "audit=1y", "calls=1y,calls=2y", "calls=0d"])
def test_a_period_that_cannot_be_read_is_refused_at_the_start(text: str) -> None:
    with pytest.raises(ConfigError, match="DUTYLINE_RETENTION"):
        retention(text, SETTABLE)


def test_periods_are_set_by_type() -> None:
    assert retention("calls=1y, tasks=90d,", SETTABLE) == {"calls": Period(years=1), "tasks": Period(days=90)}
