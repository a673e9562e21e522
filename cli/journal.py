"""How is the journal moved by hand?"""

import click

from cli.opened import opened
from store.drain import drain


@click.group(help="Look after the journal.")
def command() -> None:
    """The group."""


@command.command("drain", help="Move the journals of dead workers to the database now; the living move their own.")
def drain_now() -> None:
    """Drain and say how much."""
    with opened() as here:
        moved = drain(here.config.state / "journal", here.database, None)
    click.echo(f"Moved {moved} event{'' if moved == 1 else 's'} to the database.")
