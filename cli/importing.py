"""How is a directory file read in? Shown first, whole, with every problem; written all together or not at all."""

import secrets
from pathlib import Path

import click

from cli.opened import Opened, opened
from cli.worlds import publication_of
from directory.authority_rows import unapproved
from directory.difference import cautions, difference
from directory.files import table_in
from directory.importing import Import, Rest, read_table
from directory.problems import Fault, Problem
from directory.snapshot import Snapshot
from ivr.borders import border_of
from ivr.moment import World
from routing.clock import SystemClock
from store.calls import log_version
from store.directory import Author, versions_of, write_all

CONFIRM = "Nothing was written, since much would change at once; look at it, and add --confirm if it is meant:\n{}"
BUSY = "Somebody has changed the directory at this moment; nothing was written. Try again."


@click.command(help="Read FILE (any kind that “export” writes, CSV or .xlsx) into the directory.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option("--replace", is_flag=True, help="Remove what the file does not hold.")
@click.option("--confirm", is_flag=True, help="Write even if much changes, or something is emptied.")
def command(file: Path, dry_run: bool, replace: bool, confirm: bool) -> None:  # click hands options over so
    """Show the changes, and write them unless it is a rehearsal."""
    with opened() as here:
        publication = publication_of(here.config, here.database)
        world = publication.publish()
        found = _read(file, world, Rest.GOES if replace else Rest.STAYS)
        doubts = _shown(found, world.directory)
        if dry_run or not found.changes:
            return
        if doubts and not confirm:
            raise click.ClickException(CONFIRM.format("\n".join(f"  {doubt}" for doubt in doubts)))
        _write(here, found, world.directory, file.name)
        publication.publish()
        many = len(found.changes)
        click.echo(f"Written: {many} change{'' if many == 1 else 's'}, used from the next call on.")


def _read(file: Path, world: World, rest: Rest) -> Import:
    border = border_of(world, lambda: f"p-{secrets.token_hex(4)}")
    found = read_table(table_in(file.read_bytes()), world.directory, border, rest)
    alone = unapproved(found.changes, world.directory)
    wrong = (*found.problems, *(Problem(f"row {found.at[one.slug]}", Fault.APPROVAL) for one in alone))
    if wrong:
        problems = "\n".join(f"  {problem.sentence}" for problem in wrong)
        raise click.ClickException(f"Nothing was written; {file.name} has problems:\n{problems}")
    return found


def _shown(found: Import, directory: Snapshot) -> list[str]:
    """Prints what would change; says why to ask twice."""
    made = difference(found, directory)
    click.echo("\n".join(f"  {one.sentence}" for one in made.every) or "Nothing would change.")
    return [caution.sentence for caution in cautions(made, found.kind, directory)]


def _write(here: Opened, found: Import, seen: Snapshot, name: str) -> None:
    author = Author("command line", f"import of {name}", group=f"import-{secrets.token_hex(4)}")
    with here.database.write_in_order() as connection:
        if log_version(connection) != seen.version:
            raise click.ClickException(BUSY)
        known = {kind: versions_of(connection, kind) for kind in {change.kind for change in found.changes}}
        pairs = [(change, known[change.kind].get(change.slug)) for change in found.changes]
        write_all(connection, pairs, author, SystemClock().now())
