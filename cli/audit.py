"""Is the audit trail as it was written?"""

import json
from collections.abc import Iterator
from pathlib import Path

import click

from cli.opened import opened
from store.chain import Head, Verdict, verdict

SEEN = "audit-ends"
HELP = "Find any row that was altered, removed or moved; exit 1 with its number."


@click.group(help="Look after the audit trail.")
def command() -> None:
    """The group."""


@command.command("verify", help=HELP)
def verify() -> None:
    """Judge the trail against itself, and against where it ended at earlier looks."""
    with opened() as here:
        path = here.config.state / SEEN
        with here.database.read() as connection:
            found = verdict(connection, tuple(_seen(path)))
    for flaw in found.flaws:
        click.echo(flaw.sentence)
    if found.flaws:
        raise click.ClickException(f"The audit trail does not hold at row {found.flaws[0].sequence}.")
    _note(path, found)
    click.echo(f"The audit trail holds: {found.rows} rows, the last is {found.head.sequence} with {found.head.hash}.")


def _seen(path: Path) -> Iterator[Head]:
    if path.exists():
        yield from (Head(*json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines())


def _note(path: Path, found: Verdict) -> None:
    head = json.dumps([found.head.sequence, found.head.hash])
    path.touch(mode=0o600)
    if head not in path.read_text(encoding="utf-8").splitlines()[-1:]:
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{head}\n")
