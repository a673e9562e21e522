"""What does a start load, the first time and later?"""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import delete

from app import Config
from directory.model import Role
from directory.snapshot import written
from ivr.reading import plan_from
from store import tables
from store.bundle import Bundle, BundleError, bundle
from store.database import Database
from store.directory import Author, write
from store.loading import load
from tests.conftest import HOME
from tests.store.publishing import MASH, NOON, changed_plan, publication, renumber, rung
from tests.store.recording import rows

OPENING = "Devon, with another opening."


@pytest.fixture
def edited(config: Config, tmp_path: Path) -> tuple[Path, ...]:
    """The folders with another opening of Devon's plan, and another number of Devon's MASH."""
    shutil.copytree(HOME / "plans", tmp_path / "plans")
    (tmp_path / "plans" / "devon" / "devon.toml").write_text(changed_plan(OPENING)[1])
    teams = tmp_path / "plans" / "devon" / "teams.csv"
    teams.write_text(teams.read_text().replace("345 155 1071", "020 7946 0701").replace("03451551071", "02079460701"))
    return (tmp_path / "plans", *config.folders[1:])


def loaded(database: Database, found: Bundle) -> tuple[str, ...]:
    """What a load says that it did."""
    with database.write_in_order() as connection:
        return load(connection, found, NOON)


def states(database: Database) -> dict[str, tuple[str, str]]:
    """Line and state of each plan."""
    return {row["digest"]: (row["line"], row["state"]) for row in rows(database, tables.plan)}


def test_the_first_load_has_every_entry_and_plan_and_one_line_of_the_audit(database: Database, config: Config) -> None:
    found = bundle(config.folders)
    assert len(rows(database, tables.entry)) == len(list(found.directory.entries())) > 50
    assert {row["version"] for row in rows(database, tables.entry)} == {1}
    assert states(database) == {plan.digest: (plan.line, "current") for plan, _ in found.plans}
    assert [row["what"] for row in rows(database, tables.audit)] == ["load"]


def test_a_second_load_of_the_same_folders_changes_nothing(database: Database, config: Config) -> None:
    every = (tables.entry, tables.plan, tables.change, tables.audit)
    before = [rows(database, table) for table in every]
    assert loaded(database, bundle(config.folders)) == ()
    assert [rows(database, table) for table in every] == before


def test_a_changed_plan_file_becomes_a_proposal_and_is_not_in_force(
    database: Database, config: Config, tmp_path: Path, edited: tuple[Path, ...]
) -> None:
    worker = publication(tmp_path / "published", database, config)
    in_force = worker.publish().plans.current["devon"]
    plan, text = changed_plan(OPENING)
    (said,) = loaded(database, bundle(edited))
    assert "devon" in said
    assert plan.digest in said
    assert states(database)[plan.digest] == ("devon", "proposed")
    assert states(database)[in_force] == ("devon", "current")
    assert worker.publish().plans.current["devon"] == in_force
    assert not worker.behind()
    kept = next(row["text"] for row in rows(database, tables.plan) if row["digest"] == plan.digest)
    assert kept == text
    assert getattr(plan_from(kept), "digest", "") == plan.digest
    assert [row["what"] for row in rows(database, tables.audit)] == ["load", "propose"]


def test_roles_that_came_after_the_first_load_are_told_of_and_not_written(database: Database, config: Config) -> None:
    with database.write_in_order() as connection:
        connection.execute(delete(tables.entry).where(tables.entry.c.kind == "role"))
    before = rows(database, tables.entry)
    (said,) = loaded(database, bundle(config.folders))
    assert said.startswith(f"The folders name {len(bundle(config.folders).directory.roles)} roles")
    assert rows(database, tables.entry) == before
    role = written(Role("derby-team-manager", "Team Manager", "derby"))
    with database.write_in_order() as connection:
        write(connection, role, None, Author("tests"), NOON)
    assert loaded(database, bundle(config.folders)) == ()


def test_a_proposal_is_made_once(database: Database, edited: tuple[Path, ...]) -> None:
    assert len(loaded(database, bundle(edited))) == 1
    assert loaded(database, bundle(edited)) == ()


def test_a_changed_directory_file_changes_nothing(
    database: Database, config: Config, tmp_path: Path, edited: tuple[Path, ...]
) -> None:
    before = rows(database, tables.entry)
    numbers = {duty.number.e164 for duty in bundle(edited).directory.teams[MASH].duty_numbers}
    assert numbers == {"+442079460701"}
    loaded(database, bundle(edited))
    assert rows(database, tables.entry) == before
    worker = publication(tmp_path / "published", database, config)
    worker.publish()
    assert rung(worker) == "+443451551071"


def test_what_was_changed_in_the_database_outlives_a_load(database: Database, config: Config, tmp_path: Path) -> None:
    worker = publication(tmp_path / "published", database, config)
    worker.publish()
    number = renumber(database, worker, 701)
    loaded(database, bundle(config.folders))
    worker.publish()
    assert rung(worker) == number


def test_folders_that_cannot_be_read_are_refused_with_every_problem_at_once(edited: tuple[Path, ...]) -> None:
    (edited[0] / "devon" / "devon.toml").write_text("line = ")
    (edited[0] / "derby" / "derby.toml").write_text('line = "derby"')
    with pytest.raises(BundleError) as refused:
        bundle(edited)
    assert "devon.toml" in str(refused.value)
    assert "derby.toml" in str(refused.value)
