"""Which sheet of paper goes into the drawer, as text for a printer; and the file that belongs to it?"""

import os
from collections.abc import Iterable, Iterator

import click

from admin.paper_pack import PaperPack, Period, Phone, Printed, TeamPart, paper_pack, teams_file
from app import ConfigError, config_from
from cli.worlds import world_here
from directory.model import Authority
from ivr.moment import World
from routing.clock import SystemClock
from routing.ladder import Rung
from routing.reasons import clock_time
from store.bundle import BundleError

FIRST = "IF A CHILD IS IN DANGER NOW: DIAL 999, FIRST. Say where the child is, what is happening, and your own number."
NOBODY, LEFT_OUT = "nobody can be rung; in danger: 999", "number left out"


@click.command(help="Print who to ring for AUTHORITY now, tonight, this weekend and on each coming bank holiday.")
@click.argument("authority")
@click.option("--csv", "as_file", is_flag=True, help="Print the file of its teams instead, as “import” reads it.")
@click.option("--own", is_flag=True, help="Print workers' own phones too, where they hold duty.")
def command(authority: str, as_file: bool, own: bool) -> None:  # click hands options over so
    """The sheet, or its file."""
    try:
        world = world_here(config_from(os.environ))
    except (ConfigError, BundleError) as problem:
        raise click.ClickException(str(problem)) from problem
    found = _authority(world, authority)
    if as_file:
        click.echo(teams_file(world, found), nl=False)
    else:
        click.echo("\n".join(sheet(paper_pack(world, found, SystemClock().now(), _printed(own=own)))))


def _authority(world: World, slug: str) -> Authority:
    known = world.directory.authorities
    if slug not in known:
        raise click.ClickException(f"There is no authority “{slug}”; there are: {', '.join(sorted(known))}.")
    return known[slug]


def _printed(*, own: bool) -> Printed:
    def printed(rung: Rung) -> str:
        return rung.number.number.national if own or not rung.is_personal else ""

    return printed


def sheet(pack: PaperPack) -> Iterator[str]:
    """The sheet, line by line."""
    yield f"WHO TO RING: {pack.authority.name}"
    yield f"Printed {clock_time(pack.at)}. Good until {clock_time(pack.good_until)}: after that, print it again."
    yield f"\n{FIRST}"
    for line in pack.lines:
        answers = f", which callers dial on {', '.join(line.answers)}" if line.answers else ""
        yield f"\n{line.name}{answers}"
        yield from _periods(line.periods, "  ")
    if pack.teams:
        yield "\nTeams in office hours; at other times ring as for the line"
        for team in pack.teams:
            yield f"  {team.name}: {_day(team)}"
            yield from _periods(team.otherwise, "    ")
    yield f"\n{made(pack)}"


def made(pack: PaperPack) -> str:
    """From what a sheet was made."""
    plans = ", ".join(f"{name} {digest}" for name, digest in pack.plans)
    return f"Version {pack.version} of the directory; plans {plans}; file of teams, SHA-256 beginning {pack.digest}."


def _periods(periods: Iterable[Period], indent: str) -> Iterator[str]:
    for period in periods:
        yield from (f"{indent}{title}" for title in period.titles)
        for span in period.spans:
            hours = f"{clock_time(span.since)} until {clock_time(span.until)}: " if len(period.spans) > 1 else ""
            yield f"{indent}  {hours}{'; then '.join(map(_told, span.phones)) or NOBODY}"


def _day(team: TeamPart) -> str:
    if team.day:
        return ", ".join(phone.number or LEFT_OUT for phone in team.day)
    return f"no number{f'; ring {_told(team.instead[0])}' if team.instead else ''}"


def _told(phone: Phone) -> str:
    return f"{phone.who} {phone.number or LEFT_OUT}"
