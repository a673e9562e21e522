"""How is a backup made from a shell? One file of everything, while calls go on (docs/backup.md)."""

import os
from importlib.metadata import version
from pathlib import Path

import click

from admin.settings import ConfigError
from cli.passphrase import passphrase_option
from cli.places import place_from
from cli.sizes import bytes_of
from routing.clock import SystemClock
from store.backing_up import NothingToBackUpError, Taken, back_up, place_for, too_many
from store.database import AWAY

HELP = (
    "Put everything that is this deployment's own into FILE, one archive, while calls go on. Where FILE is a folder, the backup "
    "gets a name by its time."
)


@click.command(help=HELP)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--keep", type=click.IntRange(1), help="In a folder: delete our older backups beyond so many, this one counted."
)
@passphrase_option
@click.option("--quiet", is_flag=True, help="Say nothing unless it fails.")
def command(file: Path, keep: int | None, passphrase: str, quiet: bool) -> None:
    """Make a backup, and say what is in it."""
    if keep and not file.is_dir():
        raise click.UsageError(
            "--keep needs a folder in the place of FILE: only there are older backups known by name."
        )
    now = SystemClock().now()
    path = place_for(file, now)
    if path.exists():
        raise click.ClickException(f"{path} is there already; it is left as it is.")
    taken = _taken(path, passphrase, quiet)
    gone = too_many(path.parent, keep) if keep else ()
    for old in gone:
        old.unlink(missing_ok=True)
    if not quiet:
        click.echo(_told(taken))
        if gone:
            click.echo(f"Deleted {len(gone)} older backup{'s' if len(gone) > 1 else ''}.")


def _taken(path: Path, passphrase: str, quiet: bool) -> Taken:
    try:
        place = place_from(os.environ)
        tell = (lambda _: None) if quiet else (lambda told: click.echo(told, err=True))
        return back_up(place, path, passphrase, version("dutyline"), SystemClock().now(), tell)
    except ConfigError as problem:
        raise click.ClickException(str(problem)) from problem
    except NothingToBackUpError as problem:
        raise click.ClickException("There is no database yet, so there is nothing to back up.") from problem
    except AWAY as fault:
        raise click.ClickException("The database is away; there is no backup. Try again when it answers.") from fault
    except OSError as fault:
        raise click.ClickException(
            f"The backup could not be written ({fault.strerror or fault}); there is none."
        ) from fault


def _told(taken: Taken) -> str:
    manifest = taken.manifest
    journals = f"{taken.journals} journal{'' if taken.journals == 1 else 's'} not moved to the database yet"
    return (
        f"Written: {taken.path}, {bytes_of(taken.size)}: {manifest.rows} rows of {len(manifest.tables)} tables, {journals}.\n"
        f"Directory and plans at version {manifest.version}, database at revision {manifest.revision}, audit trail to row "
        f"{manifest.audit[0]}, Dutyline {manifest.dutyline}."
    )
