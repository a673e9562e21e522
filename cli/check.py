"""Are plans and directory sound, and what in them deserves a second look?"""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import click

from admin.findings import finding_out
from app import Config, ConfigError, config_from
from cli.worlds import world_here
from directory.findings import SEVERITIES, Finding, Severity
from ivr.lint import drama_numbers, findings
from ivr.moment import World
from routing.clock import SystemClock
from store.bundle import BundleError, bundle, world_of

HEADINGS = {
    Severity.REFUTED: "Refuted: something is promised that is not so",
    Severity.SERIOUS: "Serious: somebody may not be reached",
    Severity.DOUBTFUL: "Doubtful: ask, and put it right",
    Severity.NOTE: "Notes: assumed, or getting old",
}
UNSOUND = 1


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: problems of files that cannot be read, else findings."""

    problems: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def is_sound(self) -> bool:
        """Whether everything could be read, and nothing that is promised is refuted."""
        return not self.problems and not any(one.severity is Severity.REFUTED for one in self.findings)


@click.command(
    help="Say whether the authorities' folders under PLANS are sound, and what deserves a second look; without PLANS, "
    "what this deployment has published. Exit 1 where something cannot be read or a promise is refuted."
)
@click.argument("plans", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(plans: Path | None, as_json: bool) -> None:  # click hands flags over
    """Print problems and findings."""
    try:
        checked = _checked(config_from(os.environ), plans)
    except ConfigError as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo(json.dumps(as_object(checked), ensure_ascii=False, indent=1) if as_json else told(checked))
    if not checked.is_sound:
        raise SystemExit(UNSOUND)


def _checked(config: Config, plans: Path | None) -> Checked:
    try:
        world = _world(config, plans)
    except BundleError as problems:
        return Checked(tuple(str(problems).splitlines()), ())
    drama = () if config.local else drama_numbers(world.directory)
    return Checked((), (*drama, *findings(world, SystemClock().now())))


def _world(config: Config, plans: Path | None) -> World:
    return world_here(config) if plans is None else _world_in(plans, config)


def _world_in(folder: Path, config: Config) -> World:
    if not any(folder.glob("*/authority.toml")):
        raise BundleError(f"{folder}: no folder in it holds an authority.toml; name the folder above the authorities'.")
    return world_of(bundle((folder,)), (folder,), config.keyed)


def told(checked: Checked) -> str:
    """What was found, in words, the worst first."""
    if checked.problems:
        return "\n".join(["Cannot be read:", *(f"  {problem}" for problem in checked.problems)])
    parts = [_part(severity, checked.findings) for severity in SEVERITIES]
    return "\n\n".join([*(part for part in parts if part), _summary(checked.findings)])


def _part(severity: Severity, found: Iterable[Finding]) -> str:
    lines = [line for one in found if one.severity is severity for line in _lines(one)]
    return "\n".join([HEADINGS[severity], *lines]) if lines else ""


def _lines(finding: Finding) -> list[str]:
    read = "; ".join(text for text in (finding.evidence.source, ", ".join(finding.evidence.points)) if text)
    about = f"    {finding.code}, {finding.at.kind} {finding.at.slug}"
    return [f"  {finding.sentence}", f"{about} ({read})" if read else about]


def _summary(found: tuple[Finding, ...]) -> str:
    counts = {severity: sum(one.severity is severity for one in found) for severity in SEVERITIES}
    return ", ".join(f"{count} {severity}" for severity, count in counts.items()) + "."


def as_object(checked: Checked) -> dict[str, object]:
    """What was found, for machines."""
    return {
        "sound": checked.is_sound,
        "problems": list(checked.problems),
        "findings": [finding_out(finding).model_dump(mode="json") for finding in checked.findings],
    }
