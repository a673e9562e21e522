"""How is it told how large Dutyline must be, and where each size breaks? Tables and a picture for docs/capacity.md."""

from collections.abc import Iterator, Mapping, Sequence
from math import ceil, inf

from bench.drawing import curves
from bench.front import BEHIND, LATEST, PATIENCE, RETRIES, SLOW, SOON, Seen
from bench.known import BY_DESK, COUNTY_YEAR, DAYS, ENGLAND_YEAR, HOURS, TALK, Figure
from bench.people import SOON as AT_ONCE
from bench.people import WANTED, always, carried, talking, waits
from bench.sizing import Size, Swept

HOUR = 3600.0
LONGEST_WAIT = 600.0
"""Seconds in a queue of ours, where a plan says nothing else."""

MOST_PEOPLE = 500
"""Of more people a part is simulated, with its part of the calls: all of them would be a little quicker."""

RUNG_SOON, ENOUGH, STEP = 2.0, 0.99, 0.05
GB, TB = 1e9, 1e12


def put(page: str, told: Mapping[str, str]) -> str:
    """The page with each part between its own two marks. Raises ValueError where a mark is missing."""
    for name, text in told.items():
        before, begins, rest = page.partition(f"<!-- {name} -->\n")
        _, ends, after = rest.partition(f"<!-- /{name} -->\n")
        if not begins or not ends:
            raise ValueError(f"the page has no marks for {name}")
        page = f"{before}{begins}\n{text}\n\n{ends}{after}"
    return page


def sizes(found: Sequence[Size]) -> str:
    """What operators need, a column for each place."""
    rows = {
        "calls a second": [f"{one.place.rate:g}" for one in found],
        "webhooks a second": [f"{one.webhooks:,.1f}" for one in found],
        "machines × cores": [f"{one.door.machines} × {one.place.cores}" for one in found],
        "workers, of all machines": [f"{one.workers}" for one in found],
        "memory of a machine's workers": [_size(one.memory) for one in found],
        "PostgreSQL: cores": [f"{one.door.database}" for one in found],
        "PostgreSQL: `max_connections`": [f"{one.connections}" for one in found],
        "PostgreSQL: disk for an hour of this": [_size(one.database) for one in found],
        "… for a day": [_size(one.database * HOURS) for one in found],
        "… for a year": [_size(one.database * HOURS * DAYS) for one in found],
        "PostgreSQL: its log (WAL) of a day": [_size(one.log * HOURS) for one in found],
        "journals of a day, all machines": [_size(one.journal * HOURS) for one in found],
        "Twilio: calls at a time": [f"{one.talking:,.0f}" for one in found],
        "Twilio: calls by REST a second": [f"{asked_for(one.rest)}" for one in found],
        f"people, so that {WANTED:.0%} of callers wait less than {AT_ONCE:g} s": [f"{one.people:,}" for one in found],
    }
    a_call, most = found[0].database / found[0].place.rate / HOUR, max(one.place.rate for one in found)
    return "\n".join((
        "| | " + " | ".join(one.place.name for one in found) + " |", "|---|" + "---|" * len(found),
        *(f"| {name} | " + " | ".join(cells) + " |" for name, cells in rows.items()), "",
        f"These are surges. The {COUNTY_YEAR:,} contacts of a county's year would take {_size(COUNTY_YEAR * a_call)} if all were "
        f"calls; an hour of {most:g} a second is {most * HOUR:,.0f} calls, where England has {ENGLAND_YEAR:,} referrals in a year.",
    ))  # fmt: skip


def planned(swept: Sequence[Swept], seed: int) -> str:
    """How each does at its own rate, machines and people."""
    head = "calls a second | webhooks simulated | p50 ms | p99 ms | slowest ms | given up | backlog | people | at once | gone"
    return "\n".join((f"| who | {head} |", "|---" * 11 + "|", *(_at_its_rate(one, seed) for one in swept)))


def _at_its_rate(one: Swept, seed: int) -> str:
    seen, place = one.planned, one.size.place
    part = min(1.0, MOST_PEOPLE / place.people)
    people = waits(round(place.people * part), place.rate * part, talking(TALK), HOUR, seed, LONGEST_WAIT)
    p50, p99, slowest = (f"{seen.quantile(share) * 1000:.1f}" for share in (0.5, 0.99, 1.0))
    return (
        f"| {place.name} | {place.rate:g} | {seen.came:,} | {p50} | {p99} | {slowest} | {len(seen.given_up)} "
        f"| {'grows' if seen.grows else 'steady'} | {place.people:,} | {people.within(AT_ONCE):.0%} | {people.gone / people.came:.0%} |"
    )


def breaks(swept: Sequence[Swept], seed: int) -> str:
    """From how many calls a second on what breaks, the first on the left."""
    by_rest = rung_late(1, seed) / BY_DESK
    head = "| who | planned for | breaks first | then | then | then |", "|---" * 6 + "|"
    return "\n".join((*head, *(_in_order(one, by_rest) for one in swept)))


def _in_order(one: Swept, by_rest: float) -> str:
    place, most = one.size.place, max(one.seen)
    found = {
        f"{place.people:,} people": carried(place.people, TALK), "one call by REST a second": by_rest,
        BEHIND: one.breaks(BEHIND), SLOW: one.breaks(SLOW),
    }  # fmt: skip
    told = sorted(
        (rate or inf, f"{what}: {f'from {_rate(rate)}' if rate else f'not by {_rate(most)}'}") for what, rate in found.items()
    )  # fmt: skip
    return f"| {place.name} | {place.rate:g} | " + " | ".join(words for _, words in told) + " |"


def beyond(seen: Seen) -> str:
    """How it goes on where more webhooks come than the workers' cores can answer."""
    return "\n".join(_beyond(seen))


def _beyond(seen: Seen) -> Iterator[str]:
    yield "| webhooks that come from this second on | wait |"
    yield "|---|---|"
    for limit in (SOON, LATEST, PATIENCE):
        more = ": Twilio asks again, which makes it worse" if limit == PATIENCE else ""
        yield f"| {_second(seen.first_beyond(limit))} | more than {limit:g} s{more} |"
    first = min(seen.given_up, default=None)
    yield f"| {_second(first)} | in vain: Twilio gives up after {RETRIES + 1} attempts, and the caller hears the fallback |"
    yield ""
    share = len(seen.given_up) / seen.came
    yield f"Of {seen.came:,} webhooks in {seen.span:g} seconds {share:.0%} were given up; Twilio asked {seen.again:,} times again."


def figures(found: Sequence[Figure], where: str) -> str:
    """Every figure on which the rest stands."""
    head = "| figure | value | unit | is | how, or where |", "|---|---|---|---|---|"
    return "\n".join((f"Measured on {where}.", "", *head, *(one.row() for one in found)))


def picture(swept: Sequence[Swept]) -> str:
    """Of 100 replies the slowest but one, by calls a second, for each place."""
    lines = {
        one.size.place.name: [(rate, seen.quantile(0.99) * 1000) for rate, seen in one.seen.items()] for one in swept
    }
    return curves(
        "How soon webhooks are answered as calls increase", "99 of 100 replies take no longer than so many milliseconds (simulated)",
        lines, ("calls a second", "ms"), {f"limit: {SOON:g} s": SOON * 1000, f"Twilio asks again: {PATIENCE:g} s": PATIENCE * 1000},
    )  # fmt: skip


def rung_late(asked: int, seed: int) -> float:
    """From how many phones a second on, of which Twilio rings ``asked`` a second, fewer than ``ENOUGH`` ring soon."""
    rates = (asked * STEP * many for many in range(1, round(1 / STEP)))
    return next((rate for rate in rates if not _ring_soon(rate, asked, seed)), float(asked))


def asked_for(rate: float) -> int:
    """The fewest calls by REST a second with which so many phones a second ring soon."""
    asked = ceil(rate)
    while not _ring_soon(rate, asked, 1):
        asked += 1
    return asked


def _ring_soon(rate: float, asked: int, seed: int) -> bool:
    return waits(1, rate, always(1 / asked), HOUR / max(rate, 1.0), seed).within(RUNG_SOON) >= ENOUGH


def _second(moment: float | None) -> str:
    return "never" if moment is None else f"{moment:.1f}"


def _rate(rate: float) -> str:
    return f"{rate:,.0f}" if rate >= 10 else f"{rate:.2g}"


def _size(many: float) -> str:
    if many < GB:
        return f"{many / 1e6:,.0f} MB"
    return f"{many / GB:,.1f} GB" if many < 10 * GB else f"{many / GB:,.0f} GB" if many < TB else f"{many / TB:,.1f} TB"
