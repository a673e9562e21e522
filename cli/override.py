"""How is a number put in front of a line when everything else is away? Only the state folder is needed; the rest is told later."""

import getpass
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import click

from app import Config, ConfigError, config_from
from cli.moments import When
from cli.worlds import publication_of
from directory.numbers import Number, number_from
from directory.policy import denial
from directory.problems import sentence
from ivr.moment import World
from ivr.override import LONGEST, Override
from ivr.record import Record
from routing.clock import SystemClock, minute_of
from routing.reasons import clock_time
from store.database import Database
from store.frames import framed
from store.journal import JournalFile
from store.publication import OVERRIDE, Publication

NOW = SystemClock().now()
NOT_YET = (
    "Nothing is published in this state folder yet; start the service once, or name another by DUTYLINE_STATE_DIR."
)


@click.command(
    help="Break glass: ring NUMBER first for every caller of LINE, until a moment. Needs this machine's state folder alone; the "
    "journal, the audit trail and other machines are told when the database is back. Without LINE, list what stands in now."
)
@click.argument("line", required=False, default="")
@click.argument("number", required=False, default="")
@click.option(
    "--until", type=When(NOW), help="Its end, which it must have: 2026-11-27T16:05, or words such as “tomorrow 9:00”."
)
@click.option("--end", is_flag=True, help="End what stands in for LINE now.")
@click.option("--why", default="", help="The reason, for the audit trail.")
def command(line: str, number: str, until: datetime | None, end: bool, why: str) -> None:  # click hands options over so
    """Put it there, end it, or list."""
    try:
        config = config_from(os.environ)
    except ConfigError as problem:
        raise click.ClickException(str(problem)) from problem
    database = Database(config.database_url)
    try:
        _done(
            config, publication_of(config, database), _Asked(line, number, until, end, why[:500], SystemClock().now())
        )
    finally:
        database.close()


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was given on the command line."""

    line: str
    number: str
    until: datetime | None
    ends: bool
    why: str
    now: datetime


def _done(config: Config, publication: Publication, asked: _Asked) -> None:
    world = publication.current()
    if not world.plans.current:
        raise click.ClickException(NOT_YET)
    if not asked.line:
        click.echo("\n".join(_listed(world, asked.now)) or "No number stands in for any line.")
        return
    override = _ended(world, asked) if asked.ends else _begun(world, asked)
    _journalled(config, override)
    publication.override(override)
    click.echo(_told(world, override))


def _listed(world: World, now: datetime) -> Iterator[str]:
    for override in world.overrides.values():
        if override.in_force(now):
            yield f"{override.line}: {override.number.national} until {clock_time(override.until)}, by {override.who}"


def _begun(world: World, asked: _Asked) -> Override:
    problems = list(_problems(world, asked))
    number = number_from(asked.number)
    if problems or asked.until is None or not isinstance(number, Number):
        raise click.ClickException("\n".join(problems))
    return Override(asked.line, number, minute_of(asked.now), asked.until, _who(), asked.why, asked.now)


def _problems(world: World, asked: _Asked) -> Iterator[str]:
    if asked.line not in world.plans.current:
        yield f"There is no line “{asked.line}”; lines are: {', '.join(sorted(world.plans.current))}."
    number = number_from(asked.number)
    if not isinstance(number, Number):
        yield f"NUMBER: {sentence(number, asked.number)}"
    elif number.e164 in world.directory.line_answering:
        yield f"NUMBER: {number.national} is one of our own lines, which would ring itself; name a phone."
    elif refused := denial(number):
        yield f"NUMBER: {sentence(refused, number.national)}"
    if asked.until is None:
        yield "--until: a number never stands in without an end; name one, as “tomorrow 9:00”."
    elif not asked.now < asked.until <= asked.now + LONGEST:
        yield f"--until: {clock_time(asked.until)} is past, or further than {LONGEST.days} days; change the directory for longer."


def _ended(world: World, asked: _Asked) -> Override:
    standing = world.overrides.get(asked.line)
    if standing is None or not standing.in_force(asked.now):
        raise click.ClickException(f"No number stands in for “{asked.line}” now.")
    at = minute_of(asked.now)
    return Override(asked.line, standing.number, at, at, _who(), asked.why, asked.now)


def _who() -> str:
    return f"command line ({getpass.getuser()})"


def _journalled(config: Config, override: Override) -> None:
    """The fact, on the disk before anything rings by it; whoever drains journals makes the audit's row of it."""
    record = Record(
        f"override-{override.line}", "", override.moment.isoformat(), OVERRIDE, override.moment, override.document()
    )
    file = JournalFile(config.state / "journal")
    file.write(framed(record.document()))
    file.close()


def _told(world: World, override: Override) -> str:
    plan = world.plans.by_digest[world.plans.current[override.line]]
    if override.until <= override.since:
        return f"{plan.name}: the number that stood in is taken away; calls go as planned from now on."
    until = clock_time(override.until)
    return (
        f"{plan.name}: {override.number.national} rings first for every caller until {until}; unanswered, calls go on as planned.\n"
        "On other machines: run this there, too, or wait until the database is back."
    )
