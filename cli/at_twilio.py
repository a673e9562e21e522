"""How are the account's numbers set as the lines need them, from a shell? Nothing is changed without ``--yes``."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import click

from app import Config, ConfigError, config_from
from carrier.account import Account
from carrier.inspecting import Inspector, OwnNumber
from carrier.port import Busy, Gone, Refused, Unknown
from carrier.setting import Setter
from cli.doctor.findings import CannotLookError
from cli.doctor.numbers import Lines, lines_of
from cli.doctor.patient import answered
from cli.numbers_at_twilio import Deployment, Wanted, told_of, wanted
from cli.worlds import world_here
from directory.numbers import number_from
from store.bundle import BundleError

NO_ACCOUNT = "No Twilio account is configured: set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN."
NOT_HTTPS = "Twilio needs the https address of the other host's folder, such as https://failover.example.org/dutyline."
APPLY = """Set whom each number of a line asks at Twilio: when a call comes in, when that fails, and when its status changes.

Prints what would change, and changes nothing without --yes. Only numbers that a line in force lists are touched; NUMBERS are some of
those, none: all. What "Primary handler fails" leads to stays where it is another host's."""


@click.group(help="Set the account's numbers at Twilio as the lines need them.")
def command() -> None:
    """Only its commands do anything."""


@command.command(help=APPLY)
@click.argument("numbers", nargs=-1)
@click.option(
    "--failover", default="", help="Where another host serves the fail-over folder: the fallback of every number."
)
@click.option("--yes", is_flag=True, help="Change it.")
def apply(numbers: tuple[str, ...], failover: str, yes: bool) -> None:  # click hands flags over
    """Print the difference and, where that is asked for, take it away."""
    config, lines = _settings()
    chosen = _chosen(numbers, lines)
    where = Deployment(config.public_url, _checked(failover))
    with _account(config) as (inspector, setter):
        owned = _owned(inspector)
        found = [one for one in wanted(owned, lines, where) if one.number.number in chosen]
        click.echo("\n".join(told_of(owned, lines, found)))
        to_do = [one for one in found if one.changes]
        if not to_do:
            click.echo("There is nothing to change.")
        elif yes:
            _change(setter, to_do)
            _check(inspector, lines, where, chosen)
        else:
            click.echo(f"Nothing was changed. With --yes {_count(len(to_do))} set as it says.")
    if yes and any(one.by_hand for one in found):
        raise click.ClickException("What is not changed has to be done by hand.")


def _settings() -> tuple[Config, Lines]:
    try:
        config = config_from(os.environ)
        if config.local or not config.twilio_api_url:
            raise click.ClickException(NO_ACCOUNT)
        return config, lines_of(world_here(config))
    except (ConfigError, BundleError) as problem:
        raise click.ClickException(str(problem)) from problem


def _chosen(numbers: tuple[str, ...], lines: Lines) -> frozenset[str]:
    """The numbers to look at, each of which a line lists."""
    asked = {text: number_from(text) for text in numbers}
    known = {text: getattr(number, "e164", "") for text, number in asked.items()}
    strangers = [text for text, number in known.items() if number not in lines.by_number]
    if strangers:
        raise click.ClickException(f"No line in force lists {', '.join(strangers)}: nothing was changed.")
    return frozenset(known.values()) or frozenset(lines.by_number)


def _checked(failover: str) -> str:
    url = urlsplit(failover)
    if failover and (url.scheme != "https" or not url.hostname or url.query or url.fragment):
        raise click.ClickException(NOT_HTTPS)
    return failover


@contextmanager
def _account(config: Config) -> Iterator[tuple[Inspector, Setter]]:
    account = Account(config.account, config.tokens, config.twilio_api_url)
    inspector, setter = Inspector(account), Setter(account)
    try:
        yield inspector, setter
    finally:
        inspector.close()
        setter.close()


def _owned(inspector: Inspector) -> tuple[OwnNumber, ...]:
    try:
        return answered(inspector.numbers(), "the numbers")
    except CannotLookError as why:
        raise click.ClickException(str(why)) from why


def _change(setter: Setter, to_do: list[Wanted]) -> None:
    """One after another; the first that is refused ends it, and says so."""
    for done, one in enumerate(to_do):
        result = setter.set(one.number, one.hooks)
        if isinstance(result, Refused | Gone | Busy | Unknown):
            words = result.words if isinstance(result, Refused) else "Twilio did not do it, or did not say so."
            raise click.ClickException(f"{done} of {len(to_do)} numbers were set; then: {words} Run it again.")


def _check(inspector: Inspector, lines: Lines, where: Deployment, chosen: frozenset[str]) -> None:
    """Look once more: what Twilio says now counts."""
    left = [one for one in wanted(_owned(inspector), lines, where) if one.number.number in chosen and one.changes]
    if left:
        raise click.ClickException(f"Twilio still shows {_count(len(left))} otherwise; run it again.")
    click.echo("Done, and Twilio shows it so. Run dutyline doctor.")


def _count(numbers: int) -> str:
    return "one number is" if numbers == 1 else f"{numbers} numbers are"
