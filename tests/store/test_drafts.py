"""Are drafts kept until somebody publishes them, and is it known afterwards what was in force when, and by whom?"""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command

from app import Config
from ivr.plan import Plan
from ivr.reading import plan_from
from store import drafts, tables
from store.bundle import bundle
from store.database import Database
from store.directory import PROPOSED, Author, StaleError, put_plan
from store.drafts import Draft, EndedError, NewDraft
from store.loading import FILES, load_from
from store.migrate import configuration, migrate
from store.plans import bring_into_force, current_digest, history, in_force, text_of
from tests.conftest import HOME
from tests.store.publishing import ME, NOON, changed_plan, publication
from tests.store.recording import rows

OTHER = Author("Olga Other", "another reason")


def begun(database: Database, opening: str = "Another opening.") -> Draft:
    """A draft of Devon's plan."""
    with database.write_in_order() as connection:
        new = NewDraft("plan", "devon", "devon", "Opening", {"text": changed_plan(opening)[1]}, "0" * 12, "me", "trial")
        found = drafts.one(connection, drafts.begin(connection, new, NOON))
    assert found
    return found


def again(database: Database, draft: Draft) -> Draft:
    """The draft as it stands now."""
    with database.read() as connection:
        found = drafts.one(connection, draft.id)
    assert found
    return found


def test_a_draft_is_rewritten_by_whoever_saw_it_last(database: Database) -> None:
    draft = begun(database)
    with database.write_in_order() as connection:
        assert drafts.rewrite(connection, draft.id, {"text": "x"}, 1, OTHER, NOON, base="1" * 12) == 2
    found = again(database, draft)
    assert (found.text, found.version, found.who, found.base) == ("x", 2, "Olga Other", "1" * 12)
    with pytest.raises(StaleError), database.write_in_order() as connection:
        drafts.rewrite(connection, draft.id, {"text": "y"}, 1, ME, NOON)
    assert again(database, draft).text == "x"


def test_a_draft_is_due_when_its_moment_has_come_and_open_again_once_it_is_rewritten(database: Database) -> None:
    draft, later = begun(database), NOON + timedelta(hours=1)
    with database.write_in_order() as connection:
        drafts.schedule(connection, draft.id, later, 1, OTHER, NOON)
        assert drafts.due(connection, NOON) == []
        assert [one.author for one in drafts.due(connection, later)] == [OTHER]
        drafts.rewrite(connection, draft.id, {"text": "x"}, 2, ME, NOON)
        assert drafts.due(connection, later) == []
    assert (again(database, draft).state, again(database, draft).publish_at) == ("open", None)


def test_what_has_ended_is_changed_no_more_and_listed_only_where_it_is_asked_for(database: Database) -> None:
    draft, other = begun(database), begun(database)
    with database.write_in_order() as connection:
        drafts.drop(connection, draft.id, 1, ME, NOON)
        drafts.refuse(connection, other.id, "the base has moved on", 1, ME, NOON)
    with pytest.raises(EndedError), database.write_in_order() as connection:
        drafts.publish(connection, draft.id, 2, ME, NOON)
    with database.read() as connection:
        assert [(one.id, one.told) for one in drafts.every(connection, line="devon")] == [
            (other.id, "the base has moved on")
        ]
        assert drafts.every(connection, kind="directory") == []
        assert [one.id for one in drafts.every(connection, states=("dropped",))] == [draft.id]


def test_every_change_of_a_draft_is_one_line_of_the_audit_that_does_not_repeat_its_text(database: Database) -> None:
    draft = begun(database)
    with database.write_in_order() as connection:
        drafts.schedule(connection, draft.id, NOON, 1, OTHER, NOON)
        drafts.publish(connection, draft.id, 2, OTHER, NOON)
    deeds = [row for row in rows(database, tables.audit) if row["kind"] == "draft"]
    assert [(row["what"], row["who"], row["slug"]) for row in deeds] == [
        ("begin", "me", draft.id), ("schedule", "Olga Other", draft.id), ("publish", "Olga Other", draft.id),
    ]  # fmt: skip
    assert "Another opening." not in str(deeds)


def test_a_plan_comes_into_force_with_its_author_the_audit_and_the_log_at_once(
    database: Database, config: Config, tmp_path: Path
) -> None:
    worker = publication(tmp_path / "published", database, config)
    before = worker.publish().plans.current["devon"]
    plan, text = changed_plan("Another opening.")
    with database.write_in_order() as connection:
        bring_into_force(connection, plan, text, OTHER, NOON)
    assert worker.publish().plans.current["devon"] == plan.digest
    deed = rows(database, tables.audit)[-1]
    assert (deed["what"], deed["kind"], deed["slug"], deed["why"]) == ("publish", "plan", "devon", "another reason")
    assert (deed["before"], deed["after"]) == ({"digest": before}, {"digest": plan.digest})
    assert rows(database, tables.change)[-1]["body"]["audit"]["sequence"] == deed["sequence"]
    with database.read() as connection:
        assert [(one.digest, one.state, one.who) for one in history(connection, "devon")] == [
            (plan.digest, "current", "Olga Other"), (before, "replaced", "first load"),
        ]  # fmt: skip


def test_a_plan_that_returns_stands_twice_in_the_history(database: Database) -> None:
    plan, text = changed_plan("Another opening.")
    with database.write_in_order() as connection:
        (first,) = history(connection, "devon")
        old = plan_from(text_of(connection, first.digest) or "")
        assert isinstance(old, Plan)
        bring_into_force(connection, plan, text, OTHER, NOON)
        bring_into_force(connection, old, first.text, ME, NOON, "roll back")
    with database.read() as connection:
        assert [one.state for one in history(connection, "devon")] == ["current", "replaced", "replaced"]
        assert current_digest(connection, "devon") == old.digest
        assert in_force(connection)["devon"].who == ME.who
        assert len(in_force(connection)) == len(bundle((HOME / "plans",)).plans)


@pytest.fixture
def folders(config: Config, tmp_path: Path) -> tuple[Path, ...]:
    """The folders, Devon's plan to be edited."""
    shutil.copytree(HOME / "plans", tmp_path / "plans")
    return (tmp_path / "plans", *config.folders[1:])


def test_a_changed_file_is_a_draft_of_the_files_and_the_next_change_of_it_takes_its_place(
    database: Database, folders: tuple[Path, ...]
) -> None:
    for opening in ("First edit.", "Second edit."):
        (folders[0] / "devon" / "devon.toml").write_text(changed_plan(opening)[1])
        with database.write_in_order() as connection:
            load_from(connection, folders, NOON)
    with database.read() as connection:
        (found,) = drafts.every(connection, line="devon")
        assert (found.who, found.authority, found.text) == (FILES, "devon", changed_plan("Second edit.")[1])
        assert found.base == current_digest(connection, "devon")
        assert len(drafts.every(connection, states=("dropped",))) == 1


def test_an_older_database_keeps_its_history_and_its_proposals(database: Database, config: Config) -> None:
    plan, text = changed_plan("Proposed long ago.")
    with database.write_in_order() as connection:
        put_plan(connection, plan, text, PROPOSED, NOON)
        before = history(connection, "devon")
    with database.engine.connect() as connection:
        command.downgrade(configuration(connection), "0016")
        connection.commit()
    migrate(database, config.state)
    with database.read() as connection:
        assert history(connection, "devon") == before
        (found,) = drafts.every(connection)
    assert (found.id, found.text, found.base, found.who) == (plan.digest, text, before[0].digest, FILES)
