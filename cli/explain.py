"""Why did a past call go where it did?"""

import click

from cli.opened import opened
from ivr.record import Record
from routing.clock import local
from store import calls
from store.drain import drain


@click.command(help="Tell CALL (its SID) as a timeline: what was decided at each step, and why.")
@click.argument("call")
def command(call: str) -> None:
    """Print one call's decisions."""
    with opened() as here:
        drain(here.config.state / "journal", here.database, None)
        with here.database.read() as connection:
            records, row = calls.trace(connection, call), calls.one(connection, call)
    if not records:
        raise click.ClickException(f"No call “{call}” is known; take its SID from the call's record or from Twilio.")
    ending = row.ending if row and row.ending else "not ended yet"
    click.echo(f"Call {call} on the line {row.line if row else '?'}; ending: {ending}\n")
    click.echo("\n".join(told(record) for record in records))


def told(record: Record) -> str:
    """One record in sentences."""
    head = f"  {local(record.at):%H:%M:%S}  "
    if record.kind == "status":
        who = "a called phone" if record.leg else "the call"
        return f"{head}Twilio: {who} is {record.body['status']}"
    if record.kind == "fault":
        return f"{head}A fault met the caller: the last resort took over"
    sentences = [reason["sentence"] for reason in record.body["reasons"]] or ["The prompt was spoken."]
    return head + f"[{record.body['node']}] " + " ".join(sentences)
