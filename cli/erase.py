"""How is a caller's telephone number taken out of everything that this machine can reach? (docs/data-protection.md)"""

from collections.abc import Iterable

import click

from cli.opened import Opened, opened
from directory.numbers import Number, number_from
from routing.clock import SystemClock
from store import holds
from store.audit import Deed, note
from store.drain import drain
from store.erasing import Found, in_database, in_journals

HELP = (
    "Take a caller's NUMBER out of calls, events, call-backs and journals, and say where it was, where it stays, and what cannot be "
    "reached from here. The records themselves stay."
)
UNREACHED = (
    "backups: they hold what was there when they were made; let them expire, or make one now with --keep 1",
    "journals and state folders of other machines: run this there, too",
    "sealed fields of records (names, narratives, notes): find the record by its child and change it on its page",
    "the log of the host that answers when this one does not, and Twilio's own records of calls",
    "the directory and the audit trail, which hold numbers of teams and staff: change the directory on its page",
)


class _Number(click.ParamType[Number]):
    """A telephone number in any British way."""

    name = "number"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Number:
        """The number."""
        if isinstance(value, Number):
            return value
        found = number_from(str(value))
        if not isinstance(found, Number):
            self.fail(f"“{value}” is not a number; write it as 020 7946 0999.", param, ctx)
        return found


@click.command(help=HELP)
@click.argument("number", type=_Number())
@click.option("--dry-run", is_flag=True, help="Only say where it is.")
@click.option("--why", default="", help="The reason, for the audit trail; the number does not stand there.")
def command(number: Number, dry_run: bool, why: str) -> None:
    """Erase, and report."""
    if not (dry_run or why.strip()):
        raise click.UsageError("say why with --why: the audit trail keeps it.")
    with opened() as here:
        if not dry_run:
            drain(here.config.state / "journal", here.database, None)
        found = [
            *_database(here, number, why, dry_run),
            *in_journals(here.config.state / "journal", number, erase=not dry_run),
        ]
    for one in found:
        click.echo(_line(one, dry_run))
    if not found:
        click.echo("The number stands nowhere that can be searched from here.")
    click.echo("Not reached:\n" + "\n".join(f"  {one}" for one in UNREACHED))


def _database(here: Opened, number: Number, why: str, dry_run: bool) -> Iterable[Found]:
    now = SystemClock().now()
    with here.database.write_in_order() as connection:
        found = [*in_database(connection, number, holds.held(connection), erase=not dry_run)]
        if not dry_run:
            told = {one.place: one.rows - one.stay for one in found}
            note(connection, Deed("command line", "erase", "number", "", None, told, why[:500]), now)
    return found


def _line(one: Found, dry_run: bool) -> str:
    gone, verb = one.rows - one.stay, "would be erased" if dry_run else "erased"
    stays = f"; {one.stay} stay{'s' if one.stay == 1 else ''} ({one.why})" if one.stay else ""
    return f"{one.place}: {gone} {verb}{stays}."
