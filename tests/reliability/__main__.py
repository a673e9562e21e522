"""What does one figure come to? ``python -m tests.reliability NAME`` prints one line of JSON, and fails where a target is missed."""

import importlib
import pkgutil
import sys
import time

import click

from tests.reliability import figures

NAMES = [module.name.replace("_", "-") for module in pkgutil.iter_modules(figures.__path__)]


@click.command(help="Measure one figure and print one line of JSON.")
@click.argument("name", type=click.Choice(NAMES))
@click.option("--size", type=click.IntRange(1), help="Fewer or more than the figure asks for.")
@click.option("--seed", type=int, default=1, show_default=True)
def main(name: str, size: int | None, seed: int) -> None:
    """Measure, print, and say by the exit code whether it is met."""
    module = importlib.import_module(f"tests.reliability.figures.{name.replace('-', '_')}")
    size = size or module.FULL
    began = time.monotonic()
    found = module.figure(size, seed)
    click.echo(found.line(name, size, seed, time.monotonic() - began))
    sys.exit(0 if found.is_met else 1)


if __name__ == "__main__":
    main()
