"""Which closures and openings do the rows of a file describe? One row each; heading ``effect`` is what tells the file."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from directory.border import Border
from directory.model import Closure, Effect
from directory.problems import Fault
from directory.rows import Row
from directory.slugs import slug_in
from directory.snapshot import Snapshot

CLOSURE_COLUMNS = ("slug", "effect", "from", "until", "reason", "authority", "line", "rrule")
ANY_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
OPTIONAL = {"authority": "authority", "line": "line", "rrule": "rrule"}


def closures_of(rows: Sequence[Row], directory: Snapshot, border: Border) -> Mapping[str, tuple[Closure, Row]]:
    """Each closure by its slug, with its row."""
    closures: dict[str, tuple[Closure, Row]] = {}
    for row in rows:
        slug = slug_in(row, directory.closures) or f"c{border.new_slug()[1:]}"
        if slug in closures:
            row.wrong("slug", Fault.TAKEN, slug)
        closures[slug] = _closure(slug, row, directory, border), row
    return closures


def _closure(slug: str, row: Row, directory: Snapshot, border: Border) -> Closure:
    row.needed("effect")
    effect, reason = row.choice("effect", Effect, Effect.CLOSED), row.needed("reason")
    since, until = _moment(row, "from", border), _moment(row, "until", border)
    if until <= since and row.text("from") and row.text("until"):
        row.wrong("until", Fault.ORDER, row.text("until"))
    authority, line, rrule = (row.text(column) for column in OPTIONAL)
    closure = Closure(slug, effect, since, until, reason, authority or None, line or None, rrule)
    known = directory.closures.get(slug)
    unsaid = {name: getattr(known, name) for column, name in OPTIONAL.items() if known and column not in row.cells}
    _check(replace(closure, **unsaid), row, directory, border)
    return replace(closure, **unsaid)


def _moment(row: Row, column: str, border: Border) -> datetime:
    """The moment; where none can be read, which is noted, any."""
    row.needed(column)
    return row.moment(column, border.zone) or ANY_MOMENT


def _check(closure: Closure, row: Row, directory: Snapshot, border: Border) -> None:
    if closure.authority and closure.authority not in directory.authorities:
        row.wrong("authority", Fault.UNKNOWN, closure.authority)
    if closure.line and closure.line not in border.lines:
        row.wrong("line", Fault.UNKNOWN, closure.line)
    if closure.rrule and not (border.repeats and border.repeats(closure.rrule, closure.since)):
        row.wrong("rrule", Fault.RULE, closure.rrule)
