"""How is an API key made from a shell?"""

import os

import click

from app import ConfigError, config_from
from routing.clock import SystemClock
from store.database import AWAY, Database
from store.keys import Role, create
from store.migrate import migrate


@click.group(help="Make API keys.")
def command() -> None:
    """The group."""


@command.command("create", help="Make an API key and print it, this once.")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--name", required=True, help="Whose key it is, for the audit trail.")
def create_key(role: str, name: str) -> None:
    """Print one new key."""
    try:
        config = config_from(os.environ)
        database = Database(config.database_url)
        migrate(database, config.state)
        with database.write_in_order() as connection:
            _, secret = create(connection, name, Role(role), "command line", SystemClock().now())
    except ConfigError as problem:
        raise click.ClickException(str(problem)) from problem
    except AWAY as fault:
        raise click.ClickException("The database is away; try again when it answers.") from fault
    click.echo(secret)
