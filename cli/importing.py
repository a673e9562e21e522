"""How is a directory file read in? Shown first, whole, with every problem; written all together or not at all."""

import secrets
from pathlib import Path

import click

from cli.opened import Opened, opened
from cli.worlds import publication_of
from directory.importing import Border, Import, read_csv
from directory.snapshot import Change, Snapshot
from routing.clock import LONDON, SystemClock
from store.directory import Author, versions_of, write_all


@click.command(help="Read FILE (teams or people, CSV) into the directory.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
def command(file: Path, dry_run: bool) -> None:  # click hands options over so
    """Show the changes, and write them unless it is a rehearsal."""
    with opened() as here:
        publication = publication_of(here.config, here.database)
        directory = publication.publish().directory
        found = _read(file, directory)
        click.echo("\n".join(_shown(change, directory) for change in found.changes) or "Nothing would change.")
        if found.changes and not dry_run:
            _write(here, found, file.name)
            publication.publish()
            many = len(found.changes)
            click.echo(f"Written: {many} change{'' if many == 1 else 's'}, used from the next call on.")


def _read(file: Path, directory: Snapshot) -> Import:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        raise click.ClickException(f"{file.name} is not UTF-8; save it as “CSV UTF-8”.") from fault
    found = read_csv(text, directory, Border(LONDON, lambda: f"p-{secrets.token_hex(4)}"))
    if found.problems:
        problems = "\n".join(f"  {problem.sentence}" for problem in found.problems)
        raise click.ClickException(f"Nothing was written; {file.name} has problems:\n{problems}")
    return found


def _shown(change: Change, directory: Snapshot) -> str:
    known = change.slug in directory.teams or change.slug in directory.people
    return f"  {'change' if known else 'add':<7}{change.kind} {change.slug}"


def _write(here: Opened, found: Import, name: str) -> None:
    with here.database.write_in_order() as connection:
        known = {kind: versions_of(connection, kind) for kind in {change.kind for change in found.changes}}
        pairs = [(change, known[change.kind].get(change.slug)) for change in found.changes]
        write_all(connection, pairs, Author("command line", f"import of {name}"), SystemClock().now())
