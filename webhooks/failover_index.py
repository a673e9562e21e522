"""What is in a fail-over folder, from what was it made, and until when is it right? For a person (HTML) and for programs (JSON)."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

from directory.numbers import Number
from ivr.plan import Plan
from routing.reasons import clock_time
from webhooks.ahead import Phone
from webhooks.banded import READABLE, STAMP, TABLE
from webhooks.unclocked import GoodUntil, Unclocked

INDEX, PAGE = "index.json", "index.html"
OWN = "the phone of whoever holds duty"


@dataclass(frozen=True, slots=True)
class Made:
    """When a folder was made, and from what: the stamp of the world, and the directory's epoch and version."""

    at: datetime
    stamp: str
    epoch: str
    version: int


@dataclass(frozen=True, slots=True)
class LineIndex:
    """What the index tells of a line: its numbers, what rings, until when, and which files hold somebody's own number."""

    plan: Plan
    answers: tuple[Number, ...]
    always: Unclocked
    timetable: GoodUntil
    own: tuple[str, ...]


def index_files(made: Made, lines: Sequence[LineIndex], sums: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """The page, then the JSON, which names the page's hash among the others'."""
    page = _page(made, lines, sums).encode()
    yield PAGE, page
    yield INDEX, _document(made, lines, sums)


def first_end(lines: Sequence[LineIndex]) -> GoodUntil | None:
    """The first moment at which some file may be wrong."""
    goods = [good for line in lines for good in (line.always.good, line.timetable)]
    return min(goods, key=lambda good: good.at, default=None)


def _document(made: Made, lines: Sequence[LineIndex], sums: Mapping[str, str]) -> bytes:
    end = first_end(lines)
    document = {
        "made_at": made.at.isoformat(),
        "good_until": f"{end.at:{STAMP}}" if end else None,
        "stamp": made.stamp,
        "directory": {"epoch": made.epoch, "version": made.version},
        "lines": [_line(line) for line in lines],
        "files": dict(sorted(sums.items())),
    }
    return json.dumps(document, indent=1).encode()


def _line(line: LineIndex) -> dict[str, Any]:
    return {
        "line": line.plan.line,
        "name": line.plan.name,
        "plan": line.plan.digest,
        "answers": [number.e164 for number in line.answers],
        "file": f"{line.plan.line}.xml",
        "good_until": f"{line.always.good.at:{STAMP}}",
        "because": line.always.good.because,
        "timetable": f"{line.plan.line}/{TABLE}",
        "timetable_good_until": f"{line.timetable.at:{STAMP}}",
        "timetable_because": line.timetable.because,
        "holds_own_numbers": list(line.own),
    }


def _page(made: Made, lines: Sequence[LineIndex], sums: Mapping[str, str]) -> str:
    end = first_end(lines)
    good = f"{clock_time(end.at)}: {escape(end.because)}" if end else "now: no line is published"
    rows = "".join(map(_row, lines))
    listed = "".join(f"<li>{escape(name)} <code>{found[:16]}</code></li>" for name, found in sorted(sums.items()))
    return f"""<!DOCTYPE html>
<html lang="en-GB">
<head><meta charset="utf-8"><meta name="robots" content="noindex"><title>Fail over – Dutyline</title></head>
<body>
<h1>Fail over</h1>
<p>These files answer calls while Dutyline does not. Made {clock_time(made.at)} from version {made.version} of the directory.</p>
<p><strong>Good until {good}.</strong> After that a file may ring the wrong phone: have the folder written again.</p>
<table>
<caption>Enter each file as the fallback URL of its line's numbers, with the method GET</caption>
<thead><tr><th scope="col">Line</th><th scope="col">Answers</th><th scope="col">File</th><th scope="col">Rings</th>
<th scope="col">Good until</th><th scope="col">By the clock</th></tr></thead>
<tbody>{rows}</tbody>
</table>
<h2>Files</h2>
<ul>{listed}</ul>
</body>
</html>
"""


def _row(line: LineIndex) -> str:
    slug = escape(line.plan.line)
    answers = ", ".join(number.national for number in line.answers) or "no number"
    rings = "; ".join(map(_told, line.always.phones)) or "the safe message only"
    own = "<br>Holds somebody's own number." if line.own else ""
    return (
        f'\n<tr><th scope="row">{escape(line.plan.name)}</th><td>{answers}</td><td><a href="{slug}.xml">{slug}.xml</a></td>'
        f"<td>{escape(rings)}{own}</td><td>{clock_time(line.always.good.at)}: {escape(line.always.good.because)}</td>"
        f'<td><a href="{slug}/{READABLE}">timetable</a>, good until {clock_time(line.timetable.at)}</td></tr>'
    )


def _told(phone: Phone) -> str:
    return f"{phone.who}, {OWN if phone.own else phone.number.national}"
