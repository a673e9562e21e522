"""On which figures does the paper on capacity stand? Each with its unit, and whether it was measured, is documented or is assumed; what
nobody knows is there too, as missing. What was measured is kept beside this module; ``python -m bench.surge --measure --write`` renews it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bench.costs import BATCHES, CALLS
from bench.front import Costs, Move
from bench.rehearsed import Kind, Rehearsed, mean_webhooks
from store.examining import POOL
from store.outgoing import ORDINARY

MEASURED = Path(__file__).with_name("measured.json")
MIX = {Kind.ANSWERED: 2, Kind.UNANSWERED: 5, Kind.QUEUED: 1, Kind.WAITED: 2}
"""Of ten calls in a surge, so many go so; assumed."""


class Basis(StrEnum):
    """Where a figure is from."""

    MEASURED = "measured"
    DOCUMENTED = "documented"
    ASSUMED = "assumed"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. ``value`` is nothing where it is missing; ``told`` how it was measured, where it stands, or why it is assumed."""

    name: str
    value: float | None
    unit: str
    basis: Basis
    told: str

    def row(self) -> str:
        """A row of the page's table."""
        value = "–" if self.value is None else f"{self.value:,.4g}" if self.value < 1000 else f"{self.value:,.0f}"
        return f"| {self.name} | {value} | {self.unit} | {self.basis} | {self.told} |"


def _all(basis: Basis, *told: tuple[str, float | None, str, str]) -> tuple[Figure, ...]:
    return tuple(Figure(name, value, unit, basis, how) for name, value, unit, how in told)


COUNTY_YEAR, ENGLAND_YEAR = 37_503, 657_800
DOCUMENTED = _all(
    Basis.DOCUMENTED,
    ("calls asked for by REST", 1, "a second",
     "Twilio, glossary “CPS”: of a new account; more wait, none is refused. Callers who ring us and phones that TwiML dials do not count"),
    ("the same, where the owner of the account sets it", 5, "a second",
     "Twilio, call resource: at most, with an approved business profile; for more Twilio is asked"),
    ("calls at a time without an approved profile", 2, "calls",
     "Twilio's help, “How fast can I place or receive phone calls”: upgraded since 3 February 2026; no limit with a business profile"),
    ("callers in one queue of Twilio", 5000, "calls", "Twilio, warning 14207: at most"),
    ("callers in one queue of ours", 100, "calls", "[plans](plans.md): at most; 10 where a plan does not say"),
    ("call-backs and invitations", ORDINARY.hour, "an hour", "[`DUTYLINE_CALLS_OUT`](settings.md#dutyline_calls_out): unless it is set"),
    ("connections that PostgreSQL allows", 100, "connections", "PostgreSQL, `max_connections`: unless it is set"),
    ("contacts of a county in a year", COUNTY_YEAR, "contacts", "Lincolnshire, FOI 15497077, 2025: by telephone and otherwise"),
    ("referrals in England in a year", ENGLAND_YEAR, "referrals", "Department for Education, SFR 43/2014, 2013-14; contacts are more"),
    ("children's social workers in England", 30_700, "full-time posts", "Department for Education, workforce census, 30 September 2019"),
)  # fmt: skip

TALK, HALF, WIRE, FSYNC, HOURS, DAYS, BY_DESK, DEAREST = 360.0, 0.5, 0.25e-3, 2e-3, 8.0, 250.0, 0.3, 45.0
ASSUMED = _all(
    Basis.ASSUMED,
    ("a conversation", TALK, "seconds", "no procedure prints how long one takes"),
    *((f"calls where {kind}", many * 10, "of 100", "in a surge: most people who could answer are taken") for kind, many in MIX.items()),
    ("calls for which the desk rings a phone", BY_DESK * 100, "of 100", "a handler's, or that of whoever a call is handed to"),
    ("how busy a core may be", HALF * 100, "of 100", "at the rate that is planned for: the rest is for bursts, pages and the API"),
    ("a statement to the database and back", WIRE * 1e3, "ms", "and what else a worker waits for there, in another zone of the region"),
    ("an fsync of a deployment's disk", FSYNC * 1e3, "ms", "a disk in the network; what was measured is one of the machine"),
    ("hours like this in a day", HOURS, "hours", "for disks alone"),
    ("days like this in a year", DAYS, "days", "for disks alone; a surge is over in hours"),
    ("webhooks of the dearest call", DEAREST, "a call", "held, handed over and rung back at the desk, which is not rehearsed here"),
)  # fmt: skip

MISSING = _all(
    Basis.MISSING,
    ("REST requests at a time", None, "requests", "Twilio, error 20429: beyond a limit that it does not print they get 429; ask for it"),
    ("calls that are brought to one number", None, "a second", "Twilio names no limit; what the networks before it carry, nobody does"),
    ("callers who ring again", None, "of 100", "none do in the simulation"),
    ("replies on more than two cores", None, "a second", "there was no such machine: more workers are taken to be as good as these"),
    ("a council's calls, hour by hour", None, "calls", "not published; each can read its own in the [reports](reports.md)"),
)  # fmt: skip


def measured() -> dict[str, float]:
    """What was measured last, by the names of ``bench.costs``."""
    return {name: float(value) for name, value in json.loads(MEASURED.read_text(encoding="utf-8"))["figures"].items()}


def machine() -> str:
    """When, and on what."""
    kept: str = json.loads(MEASURED.read_text(encoding="utf-8"))["machine"]
    return kept


def keep(found: Mapping[str, float], where: str) -> None:
    """What is measured from now on."""
    kept = {"machine": where, "figures": dict(sorted(found.items()))}
    MEASURED.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")


def costs(found: Mapping[str, float]) -> Costs:
    """What the simulation reckons with: what was measured, and a deployment's disk and wire."""
    record, batch = (
        Move(found[f"moving a {what}"], found[f"taking a {what}"], found[f"statements of a {what}"] * WIRE)
        for what in ("record", "batch")
    )
    return Costs(found["reply"], record, batch, FSYNC)


def figures(found: Mapping[str, float], calls: Mapping[Kind, Sequence[Rehearsed]]) -> tuple[Figure, ...]:
    """All of them; the webhooks of ``calls`` are counted."""
    counted = (
        Figure(
            f"webhooks where {kind}",
            mean_webhooks(rung),
            "a call",
            Basis.MEASURED,
            f"rehearsal, a call on each bundled line: {_from_to(rung)}",
        )
        for kind, rung in calls.items()
    )
    return (*counted, *_measured(found), *DOCUMENTED, *ASSUMED, *MISSING)


BY_TWO = f"the drain, {CALLS} rehearsed calls, {' and '.join(map(str, BATCHES))} records at a time"


def _measured(found: Mapping[str, float]) -> tuple[Figure, ...]:
    told = (
        ("a reply, of a worker's core", found["reply"] * 1e6, "µs", "the shipped server, 700 signed webhooks, PostgreSQL frozen"),
        ("of that the step itself", found["step"] * 1e6, "µs", "in process, five steps of `bench.inside`"),
        ("moving a record, of the same core", found["moving a record"] * 1e6, "µs", BY_TWO),
        ("and each batch of them besides", found["moving a batch"] * 1e6, "µs", "one every quarter of a second, or as many as are full"),
        ("taking a record, of PostgreSQL's cores", found["taking a record"] * 1e6, "µs", "all its processes meanwhile"),
        ("and each batch of them besides", found["taking a batch"] * 1e6, "µs", "likewise"),
        ("statements to a record", found["statements of a record"], "statements", "counted meanwhile"),
        ("and to each batch of them besides", found["statements of a batch"], "statements", "likewise"),
        ("a worker with nothing to do, of its core", found["idle"] * 100, "of 100", "over ten seconds"),
        ("the same, of PostgreSQL's cores", found["asks"] * 100, "of 100", "what it asks again and again: is there a change, an alarm"),
        ("an fsync of 600 bytes", found["fsync"] * 1e3, "ms", "of 300 a tenth was quicker"),
        ("a record in the journal", found["record"], "bytes", "mean of the rehearsed calls"),
        ("records of a call", found["records"], "records", "the rehearsed calls, mixed as in a surge"),
        ("rows of a call", found["rows"], "rows", "all tables of PostgreSQL"),
        ("a call in PostgreSQL", found["bytes"], "bytes", "tables and indexes"),
        ("a record in PostgreSQL's log", found["log"], "bytes", "WAL meanwhile; a standby or an archive receives as much"),
        ("a worker's own memory", found["memory"] / 2**20, "MiB", "private pages, the bundled directory"),
        ("connections of a worker to PostgreSQL", POOL, "at most", "`store/examining.py`"),
    )  # fmt: skip
    return tuple(Figure(name, value, unit, Basis.MEASURED, how) for name, value, unit, how in told)


def _from_to(calls: Sequence[Rehearsed]) -> str:
    many = [len(call.webhooks) for call in calls]
    return f"{min(many)} to {max(many)}"
