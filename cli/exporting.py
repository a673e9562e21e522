"""How is the directory written as a file?"""

import os
from pathlib import Path

import click

from app import ConfigError, config_from
from cli.worlds import world_here
from directory.exporting import LINES, csv_text
from directory.sheets import workbook
from store.bundle import BundleError

EXCEL = ".xlsx"


@click.command(
    help="Write everything of a KIND in the directory, in the form that “import” reads: as CSV, or into FILE."
)
@click.argument("kind", type=click.Choice(list(LINES)), default="teams")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
def command(kind: str, file: Path | None) -> None:
    """Print one kind, or write it into a file: Excel where its name ends so."""
    try:
        lines = LINES[kind](world_here(config_from(os.environ)).directory)
    except (ConfigError, BundleError) as problem:
        raise click.ClickException(str(problem)) from problem
    if file is None:
        click.echo(csv_text(lines), nl=False)
    else:
        file.write_bytes(workbook(lines, kind) if file.suffix.lower() == EXCEL else csv_text(lines).encode())
