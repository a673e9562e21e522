"""How are records that are past their time taken away from a shell?"""

import click

from cli.opened import opened
from desk.retention import TYPES, Purge, purged, standing
from routing.clock import SystemClock, local
from store.audit import Deed

HELP = "Take away the records that are past their time and not under a legal hold; say how many of each type."
BY_HAND = Deed("command line", "", "retention", "", None, None)


@click.command(help=HELP)
@click.option("--dry-run", is_flag=True, help="Only say what would be taken away.")
def command(dry_run: bool) -> None:
    """Purge, and report."""
    now = SystemClock().now()
    with opened() as here:
        kept = here.config.records.kept
        found = standing(here.database, kept, now) if dry_run else purged(here.database, kept, BY_HAND, now)
    for one in found:
        click.echo(_line(one, dry_run))


def _line(one: Purge, dry_run: bool) -> str:
    words = next(row.words for row in TYPES if row.code == one.code)
    if one.before is None:
        return f"{words}: kept; no period is set."
    told = f"{one.past - one.held} would go" if dry_run else f"{one.purged} taken away"
    return f"{words}: {told}, {one.held} kept by a legal hold (older than {local(one.before):%d %B %Y})."
