"""Why did a past call go where it did?"""

import json

import click

from app import HOME
from cli.opened import Opened, opened
from cli.told_calls import document_of, lines_of
from cli.worlds import fixed_of, world_here
from rehearsal.exporting import exported
from rehearsal.golden import NotGoldenError
from store.drain import drain
from store.past_calls import past_call, told

UNKNOWN = "No call “{call}” is known; take its SID from the call's record or from Twilio."


@click.command(
    help="Tell CALL (its SID) as a timeline: what was asked and chosen, who was tried and for how long, what was passed over and "
    "why, which versions were in force, how it ended, and what is due."
)
@click.argument("call")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.option(
    "--golden",
    "as_golden",
    is_flag=True,
    help="Print it as a golden test without anybody's data, and what was replaced.",
)
def command(call: str, as_json: bool, as_golden: bool) -> None:  # click hands options over so
    """Print one call."""
    with opened() as here:
        drain(here.config.state / "journal", here.database, None)
        if as_golden:
            _golden(here, call)
            return
        with here.database.read() as connection:
            past = past_call(connection, call)
            if past is None:
                raise click.ClickException(UNKNOWN.format(call=call))
            telling = told(connection, past)
    text = json.dumps(document_of(telling), ensure_ascii=False, indent=2) if as_json else "\n".join(lines_of(telling))
    click.echo(text)


def _golden(here: Opened, call: str) -> None:
    """The test on standard output, to be kept as a file; what is not as it was goes to standard error."""
    try:
        present, folders = world_here(here.config).directory, (here.config.plans, HOME / "samples")
        kept = exported(here.database, call, present, fixed_of(here.config), folders)
    except NotGoldenError as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo(kept.text, nl=False)
    for note in kept.notes:
        click.echo(note, err=True)
