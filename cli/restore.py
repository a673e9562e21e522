"""How is a deployment put back from a backup? Everything is checked before anything is touched (docs/backup.md)."""

import os
from pathlib import Path

import click

from admin.settings import ConfigError
from cli.passphrase import passphrase_option
from cli.places import place_from
from routing.clock import SystemClock
from store.archive import Manifest, wants_passphrase
from store.archive_check import checked
from store.database import AWAY
from store.refill import RefillError
from store.restoring import Backup, Restored, hindrances, restore
from store.sealed_file import UnsealError

HELP = (
    "Put everything back as FILE, a backup, says. Nothing is touched unless the whole file is sound and Dutyline has stopped; "
    "journals that are newer than the backup are moved to the database again."
)


@click.command(help=HELP)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Move aside what is there; nothing is deleted.")
@click.option("--check", is_flag=True, help="Only say whether FILE is whole.")
@passphrase_option
@click.option("--quiet", is_flag=True, help="Say nothing unless it fails.")
def command(file: Path, replace: bool, check: bool, passphrase: str, quiet: bool) -> None:
    """Check, and put back."""
    backup = _whole(file, passphrase)
    if check:
        click.echo(f"{file} is whole. {_said(backup.manifest)}")
        return
    try:
        place = place_from(os.environ)
        _refuse([*hindrances(place, backup.manifest, replace=replace)])
        done = restore(place, backup, SystemClock().now(), lambda told: None if quiet else click.echo(told, err=True))
    except ConfigError as problem:
        raise click.ClickException(str(problem)) from problem
    except AWAY as fault:
        raise click.ClickException(f"The database is away, or does not take the rows ({_first(fault)}).") from fault
    except RefillError as problem:
        raise click.ClickException(f"Nothing was restored: {problem}.") from problem
    _tell(backup, done, quiet)


def _first(fault: BaseException) -> str:
    return type(fault).__name__


def _whole(file: Path, passphrase: str) -> Backup:
    sealed = wants_passphrase(file)
    if sealed and not passphrase:
        raise click.ClickException(f"{file} is sealed; give the file with its passphrase by --passphrase-file.")
    used = passphrase if sealed else ""
    try:
        found = checked(file, used)
    except UnsealError as problem:
        raise click.ClickException(f"{file}: {problem}.") from problem
    _refuse(found.problems)
    if found.manifest is None:
        raise click.ClickException(f"{file} is no backup.")
    return Backup(file, used, found.manifest)


def _refuse(problems: "list[str] | tuple[str, ...]") -> None:
    if problems:
        raise click.ClickException("Nothing was touched:\n" + "\n".join(f"  {problem}" for problem in problems))


def _said(manifest: Manifest) -> str:
    return (
        f"Made {manifest.made_at} by Dutyline {manifest.dutyline} on {manifest.database}, revision {manifest.revision}: "
        f"{manifest.rows} rows of {len(manifest.tables)} tables, version {manifest.version}, audit trail to row "
        f"{manifest.audit[0]}."
    )


def _tell(backup: Backup, done: Restored, quiet: bool) -> None:
    for flaw in done.audit.flaws:
        click.echo(f"The audit trail of the backup does not hold: {flaw.sentence}", err=True)
    if quiet:
        return
    click.echo(f"Restored {done.rows} rows from {backup.path}. {_said(backup.manifest)}")
    click.echo(f"Moved {done.events} events from journals that the backup did not have in its database.")
    if not done.audit.flaws:
        click.echo(f"The audit trail holds to row {done.audit.head.sequence}, where the backup ends.")
    click.echo(f"A new epoch begins with version {done.version}.")
    for place in done.aside:
        click.echo(f"What was there is in {place}; delete it when it is not wanted any more.")
    for name in done.left:
        click.echo(f"Left as it is in the plans folder: {name}")
    click.echo(
        "Start Dutyline now. Before it places a call it asks the telephone company what was called since the backup."
    )
