"""How is the folder written that answers calls while nothing of ours does, and is one still right?"""

import os
from datetime import datetime
from pathlib import Path

import click

from app import ConfigError, config_from
from cli.worlds import world_here
from ivr.moment import World
from routing.clock import SystemClock
from routing.reasons import clock_time
from store.bundle import BundleError
from store.failover import ForeignError, index_of, write_folder
from webhooks.failover import failover_files
from webhooks.failover_check import folder_verdict


@click.command(
    help="Write the files that answer calls from another host into DIR; or say whether those in DIR are still right."
)
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--verify", is_flag=True, help="Write nothing; ends with 1 where DIR is out of date or damaged.")
def command(folder: Path, verify: bool) -> None:  # click hands options over so
    """Write, or look."""
    try:
        world = world_here(config_from(os.environ))
    except (ConfigError, BundleError) as problem:
        raise click.ClickException(str(problem)) from problem
    if verify:
        _verify(folder, world)
    else:
        _write(folder, world)


def _write(folder: Path, world: World) -> None:
    try:
        write_folder(folder, failover_files(world, SystemClock().now()))
    except (OSError, ForeignError) as fault:
        raise click.ClickException(f"The folder was not written: {fault}") from fault
    until = clock_time(datetime.fromisoformat(index_of(folder)["good_until"]))
    click.echo(f"Written: {folder}, good until {until}. Its index.html says which file is whose.")


def _verify(folder: Path, world: World) -> None:
    found = folder_verdict(_held(folder), world, SystemClock().now())
    if found.problems:
        told = "\n".join(f"  {problem}" for problem in found.problems)
        raise click.ClickException(f"{folder} is not right; write it again:\n{told}")
    until = clock_time(found.good_until) if found.good_until else ""
    made = clock_time(found.made) if found.made else ""
    click.echo(f"{folder} is as it would be written now. Made {made}, good until {until}.")


def _held(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path with slashes."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
