"""How is an API key made from a shell?"""

import click

from cli.opened import opened
from routing.clock import SystemClock
from store.keys import Role, create


@click.group(help="Make API keys.")
def command() -> None:
    """The group."""


@command.command("create", help="Make an API key and print it, this once.")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--name", required=True, help="Whose key it is, for the audit trail.")
def create_key(role: str, name: str) -> None:
    """Print one new key."""
    with opened() as here, here.database.write_in_order() as connection:
        _, secret = create(connection, name, Role(role), "command line", SystemClock().now())
    click.echo(secret)
