"""How is an API key made from a shell?"""

import click

from cli.moments import When
from cli.opened import opened
from routing.clock import LONDON, SystemClock
from store.keys import Role, Terms, create


@click.group(help="Make API keys.")
def command() -> None:
    """The group."""


@command.command("create", help="Make an API key and print it, this once.")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--name", required=True, help="Whose key it is, for the audit trail.")
@click.option("--expires", default="", help="When it stops working; never where not given.")
@click.option("--authority", "authorities", multiple=True, help="Limit changes to this authority (may be repeated).")
@click.option("--team", "teams", multiple=True, help="Limit changes to this team (may be repeated).")
def create_key(role: str, name: str, expires: str, authorities: tuple[str, ...], teams: tuple[str, ...]) -> None:
    """Print one new key."""
    if not name.strip():
        raise click.BadParameter("it is empty; say whose key it is.", param_hint="--name")
    at = SystemClock().now()
    ends = When(at).convert(expires, None, None) if expires else None
    terms = Terms(ends.replace(tzinfo=ends.tzinfo or LONDON) if ends else None, authorities, teams)
    with opened() as here, here.database.write_in_order() as connection:
        _, secret = create(connection, name, Role(role), "command line", at, terms=terms)
    click.echo(secret)
