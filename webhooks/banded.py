"""Which file is the right one at which time, for a host that can switch by the clock? A file for each ladder, and a timetable."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from directory.numbers import Number
from ivr.grid import Stretch
from routing.clock import LONDON, local
from routing.reasons import clock_time
from webhooks.ahead import Ahead, Phone, phones_of
from webhooks.static import static_document
from webhooks.unclocked import GoodUntil

TABLE, READABLE = "timetable.json", "timetable.txt"
HORIZON_ENDS, HOLIDAYS_END = "the timetable ends", "the known bank holidays end"
STAMP = "%Y-%m-%dT%H:%MZ"
HEAD = """\
# {name}: which file is right at which time. Made by Dutyline.
# From and until in UTC (until not included), the file, then the same on England's clock, and who rings first.
"""


@dataclass(frozen=True, slots=True)
class Band:
    """A time in which one file is the right one, and the phones that it rings."""

    since: datetime
    until: datetime
    file: str
    document: bytes
    phones: tuple[Phone, ...]


def bands(ahead: Ahead, night: Phone | None, shown: Number | None) -> tuple[Band, ...]:
    """The line's time ahead, cut where another file is the right one."""
    found: list[Band] = []
    for stretch in ahead.stretches:
        band = _band(ahead, stretch, night, shown)
        joined = bool(found) and found[-1].document == band.document
        found[-1:] = [replace(found[-1], until=band.until)] if joined else [*found[-1:], band]
    return tuple(found)


def _band(ahead: Ahead, stretch: Stretch, night: Phone | None, shown: Number | None) -> Band:
    phones = tuple(phones_of(ahead.route(stretch).ladder, ahead.world, ahead.plan))
    document = static_document(ahead.plan, phones, night, shown)
    part = "day" if ahead.is_reached_by_day(stretch) else "night"
    name = f"{part}-{hashlib.sha256(document).hexdigest()[:8]}.xml"
    return Band(stretch.since, stretch.until, name, document, phones)


def banded_files(ahead: Ahead, found: tuple[Band, ...]) -> Iterator[tuple[str, bytes]]:
    """The files of a line's folder: each document once, under the name of its first band, then the timetables."""
    names: dict[bytes, str] = {}
    for band in found:
        if band.document not in names:
            names[band.document] = band.file
            yield band.file, band.document
    named = [replace(band, file=names[band.document]) for band in found]
    yield TABLE, _table(ahead, named)
    yield READABLE, _readable(ahead, named)


def timetable_good(ahead: Ahead) -> GoodUntil:
    """Until when a timetable can be trusted: to its end, unless the bank holidays are known for less."""
    midnight = datetime.combine(ahead.world.calendar.known_until + timedelta(days=1), time(), LONDON).astimezone(UTC)
    return min(GoodUntil(ahead.until, HORIZON_ENDS), GoodUntil(midnight, HOLIDAYS_END), key=lambda good: good.at)


def _table(ahead: Ahead, found: list[Band]) -> bytes:
    rows = [
        {
            "from": f"{band.since:{STAMP}}",
            "until": f"{band.until:{STAMP}}",
            "from_local": local(band.since).isoformat(timespec="minutes"),
            "until_local": local(band.until).isoformat(timespec="minutes"),
            "file": band.file,
        }
        for band in found
    ]
    good = timetable_good(ahead).at
    return json.dumps({"line": ahead.plan.line, "good_until": f"{good:{STAMP}}", "bands": rows}, indent=1).encode()


def _readable(ahead: Ahead, found: list[Band]) -> bytes:
    rows = [f"{band.since:{STAMP}} {band.until:{STAMP}} {band.file}  {_words(band)}" for band in found]
    return (HEAD.format(name=ahead.plan.name) + "\n".join(rows) + "\n").encode()


def _words(band: Band) -> str:
    first = band.phones[0] if band.phones else None
    number = "the phone of whoever holds duty" if first and first.own else first.number.national if first else ""
    rings = f"{first.who}, {number}" if first else "the safe message"
    return f"{clock_time(band.since)} until {clock_time(band.until)}  {rings}"
