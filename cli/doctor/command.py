"""How is a deployment looked over from a shell, before it goes live and ever after? (docs/doctor.md)"""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import monotonic

import click

from app import Config
from carrier.account import Account
from carrier.inspecting import Inspector
from cli.check import Progress
from cli.doctor import account, clock, database, disk, fallback, files, numbers, plans, public, round_trip, settings
from cli.doctor.findings import CannotLookError, Found, NothingThereError, Part, Seen
from cli.doctor.patient import AtTwilio, Patient
from cli.doctor.told import Told
from cli.doctor.web import Web
from cli.worlds import world_here
from ivr.moment import World
from routing.clock import Clock, SystemClock
from store.bundle import BundleError

PARTS = (
    Part("settings", settings.look),
    Part("public address", public.look),
    Part("signature round trip", round_trip.look),
    Part("account at Twilio", account.look, of_twilio=True),
    Part("geographic permissions", account.look_at_permissions, of_twilio=True),
    Part("numbers and lines", numbers.look, of_twilio=True),
    Part("fallback on another host", fallback.look, of_twilio=True),
    Part("database", database.look),
    Part("disk", disk.look),
    Part("files", files.look),
    Part("clock and time zone", clock.look),
    Part("plans, directory and calendar", plans.look),
    Part("fail-over folder", plans.look_at_failover),
    Part("drafts", plans.look_at_drafts),
)
NO_ACCOUNT = "as no Twilio account is configured"
OFFLINE = "as --offline asks"
HELP = """Say everything that would make calls fail, now or soon, each with its remedy.

It looks at the settings, the public address with a signed request as Twilio sends it, the account at Twilio with its numbers, their
fallback on another host, database, disk, files, clock, plans, and what is scheduled. Nothing is changed, here or at Twilio, and nothing
rings. Run it on a machine of the service, as its user and with its settings: before going live, after every change of these, and daily.

Exit 0 where nothing fails calls, 1 where something does, 2 where nothing does as far as could be seen, but not all could be."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was given on the command line."""

    offline: bool = False
    backups: Path | None = None


@click.command(help=HELP)
@click.option("--offline", is_flag=True, help="Ask nothing of Twilio, nor of the fallback addresses that stand there.")
@click.option(
    "--backups",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Look at this folder of backups, too.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(offline: bool, backups: Path | None, as_json: bool) -> None:  # click hands flags over
    """Look, and tell."""
    progress = Progress(monotonic())
    told = looked_over(os.environ, Asked(offline, backups), SystemClock(), progress, Web())
    progress.wipe()
    click.echo(json.dumps(told.as_object(), ensure_ascii=False, indent=1) if as_json else told.text())
    sys.exit(told.verdict)


def looked_over(environ: Mapping[str, str], asked: Asked, clock_: Clock, progress: Progress, web: Web) -> Told:
    """A deployment, part by part. With settings that cannot be used there is nothing else to look at."""
    now = clock_.now()
    config = settings.config_or_problems(environ)
    if not isinstance(config, Config):
        rest = [Seen(part.name, (), left_out="until the settings can be used") for part in PARTS[1:]]
        return Told("", now, [Seen(PARTS[0].name, config), *rest])
    with _patient(config, environ, asked, clock_, progress, web) as patient:
        return Told(config.public_url, now, [_seen(part, patient, asked, progress) for part in _parts(asked)])


def _parts(asked: Asked) -> tuple[Part, ...]:
    folder = asked.backups
    return (*PARTS, Part("backups", partial(disk.look_at_backups, folder=folder))) if folder else PARTS


@contextmanager
def _patient(  # everything that a look needs, let go of afterwards
    config: Config, environ: Mapping[str, str], asked: Asked, clock_: Clock, progress: Progress, web: Web
) -> Iterator[Patient]:
    account_ = Account(config.account, config.tokens, config.twilio_api_url)
    inspector = Inspector(account_)
    asks = not (config.local or asked.offline)
    twilio = AtTwilio(inspector, config.tokens) if asks else None
    try:
        yield Patient(config, environ, clock_.now(), clock_, _world(config), web, twilio, progress.tell)
    finally:
        inspector.close()
        web.close()


def _world(config: Config) -> World | None:
    """What is published here; the part that looks at the plans says why where it cannot be read."""
    try:
        return world_here(config)
    except BundleError:
        return None


def _seen(part: Part, patient: Patient, asked: Asked, progress: Progress) -> Seen:
    if part.of_twilio and patient.twilio is None:
        return Seen(part.name, (), left_out=OFFLINE if asked.offline else NO_ACCOUNT)
    progress.tell(f"Looking at: {part.name} ...")
    found: list[Found] = []
    try:
        found.extend(part.look(patient))  # what was found before a fault stays
    except CannotLookError as why:
        return Seen(part.name, tuple(found), unseen=str(why))
    except NothingThereError as why:
        return Seen(part.name, tuple(found), left_out=str(why))
    return Seen(part.name, tuple(found))
