"""How is the directory written as a file?"""

import os

import click

from app import ConfigError, config_from
from cli.worlds import world_here
from directory.exporting import people_csv, teams_csv
from store.bundle import BundleError

KINDS = {"teams": teams_csv, "people": people_csv}


@click.command(help="Write the directory's KIND (teams or people) as CSV, in the form that “import” reads.")
@click.argument("kind", type=click.Choice(list(KINDS)), default="teams")
def command(kind: str) -> None:
    """Print one kind."""
    try:
        click.echo(KINDS[kind](world_here(config_from(os.environ)).directory), nl=False)
    except (ConfigError, BundleError) as problem:
        raise click.ClickException(str(problem)) from problem
