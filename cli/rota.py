"""How is a team's rota read in from a calendar file, and written as one?"""

from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import click

from cli.opened import Opened, opened
from cli.worlds import publication_of
from directory.holders import Holders
from directory.ics import Wall, read_ics
from directory.ics_export import ics_of
from directory.model import Shift, Team
from directory.numbers import Number
from directory.rota import Rota, difference, gaps
from directory.snapshot import Snapshot, written
from routing.clock import LONDON, SystemClock
from routing.reasons import clock_time
from routing.wording import hour_from
from store.calls import log_version
from store.directory import Author, versions_of, write

AHEAD = timedelta(days=28)
BUSY = "Somebody has changed the directory at this moment; nothing was written. Try again."


class Hour(click.ParamType[time]):
    """A time of the day."""

    name = "hour"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> time:
        """The time, or a sentence that says how to write one."""
        found = hour_from(str(value))
        if found is None:
            self.fail(f"“{value}” is not a time of the day; write it as 17:00.", param, ctx)
        return found


@click.group(help="Read a team's rota in, or write it out.")
def command() -> None:
    """The group."""


@command.command("import", help="Read the calendar FILE (.ics) in as the rota of TEAM; it takes the old one's place.")
@click.argument("team")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option("--handover", type=Hour(), default="00:00", help="When days without a time are handed over, as 17:00.")
@click.option("--why", default="", help="The reason, for the audit trail.")
def import_rota(team: str, file: Path, dry_run: bool, handover: time, why: str) -> None:  # click hands options over so
    """Show what changes, and write it unless it is a rehearsal."""
    with opened() as here:
        publication = publication_of(here.config, here.database)
        directory = publication.publish().directory
        there = _team(team, directory)
        rota = _read(file, there, directory, handover)
        click.echo("\n".join(_shown(there, rota, directory)))
        if rota == there.rota or dry_run:
            return
        _write(here, replace(there, rota=rota), directory, why or f"import of {file.name}")
        publication.publish()
        click.echo(f"Written: the rota of {there.name}, used from the next call on.")


@command.command("export", help="Write the rota of TEAM as a calendar (.ics).")
@click.argument("team")
def export_rota(team: str) -> None:
    """Print one rota."""
    with opened() as here:
        directory = publication_of(here.config, here.database).publish().directory
        click.echo(ics_of(_team(team, directory), directory), nl=False)


def _team(slug: str, directory: Snapshot) -> Team:
    found = directory.teams.get(slug)
    if found is None:
        raise click.ClickException(f"There is no team “{slug}”; “dutyline export teams” lists every slug.")
    return found


def _read(file: Path, team: Team, directory: Snapshot, handover: time) -> Rota:
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise click.ClickException(f"{file.name} is not UTF-8; export the calendar anew.") from fault
    found = read_ics(text, Holders(team, directory), Wall(LONDON, handover))
    if found.problems:
        problems = "\n".join(f"  {problem.sentence}" for problem in found.problems)
        raise click.ClickException(f"Nothing was written; {file.name} has problems:\n{problems}")
    return found.shifts


def _shown(team: Team, rota: Rota, directory: Snapshot) -> list[str]:
    changed, now = difference(team.rota, rota), SystemClock().now()
    lines = [f"  remove {_turn(shift, directory)}" for shift in changed.removed]
    lines += [f"  add    {_turn(shift, directory)}" for shift in changed.added]
    lines += [f"  nobody from {clock_time(gap.since)} until {clock_time(gap.until)}: the standing numbers ring"
              for gap in gaps(rota, now, now + AHEAD)]  # fmt: skip
    return lines if changed.added or changed.removed else ["Nothing would change.", *lines]


def _turn(shift: Shift, directory: Snapshot) -> str:
    person = None if isinstance(shift.who, Number) else directory.people.get(shift.who)
    who = shift.who.national if isinstance(shift.who, Number) else person.name if person else shift.who
    return f"{clock_time(shift.since)} until {clock_time(shift.until)}: {who}"


def _write(here: Opened, team: Team, seen: Snapshot, why: str) -> None:
    change = written(team)
    with here.database.write_in_order() as connection:
        if log_version(connection) != seen.version:
            raise click.ClickException(BUSY)
        expected = versions_of(connection, change.kind).get(team.slug)
        write(connection, change, expected, Author("command line", why), SystemClock().now())
