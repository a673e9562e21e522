"""Is the audit trail as it was written?"""

import click

from cli.opened import opened
from store.anchors import NAME, note, seen
from store.chain import verdict

HELP = "Find any row that was altered, removed or moved; exit 1 with its number."


@click.group(help="Look after the audit trail.")
def command() -> None:
    """The group."""


@command.command("verify", help=HELP)
def verify() -> None:
    """Judge the trail against itself, and against where it ended at earlier looks."""
    with opened() as here:
        path = here.config.state / NAME
        with here.database.read() as connection:
            found = verdict(connection, seen(path))
    for flaw in found.flaws:
        click.echo(flaw.sentence)
    if found.flaws:
        raise click.ClickException(f"The audit trail does not hold at row {found.flaws[0].sequence}.")
    note(path, found.head)
    click.echo(f"The audit trail holds: {found.rows} rows, the last is {found.head.sequence} with {found.head.hash}.")
