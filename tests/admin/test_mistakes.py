"""What if somebody empties the directory, or writes nonsense over it, by mistake? Calls go on as they were, and it can be taken back."""

import csv
import io
from collections.abc import Iterator

import pytest
from sqlalchemy import delete

from app import Application, Config, build, prepare
from directory.snapshot import Snapshot
from store import tables
from store.tables_drafts import plan_version
from tests.admin.desk_client import CLOCK, Holder, dials
from tests.admin.sending import exported, sends_file, sent_twice
from tests.store.recording import rows

DEVON = "+442079460101"
EMPTIED = (tables.entry, tables.change, tables.plan, plan_version)
FILES = ("teams.csv", "people.csv", "roles.csv")


def rings_as_ever(application: Application) -> None:
    dials(application, DEVON).presses("2").presses("1").presses("1").rings("01392 388481")


def emptied(application: Application) -> None:
    """As somebody does it who is in the wrong database."""
    with application.database.write() as connection:
        for table in EMPTIED:
            connection.execute(delete(table))


@pytest.fixture
def again() -> Iterator[list[Application]]:
    """Room for the applications that are started after this one."""
    started: list[Application] = []
    yield started
    for one in started:
        one.close()


def test_everything_deleted_by_sql_changes_no_call_not_even_after_a_start(
    application: Application, config: Config, again: list[Application]
) -> None:
    rings_as_ever(application)
    emptied(application)
    rings_as_ever(application)
    (told,) = prepare(config, CLOCK)
    assert "nothing was loaded" in told
    assert rows(application.database, tables.entry) == []
    again.append(build(config, CLOCK))
    rings_as_ever(again[0])
    rings_as_ever(application)


def test_a_machine_that_never_published_loads_what_is_bundled(config: Config, application: Application) -> None:
    emptied(application)
    for path in (config.state / "published").glob("*"):
        if path.is_file():
            path.unlink()
    assert prepare(config, CLOCK)[0].startswith("Loaded ")


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("content", ["", "\n\n", "﻿", ",,,,\n"])
def test_an_empty_file_writes_nothing(admin: Holder, name: str, content: str) -> None:
    before = exported(admin, name)
    assert sends_file(admin, content, "?replace=true").status_code == 422
    assert exported(admin, name) == before


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_headings_alone_is_asked_about_and_never_takes_what_a_plan_needs(admin: Holder, name: str) -> None:
    before = exported(admin, name)
    heading = before.decode().partition("\n")[0] + "\n"
    doubt = sends_file(admin, heading, "?replace=true")
    assert doubt.status_code in (409, 422), doubt.get_json()
    assert exported(admin, name) == before
    if name == "teams.csv":
        assert {error["code"] for error in doubt.get_json()["errors"]} >= {"referred"}


def shifted(content: bytes, by: int) -> str:
    """Every cell so many columns further; the headings stay."""
    heading, *lines = csv.reader(io.StringIO(content.decode()))
    made = io.StringIO()
    csv.writer(made).writerows([heading, *([*line[-by:], *line[:-by]] for line in lines)])
    return made.getvalue()


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("by", [1, 2, 3, 5])
def test_a_file_whose_columns_have_slipped_is_refused_row_by_row(
    application: Application, admin: Holder, name: str, by: int
) -> None:
    before = exported(admin, name)
    for query in ("?", "?replace=true"):
        reply = sends_file(admin, shifted(before, by), query)
        assert reply.status_code == 422, reply.get_json()
        assert len(reply.get_json()["errors"]) > 1
    assert exported(admin, name) == before
    rings_as_ever(application)


def test_many_rows_are_asked_about_and_taken_back_in_one_step(application: Application, admin: Holder) -> None:
    before = exported(admin, "teams.csv")
    wrong = before.decode().replace("01392 38", "01392 39")
    assert sent_twice(admin, wrong).status_code == 200
    assert exported(admin, "teams.csv") != before
    newest = admin.asks("/audit?limit=1").get_json()["items"][0]["sequence"]
    assert admin.sends("POST", f"/audit/{newest}/undo", {"why": "the wrong exchange"}).status_code == 200
    assert exported(admin, "teams.csv") == before
    rings_as_ever(application)


def test_the_snapshot_keeps_the_floor_of_every_line(application: Application) -> None:
    """Whoever is rung in the last resort and at night cannot be removed while a plan names them."""
    here: Snapshot = application.publication.current().directory
    plans = application.publication.current().plans
    for plan in (plan for plan in map(plans.of_line, plans.current) if plan):
        for slug in (*plan.last_resort, *((plan.night_team,) if plan.night_team else ())):
            assert slug in here.teams, (plan.line, slug)
