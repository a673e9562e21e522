"""How is the PIN set by which an authority's staff are known on the telephone?"""

from dataclasses import replace

import click

from cli.opened import opened
from directory.documents import entry_from
from directory.model import Authority
from directory.snapshot import Kind, written
from ivr.steps.staff_only import pin_text
from routing.clock import SystemClock
from store.directory import Author, body_of, write


@click.command(
    help="Set the staff PIN of AUTHORITY (four to eight digits); it is asked for, and kept only as a keyed hash."
)
@click.argument("authority")
@click.option("--pin", prompt=True, hide_input=True, confirmation_prompt=True)
def command(authority: str, pin: str) -> None:
    """Write the hash."""
    if not pin.isdecimal() or not 4 <= len(pin) <= 8:
        raise click.ClickException("The PIN needs four to eight digits.")
    with opened() as here, here.database.write_in_order() as connection:
        found = body_of(connection, Kind.AUTHORITY, authority)
        if found is None:
            raise click.ClickException(f"There is no authority “{authority}”.")
        version, body = found
        entry = entry_from(Kind.AUTHORITY, body)
        if isinstance(entry, Authority):
            hashed = replace(entry, staff_pin=here.config.keyed(pin_text(authority, pin)))
            author = Author("command line", "staff PIN set")
            write(connection, written(hashed), version, author, SystemClock().now())
    click.echo(f"The staff PIN of {authority} is set; running workers take it within a second.")
