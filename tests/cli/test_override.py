"""Can a number be put in front of a line while the database is away?"""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app import Config
from cli.main import dutyline
from directory.numbers import Number
from routing.clock import SystemClock, minute_of
from store import tables
from store.database import Database
from store.drain import drain
from tests.store.publishing import publication
from tests.store.recording import away_url

NUMBER = "020 7946 0300"


@pytest.fixture
def shell(config: Config, database: Database, tmp_path: Path) -> CliRunner:
    """A shell on a machine that has published, and whose database does not answer any more."""
    publication(config.state / "published", database, config).publish()
    url = away_url(database, tmp_path)
    settings = {"STATE_DIR": str(config.state), "DATABASE_URL": url, "SECRET_KEY": config.secret}
    return CliRunner(env={f"DUTYLINE_{name}": value for name, value in settings.items()})


def told(shell: CliRunner, *words: str) -> Result:
    return shell.invoke(dutyline, ["override", *words])


def test_it_stands_in_at_once_and_the_audit_trail_hears_of_it_later(
    shell: CliRunner, config: Config, database: Database
) -> None:
    assert told(shell).output == "No number stands in for any line.\n"
    result = told(shell, "devon", NUMBER, "--until", "tomorrow 9:00", "--why", "storm")
    assert (result.exit_code, "rings first for every caller until" in result.output) == (0, True), result.output
    assert publication(config.state / "published", database, config).current().overrides["devon"].number == Number(
        "+442079460300"
    )
    assert f"devon: {NUMBER} until" in told(shell).output
    assert "taken away" in told(shell, "devon", "--end").output
    assert told(shell).output == "No number stands in for any line.\n"
    assert told(shell, "devon", "--end").exit_code == 1
    drain(config.state / "journal", database, None)
    with database.read() as connection:
        deeds = [row for row in connection.execute(tables.audit.select()) if row.what == "override"]
    assert sorted((deed.slug, deed.why) for deed in deeds) == [("devon", ""), ("devon", "storm")]


def test_every_problem_is_told_at_once(shell: CliRunner) -> None:
    result = told(shell, "narnia", "999", "--until", "2020-01-01T10:00")
    assert result.exit_code == 1
    for words in ("no line “narnia”", "“999” is a short code", "is past, or further than 31 days"):
        assert words in result.output


@pytest.mark.parametrize(
    ("number", "words"),
    [("020 7946 0101", "one of our own lines"), ("0909 879 0000", "premium"), ("", "no number is given")],
)
def test_a_number_that_may_not_be_rung_is_refused(shell: CliRunner, number: str, words: str) -> None:
    assert words in told(shell, "devon", number, "--until", "tomorrow 9:00").output


def test_an_end_is_asked_for(shell: CliRunner) -> None:
    assert "never stands in without an end" in told(shell, "devon", NUMBER).output


def test_the_next_caller_is_helped_and_the_last_word_of_a_minute_holds(
    shell: CliRunner, config: Config, database: Database
) -> None:
    """What a call meets depends on its minute alone, and so does a number that is put in front of it."""
    for words in ((NUMBER, "--until", "tomorrow 9:00"), ("--end",), ("020 7946 0301", "--until", "tomorrow 9:00")):
        assert told(shell, "devon", *words).exit_code == 0
    drain(config.state / "journal", database, None)
    here = publication(config.state / "published", database, config).current().overrides["devon"]
    assert (here.number, here.in_force(minute_of(SystemClock().now()))) == (Number("+442079460301"), True)
    with database.read() as connection:
        deeds = [row for row in connection.execute(tables.audit.select()) if row.what == "override"]
    assert len(deeds) == 3
