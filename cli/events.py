"""How do the calls' events leave the house? As JSON lines, without a caller's or a worker's data."""

import json
from datetime import UTC, datetime

import click

from cli.moments import When
from cli.opened import opened
from ivr.record import Record
from routing.clock import SystemClock
from store.calls import events_since
from store.drain import drain

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


@click.command(
    help="Write every event as a JSON line: call, leg, sequence, kind, UTC time, plan digest, decision and reason."
)
@click.option("--since", type=When(SystemClock().now()), default=BEGINNING, help="Only from this moment on.")
def command(since: datetime) -> None:
    """Print the events."""
    with opened() as here:
        drain(here.config.state / "journal", here.database, None)
        with here.database.read() as connection:
            for record in events_since(connection, since):
                click.echo(json.dumps(line_of(record), ensure_ascii=False))


def line_of(record: Record) -> dict[str, object]:
    """What leaves the house of a record."""
    body, reasons = record.body, record.body.get("reasons", [])
    return {
        "call": record.call,
        "leg": record.leg,
        "sequence": record.sequence,
        "kind": record.kind,
        "at": record.at.astimezone(UTC).isoformat(),
        "line": body.get("line"),
        "plan": body.get("plan"),
        "decision": [reason["code"] for reason in reasons] or body.get("status") or body.get("fault"),
        "reason": " ".join(reason["sentence"] for reason in reasons),
    }
