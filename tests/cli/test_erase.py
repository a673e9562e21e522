"""Taking a caller's number out of everything that can be reached, and saying what cannot."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import insert, select

from app import Config
from cli.main import dutyline
from store import tables, tables_callbacks
from store.database import Database
from store.drain import drain
from store.journal import JournalFile
from store.tables_enquiries import legal_hold
from tests.store.backups import content
from tests.store.recording import left_behind, step
from tests.telling import at

CALLER, HELD, OTHER = "+442079460999", "CAheld", "+442079460998"
NOON = at("Wed 12:00")


@pytest.fixture
def shell(config: Config, database: Database) -> CliRunner:
    """A shell on a machine that a caller has rung twice; one of the calls is under a legal hold."""
    records = [step(0, call="CAfree", **{"from": CALLER, "to": "+442079460101"}),
               step(1, call="CAfree", said="0 2 0, 7 9 4 6, 0 9 9 9"),
               step(0, call=HELD, **{"from": CALLER, "to": "+442079460101"}),
               step(0, call="CAother", **{"from": OTHER, "to": "+442079460101"})]  # fmt: skip
    config.state.mkdir()
    left_behind(config.state / "journal", records)
    drain(config.state / "journal", database, None)
    hold = {"id": "h1", "record": HELD, "key": None, "sealed": "", "made_at": NOON, "made_by": "tests"}
    with database.write() as connection:
        connection.execute(insert(legal_hold).values(**hold))
    return CliRunner(
        env={
            "DUTYLINE_STATE_DIR": str(config.state),
            "DUTYLINE_DATABASE_URL": config.database_url,
            "DUTYLINE_SECRET_KEY": config.secret,
        }
    )


def everywhere(config: Config) -> bytes:
    rows = b"".join(line for lines in content(config.database_url).values() for line in lines)
    return rows + b"".join(path.read_bytes() for path in (config.state / "journal").rglob("*.journal"))


def test_a_dry_run_says_where_it_is_and_changes_nothing(shell: CliRunner, config: Config) -> None:
    before = everywhere(config)
    result = shell.invoke(dutyline, ["erase", "020 7946 0999", "--dry-run"])
    assert result.exit_code == 0, result.output
    assert "call: 1 would be erased; 1 stays (under a legal hold" in result.output
    assert "dead-1.journal: 3 would be erased." in result.output
    assert "backups: they hold what was there" in result.output
    assert everywhere(config) == before


def test_the_number_goes_from_rows_and_journals_the_call_stays_and_so_does_what_is_held(
    shell: CliRunner, config: Config, database: Database
) -> None:
    result = shell.invoke(dutyline, ["erase", CALLER, "--why", "asked by the person"])
    assert result.exit_code == 0, result.output
    with database.read() as connection:
        callers = {row.sid: row.caller for row in connection.execute(select(tables.call))}
        bodies = {(row.call, row.sequence): str(row.body) for row in connection.execute(select(tables.event))}
        deed = connection.execute(select(tables.audit).order_by(tables.audit.c.sequence.desc())).first()
    assert callers == {"CAfree": None, HELD: CALLER, "CAother": OTHER}
    assert "erased" in bodies["CAfree", "h0"]
    assert "erased" in bodies["CAfree", "h1"]
    assert CALLER in bodies[HELD, "h0"]
    assert deed
    assert (deed.what, deed.why, CALLER in str(deed.after)) == ("erase", "asked by the person", False)
    kept = b"".join(path.read_bytes() for path in (config.state / "journal" / "kept").iterdir())
    assert CALLER.encode() not in kept
    assert OTHER.encode() in kept
    assert drain(config.state / "journal", database, None) == 0


def test_a_call_back_that_is_still_to_be_made_keeps_its_number_and_a_living_workers_journal_is_named(
    shell: CliRunner, config: Config, database: Database
) -> None:
    columns = tables_callbacks.call_back.c
    text = dict.fromkeys(
        ("authority", "line", "body", "about", "sealed", "owner", "outcome", "note", "ended_by", "verified_by"), ""
    )
    moments = dict.fromkeys(("booked_at", "target", "promise", "escalates_at"), NOON)
    plain = {"kind": "plain", "urgency": 0, "booked_by": "x", "readings": [], "withdrawn": False, "number": CALLER}
    with database.write() as connection:
        for key, state in (("open1", "open"), ("done1", "done")):
            row = {**text, **moments, **plain, "id": key, "state": state}
            connection.execute(insert(tables_callbacks.call_back).values(**row))
    living = JournalFile(config.state / "journal")
    living.write(Path(next((config.state / "journal" / "kept").iterdir())).read_bytes())
    result = shell.invoke(dutyline, ["erase", CALLER, "--why", "asked by the person"])
    assert result.exit_code == 0, result.output
    assert "call_back: 1 erased; 1 stays (under a legal hold, or still to be made)" in result.output
    assert "its worker runs: restart Dutyline" in result.output
    with database.read() as connection:
        assert dict(connection.execute(select(columns.id, columns.number)).all()) == {"open1": CALLER, "done1": None}
    living.close()


def test_without_a_reason_nothing_is_erased(shell: CliRunner) -> None:
    assert "say why" in shell.invoke(dutyline, ["erase", CALLER]).output
