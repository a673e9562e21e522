"""``make surge``: what breaks first when many ring at once? Sizes from what was measured, each simulated until it breaks; ``--write`` puts
tables and picture into the documentation."""

from collections.abc import Mapping, Sequence
from functools import partial
from math import sqrt
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from bench import known, paper
from bench.costs import costs as measure
from bench.front import BEHIND, SLOW, Seen, Shape, simulated
from bench.known import MIX, TALK
from bench.machine import description
from bench.rehearsed import Kind, Rehearsed, rehearsed
from bench.sizing import DEAREST_CALL, DEAREST_PLACE, PLACES, Place, Size, Swept, sized
from routing.clock import SystemClock
from tests.conftest import WEDNESDAY, bundled_world

DOCS = Path(__file__).parents[1] / "docs"
PAGE, PICTURE = DOCS / "capacity.md", DOCS / "capacity.svg"
SPAN, SHORTEST, MOST_WEBHOOKS = 8.0, 2.0, 30_000
"""Of a simulation: seconds, and fewer where more webhooks than that would come."""

BEGINS, GROWS, MOST_RATES, HALVINGS = 0.5, 1.5, 8, 2
"""A sweep begins at half of what the workers' cores come to on paper, and goes on until replies are slow; then it looks more closely."""

BEYOND, BEYOND_SPAN = 1.5, 15.0
"""Times the rate at which the smallest size is slow, for so many seconds."""


@click.command(
    help="Reckon how large Dutyline must be for so many calls a second, and simulate each size until it breaks."
)
@click.option(
    "--seed", type=int, default=1, show_default=True, help="Of the dice: the same seed gives the same tables."
)
@click.option(
    "--span", type=click.FloatRange(1), default=SPAN, show_default=True, help="Seconds of calls in each simulation."
)
@click.option(
    "--measure",
    "anew",
    is_flag=True,
    help="Measure first, on this machine, what a webhook costs: a minute, with PostgreSQL.",
)
@click.option("--write", is_flag=True, help="Put tables and picture into docs/, and keep what was measured.")
def main(seed: int, span: float, anew: bool, write: bool) -> None:  # noqa: FBT001  # click hands flags over as booleans
    """Reckon, simulate, print, and write where that is wanted."""
    calls = {kind: rehearsed(bundled_world(), WEDNESDAY.now(), kind, TALK) for kind in Kind}
    found, where = _measured(mixed(calls)) if anew else (known.measured(), known.machine())
    shapes = [call.webhooks for call in mixed(calls)]
    swept = [sweep(place, shapes, found, span, seed) for place in PLACES]
    dearest = at_its_rate(DEAREST_PLACE, [DEAREST_CALL], found, span, seed)
    smallest = swept[0]
    beyond = simulated(
        smallest.size.door, BEYOND * (smallest.breaks(SLOW) or max(smallest.seen)), shapes, BEYOND_SPAN, seed
    )
    told = {
        "sizes": paper.sizes([one.size for one in (*swept, dearest)]),
        "planned": paper.planned([*swept, dearest], seed),
        "breaks": paper.breaks(swept, seed),
        "beyond": paper.beyond(beyond),
        "figures": paper.figures(known.figures(found, calls), where),
    }
    click.echo("\n\n".join(told.values()))
    if write:
        known.keep(found, where)
        PAGE.write_text(paper.put(PAGE.read_text(encoding="utf-8"), told), encoding="utf-8")
        PICTURE.write_text(paper.picture(swept), encoding="utf-8")


def mixed(calls: Mapping[Kind, Sequence[Rehearsed]]) -> list[Rehearsed]:
    """Calls as often as they come in a surge."""
    return [call for kind, often in MIX.items() for _ in range(often) for call in calls[kind]]


def sweep(place: Place, shapes: Sequence[Shape], found: Mapping[str, float], span: float, seed: int) -> Swept:
    """A place's size at its own rate, then at higher and higher ones until replies are slow; where it broke is looked at more closely."""
    size = sized(place, shapes, known.costs(found), found)
    at = partial(_simulated, size, shapes, span, seed)
    seen, rate = {place.rate: at(place.rate)}, BEGINS * size.limit / (size.webhooks / place.rate)
    for _ in range(MOST_RATES):
        seen[rate] = at(rate)
        if SLOW in seen[rate].broken:
            break
        rate *= GROWS
    for what in (BEHIND, SLOW) * HALVINGS:
        bad = min((rate for rate, one in seen.items() if what in one.broken), default=0.0)
        good = max((rate for rate, one in seen.items() if rate < bad), default=0.0)
        if good:
            seen[sqrt(good * bad)] = at(sqrt(good * bad))
    return Swept(size, dict(sorted(seen.items())))


def at_its_rate(place: Place, shapes: Sequence[Shape], found: Mapping[str, float], span: float, seed: int) -> Swept:
    """A place's size at its own rate alone."""
    size = sized(place, shapes, known.costs(found), found)
    return Swept(size, {place.rate: _simulated(size, shapes, span, seed, place.rate)})


def _simulated(size: Size, shapes: Sequence[Shape], span: float, seed: int, rate: float) -> Seen:
    webhooks = rate * size.webhooks / size.place.rate
    return simulated(size.door, rate, shapes, min(span, max(SHORTEST, MOST_WEBHOOKS / webhooks)), seed)


def _measured(calls: Sequence[Rehearsed]) -> tuple[dict[str, float], str]:
    """To four digits, which are kept: the page tells what is reckoned with."""
    with TemporaryDirectory() as folder:
        exact = measure(bundled_world(), WEDNESDAY, calls, Path(folder))
    found = {name: float(f"{value:.4g}") for name, value in exact.items()}
    return found, f"{SystemClock().now():%d %B %Y}, {description()}"


if __name__ == "__main__":
    main()
