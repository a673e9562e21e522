"""Taking records away from a shell."""

from collections.abc import Mapping

import pytest
from click.testing import CliRunner

from app import Config
from cli.main import dutyline
from store.audit import Deed
from store.database import Database
from store.enquiries import Enquiry, add, one
from tests.telling import at

ID = "00000000000000e1"
NOBODY = Deed("a handler", "", "enquiry", "", None, None)


@pytest.fixture
def shell(config: Config, database: Database) -> CliRunner:
    """A shell on a machine that holds an enquiry of long ago."""
    made = Enquiry(ID, "sheffield", "", None, "nhs", "care-order", "no", [], "", at("2019-05-31T10:00"), "a handler")
    with database.write_in_order() as connection:
        add(connection, made, {"k" * 43: "child"}, NOBODY)
    settings = {"STATE_DIR": str(config.state), "DATABASE_URL": config.database_url, "SECRET_KEY": config.secret}
    return CliRunner(env={f"DUTYLINE_{name}": value for name, value in settings.items()})


def is_there(database: Database) -> bool:
    with database.read() as connection:
        return one(connection, ID) is not None


def test_a_dry_run_says_what_would_go(shell: CliRunner, database: Database) -> None:
    result = shell.invoke(dutyline, ["purge", "--dry-run"])
    assert result.exit_code == 0
    assert "Enquiries: 1 would go, 0 kept by a legal hold" in result.output
    assert "Calls, with their events, legs and transfers: kept; no period is set." in result.output
    assert is_there(database)


def test_a_purge_takes_it_away_and_says_so(shell: CliRunner, database: Database) -> None:
    result = shell.invoke(dutyline, ["purge"])
    assert "Enquiries: 1 taken away" in result.output
    assert not is_there(database)


@pytest.mark.parametrize(
    ("setting", "word"),
    [({"DUTYLINE_RETENTION": "letters=1y"}, "DUTYLINE_RETENTION"), ({"DUTYLINE_ENQUIRY_UNIT": "street"}, "street")],
)
def test_settings_that_cannot_be_used_are_named(shell: CliRunner, setting: Mapping[str, str], word: str) -> None:
    result = shell.invoke(dutyline, ["purge"], env=dict(setting))
    assert result.exit_code == 1
    assert word in result.output
