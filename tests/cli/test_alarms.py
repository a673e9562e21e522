"""What do a shell and monitoring learn of alarms?"""

from datetime import timedelta

import pytest
from click.testing import CliRunner

from app import Config
from cli.main import dutyline
from ivr.alarms import Alarming, alarm
from routing.clock import SystemClock
from store import alarms
from store.audit import Deed
from store.database import Database

LOW = alarm(Alarming.BALANCE_LOW, "", "3.20 GBP are left.")


def shell(config: Config, url: str = "") -> CliRunner:
    settings = {
        "STATE_DIR": str(config.state),
        "DATABASE_URL": url or config.database_url,
        "SECRET_KEY": config.secret,
    }
    return CliRunner(env={f"DUTYLINE_{name}": value for name, value in settings.items()})


def test_nothing_amiss_is_0(config: Config, database: Database) -> None:
    assert isinstance(database, Database)
    result = shell(config).invoke(dutyline, ["alarms"])
    assert (result.exit_code, result.output) == (0, "Nothing is amiss.\n")


def test_an_alarm_is_2_until_somebody_acknowledges_it_and_is_listed_when_it_is_over(
    config: Config, database: Database
) -> None:
    now = SystemClock().now()
    with database.write_in_order() as connection:
        alarms.raised(connection, [LOW], now)
    result = shell(config).invoke(dutyline, ["alarms"])
    assert (result.exit_code, f"ALARM    {LOW.words} 3.20 GBP are left. Since" in result.output) == (2, True)
    with database.write_in_order() as connection:
        deed = Deed("Ada Admin", "", "", "", None, None, "topped up on Monday")
        alarms.acknowledge(connection, alarms.standing(connection)[0], now + timedelta(days=1), deed, now)
    result = shell(config).invoke(dutyline, ["alarms"])
    assert (result.exit_code, "by Ada Admin" in result.output) == (0, True)
    with database.write() as connection:
        alarms.settled(connection, (Alarming.BALANCE_LOW,), (), now)
    assert "over     The telephone account" in shell(config).invoke(dutyline, ["alarms", "--over"]).output


@pytest.mark.usefixtures("database")
def test_a_database_that_does_not_tell_is_3(config: Config) -> None:
    nowhere = "postgresql+psycopg://nobody@127.0.0.1:1/nothing"
    assert shell(config, nowhere).invoke(dutyline, ["alarms"]).exit_code == 3
