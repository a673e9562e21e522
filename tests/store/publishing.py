"""How do the tests change what is in force? One team's number at a time."""

from dataclasses import replace
from pathlib import Path

from sqlalchemy import insert

from app import Config
from directory.model import DutyNumber, Team
from directory.numbers import Number
from directory.snapshot import Kind, written
from ivr.plan import Plan
from ivr.reading import plan_from
from store import tables
from store.bundle import bank_holidays
from store.database import Database
from store.directory import CURRENT, Author, epoch_of, publish, put_plan, version_of, write
from store.publication import Fixed, Publication
from store.published import MOST_CHANGES
from tests.conftest import HOME
from tests.telling import at

MASH = "devon-mash"
ME = Author("a test", "because")
NOON = at("Wed 12:00")


def publication(folder: Path, database: Database, config: Config) -> Publication:
    """Another worker's publication."""
    return Publication(folder, database, Fixed(bank_holidays(config.folders), config.keyed))


def renumbered(team: Team, last: int) -> Team:
    """The team on another number: 020 7946 0 and three digits."""
    return replace(team, duty_numbers=(DutyNumber(Number(f"+442079460{last:03}")),))


def renumber(database: Database, worker: Publication, last: int) -> str:
    """Commit another number for Devon's MASH, as seen by this worker, unpublished; the number."""
    team = renumbered(worker.current().directory.teams[MASH], last)
    with database.write_in_order() as connection:
        write(connection, written(team), version_of(connection, Kind.TEAM, MASH), ME, NOON)
    return team.duty_numbers[0].number.e164


def rung(worker: Publication) -> str:
    """The number of Devon's MASH as a worker has it now."""
    return worker.current().directory.teams[MASH].duty_numbers[0].number.e164


def rung_at_next_call(worker: Publication) -> str:
    """The same as a call begins."""
    return worker.freshest().directory.teams[MASH].duty_numbers[0].number.e164


def changed_plan(opening: str) -> tuple[Plan, str]:
    """Devon's plan with another opening, and its TOML."""
    text = (HOME / "plans" / "devon" / "devon.toml").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("opening ="))
    text = text.replace(line, f'opening = "{opening}"')
    plan = plan_from(text)
    assert isinstance(plan, Plan)
    return plan, text


def put_in_force(database: Database, opening: str) -> Plan:
    """Commit a plan for Devon, unpublished."""
    plan, text = changed_plan(opening)
    with database.write_in_order() as connection:
        put_plan(connection, plan, text, CURRENT, NOON)
    return plan


def years_go_by(database: Database) -> None:
    """So many changes, each of nothing, that the disk's log is folded at the next publishing."""
    with database.write_in_order() as connection:
        first = publish(connection, {"changes": []}, NOON)
        row = {"epoch": epoch_of(connection), "at": NOON, "body": {"changes": []}}
        more = [{**row, "version": first + number} for number in range(1, MOST_CHANGES)]
        connection.execute(insert(tables.change), more)
