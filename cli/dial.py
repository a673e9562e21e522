"""How does a call to a line go, at a moment, with these keys and these phones?"""

import os
from datetime import datetime

import click

from app import ConfigError, config_from
from cli.moments import When
from cli.worlds import world_here
from ivr.record import Record
from rehearsal.staging import rehearsal
from routing.clock import SystemClock
from store.bundle import BundleError
from telephone import Outcome, OutcomeWord, StoryError, e164, is_dialable, play, told

NOW = SystemClock().now()
WITHHELD = frozenset(("anonymous", "unknown", "restricted", "withheld"))


class Callee(click.ParamType[tuple[str, Outcome]]):
    """``NUMBER=OUTCOME`` on the command line."""

    name = "number=outcome"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, Outcome]:
        """The number as E.164, and what its phone does."""
        number, _, word = str(value).partition("=")
        if not is_dialable(e164(number)) or not word:
            self.fail(f"“{value}” is not a phone and what it does; write “01392 388481=no-answer”.", param, ctx)
        try:
            return e164(number), OutcomeWord.parse(word).outcome
        except ValueError as problem:
            self.fail(str(problem), param, ctx)


class Keys(click.ParamType[list[str]]):
    """``2,1,8481`` on the command line."""

    name = "keys"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> list[str]:
        """What is pressed at each prompt."""
        keys = [keys.strip() for keys in str(value).split(",") if keys.strip()]
        wrong = [one for one in keys if not set(one) <= set("0123456789*#")]
        if wrong:
            self.fail(
                f"“{wrong[0]}” are not keys of a telephone; write “2,1,8481”, with * and # where wanted.", param, ctx
            )
        return keys


class Caller(click.ParamType[str]):
    """Who calls."""

    name = "number"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The number as Twilio sends it."""
        if str(value).lower() not in WITHHELD and not is_dialable(e164(str(value))):
            self.fail(f"“{value}” is not a number; write “020 7946 0999”, or “anonymous”.", param, ctx)
        return e164(str(value))


@click.command(
    help="Phone LINE, in this process, and print the call in plain English. Nothing real is rung or written."
)
@click.argument("line")
@click.option(
    "--at", type=When(NOW), default=NOW, help='A moment: 2026-11-27T16:05 or "Fri 16:05"; now where none is given.'
)
@click.option(
    "--keys", type=Keys(), default="", help="What the caller presses at each prompt, as 2,1,8481; silence afterwards."
)
@click.option("--callee", "callees", type=Callee(), multiple=True,
              help="What a phone does: answers, no-answer, busy, failed, voicemail, declines.")  # fmt: skip
@click.option("--caller", type=Caller(), default="020 7946 0999", help="Who calls; “anonymous” withholds the number.")
@click.option("--why", is_flag=True, help="Print each decision's reasons below the call.")
def command(
    line: str, at: datetime, keys: list[str], callees: tuple[tuple[str, Outcome], ...], caller: str, why: bool
) -> None:  # click hands options over so
    """Print one call."""
    try:
        world = world_here(config_from(os.environ))
    except (ConfigError, BundleError) as problem:
        raise click.ClickException(str(problem)) from problem
    answered = world.directory.lines.get(line)
    if answered is None or not answered.numbers:
        raise click.ClickException(f"There is no line “{line}”; lines are: {', '.join(sorted(world.directory.lines))}.")
    staged = rehearsal(world, at)
    try:
        call = play(staged.phone.dial(answered.numbers[0].e164, caller), keys, dict(callees))
    except StoryError as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo(f"{world.plans.by_digest[world.plans.current[line]].name}, {at:%A %-d %B %Y, %H:%M}\n")
    click.echo(told(call.transcript))
    if why:
        click.echo("\n" + "\n".join(sentence for record in staged.memory.records for sentence in sentences(record)))


def sentences(record: Record) -> list[str]:
    """A record's reasons, with the node that had them."""
    return [f"  {record.body['node']}: {reason['sentence']}" for reason in record.body.get("reasons", ())]
