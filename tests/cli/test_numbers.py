"""Which duty numbers would be called, from a shell: a dry run, with the reasons, and no call."""

import json

import pytest
from click.testing import CliRunner

from app import Config
from cli.main import dutyline
from ivr.testable import BY_NIGHT
from store import number_tests
from store.database import Database
from store.number_tests import Choice, NumberTest, Standing
from tests.telling import at

TEAM, NUMBER = "devon-ir-north", "+441392388481"
NOW = at("Wed 10:00")


@pytest.fixture
def shell(config: Config, database: Database) -> CliRunner:
    """A shell on a machine where one team's number is tested, and does not answer."""
    with database.write() as connection:
        number_tests.choose(connection, Choice(TEAM, tests=True))
        number_tests.takes_the_minute(connection, NOW)
        number_tests.begin(connection, NumberTest("t" * 16, NUMBER, TEAM, NOW), NOW)
        number_tests.ends(connection, "t" * 16, "no answer", NOW)
        number_tests.stands(connection, Standing(NUMBER, NOW, 2, 0, NOW, "no answer", NOW))
    settings = {"STATE_DIR": str(config.state), "DATABASE_URL": config.database_url, "SECRET_KEY": config.secret}
    return CliRunner(env={f"DUTYLINE_{name}": value for name, value in settings.items()})


def test_every_number_is_listed_with_its_time_or_the_reason_against_it(shell: CliRunner) -> None:
    lines = shell.invoke(dutyline, ["numbers"]).output.splitlines()
    assert f"devon-edt, 0345 600 0388: {BY_NIGHT}." in lines
    (mine,) = [line for line in lines if line.startswith(f"{TEAM}, 01392 388481: ")]
    assert mine.endswith("DOES NOT ANSWER.")
    team = shell.invoke(dutyline, ["numbers", "--team", TEAM]).output
    assert "Wed 25 Nov 2026 10:00, 01392 388481: No answer." in team
    told = json.loads(shell.invoke(dutyline, ["numbers", "--team", TEAM, "--json"]).output)
    assert [(row["state"], row["flagged"]) for row in told["numbers"]] == [("waits", True)]
    assert shell.invoke(dutyline, ["numbers", "--team", "nobody"]).exit_code == 1
