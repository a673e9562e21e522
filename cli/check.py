"""Are plans and directory sound: is it proved that no menu strands a caller, and what deserves a second look?"""

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import monotonic

import click

from admin.number_schedule import flagged_findings
from app import Config, ConfigError, config_from
from cli.check_told import Checked, as_object, told
from cli.worlds import world_here
from directory.findings import Finding
from ivr.lint import drama_numbers, findings
from ivr.moment import World
from ivr.proof.prove import prove
from routing.clock import SystemClock
from store.acceptances import Acceptance, id_of, in_force
from store.bundle import BundleError, bundle, world_of
from store.database import AWAY, Database

UNSOUND = 1
PATIENCE_SECONDS = 1.0
"""Whoever looks on hears nothing of a check that takes less."""


@dataclass(slots=True)
class Progress:
    """Tells a terminal how far the proof is, once it takes long."""

    begun: float
    said: int = 0

    def tell(self, text: str) -> None:
        """One line that the next one overwrites."""
        if sys.stderr.isatty() and monotonic() - self.begun > PATIENCE_SECONDS:
            click.echo(f"\r{text:<{self.said}}", nl=False, err=True)
            self.said = len(text)

    def wipe(self) -> None:
        """Leave nothing behind."""
        if self.said:
            click.echo(f"\r{'':<{self.said}}\r", nl=False, err=True)


@click.command(
    help="Prove that no menu of the authorities' folders under PLANS strands a caller, and say what deserves a second "
    "look; without PLANS, of what this deployment has published. Exit 1 where something cannot be read or is refuted."
)
@click.argument("plans", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(plans: Path | None, as_json: bool) -> None:  # click hands flags over
    """Print problems, what was proved, what was refuted, and findings."""
    try:
        found = checked(config_from(os.environ), plans, SystemClock().now())
    except ConfigError as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo(json.dumps(as_object(found), ensure_ascii=False, indent=1) if as_json else told(found))
    if not found.is_sound:
        raise SystemExit(UNSOUND)


def checked(config: Config, plans: Path | None, now: datetime) -> Checked:
    """The check of the folders under ``plans``; of what is published here, where there are none."""
    try:
        world = _world(config, plans)
    except BundleError as problems:
        return Checked(tuple(str(problems).splitlines()))
    progress = Progress(monotonic())
    proof = prove(world, world.plans.current, now, progress.tell)
    progress.wipe()
    drama = () if config.local else drama_numbers(world.directory)
    kept = Kept() if plans else _kept(config, world, now)
    every = (*drama, *findings(world, now), *kept.silent)
    found = {one: id_of(one, world.keyed) in kept.accepted for one in every}
    shown = tuple(one for one, is_accepted in found.items() if not is_accepted)
    return Checked((), shown, proof, world, len(found) - len(shown))


@dataclass(frozen=True, slots=True)
class Kept:
    """What only the database knows: the findings that somebody has accepted for a time, and the numbers that do not answer."""

    accepted: Mapping[str, Acceptance] = field(default_factory=dict)
    silent: tuple[Finding, ...] = ()


def _kept(config: Config, world: World, now: datetime) -> Kept:
    """That; nothing before the first start, or while the database is away."""
    if not (config.state / "published" / "stamp").exists():
        return Kept()
    database = Database(config.database_url)
    try:
        with database.read() as connection:
            return Kept(in_force(connection, now), tuple(flagged_findings(connection, world)))
    except AWAY:
        return Kept()
    finally:
        database.close()


def _world(config: Config, plans: Path | None) -> World:
    return world_here(config) if plans is None else _world_in(plans, config)


def _world_in(folder: Path, config: Config) -> World:
    if not any(folder.glob("*/authority.toml")):
        raise BundleError(f"{folder}: no folder in it holds an authority.toml; name the folder above the authorities'.")
    return world_of(bundle((folder,)), (folder,), config.keyed)
