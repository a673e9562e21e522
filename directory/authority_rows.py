"""Which authorities do the rows of a file describe? One row each; heading ``exceptions`` is what tells the file.

Exceptions from the policy take a second person: a file that changes them is refused at the edges (``unapproved``).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from directory.border import Border
from directory.model import Authority
from directory.numbers import ExtensionRule, Number, number_from
from directory.problems import Fault
from directory.rows import Row
from directory.slugs import slug_in_column
from directory.snapshot import Change, Snapshot

AUTHORITY_COLUMNS = ("authority", "name", "digits", "prefix", "exceptions", "staff_pin")
AUTHORITY_FIELDS = {"name": "name", "digits": "extensions", "exceptions": "exceptions", "staff_pin": "staff_pin"}
BEHIND = "="
"""Between the number of an exception and its reason."""

LEAST_DIGITS, MOST_DIGITS = 2, 6
PREFIX = re.compile("0[0-9]{1,9}")


def authorities_of(rows: Sequence[Row], directory: Snapshot, _: Border) -> Mapping[str, tuple[Authority, Row]]:
    """Each authority by its slug, with its row."""
    authorities: dict[str, tuple[Authority, Row]] = {}
    for row in rows:
        row.needed("authority")
        slug = slug_in_column(row, "authority", directory.authorities)
        if slug in authorities:
            row.wrong("authority", Fault.TAKEN, slug)
        authorities[slug] = _authority(slug, row, directory.authorities.get(slug)), row
    return authorities


def _authority(slug: str, row: Row, known: Authority | None) -> Authority:
    name = row.needed("name") if known is None or "name" in row.cells else known.name
    found = Authority(slug, name, _rule(row), tuple(_exceptions(row)), row.text("staff_pin"))
    if known is None:
        return found
    said = {field: getattr(found, field) for column, field in AUTHORITY_FIELDS.items() if column in row.cells}
    return replace(known, **said)


def _rule(row: Row) -> ExtensionRule | None:
    digits, prefix = row.whole("digits", LEAST_DIGITS, MOST_DIGITS), row.text("prefix")
    if digits is None:
        return None
    if not PREFIX.fullmatch(prefix):
        row.wrong("prefix", Fault.CHOICE if prefix else Fault.MISSING, prefix)
    return ExtensionRule(digits, prefix)


def _exceptions(row: Row) -> Iterator[tuple[str, str]]:
    """``0844 496 0000=the printed line``."""
    for text in row.several("exceptions"):
        given, _, reason = text.partition(BEHIND)
        number = number_from(given)
        if not isinstance(number, Number):
            row.wrong("exceptions", number, given)
        elif not reason.strip():
            row.wrong("exceptions", Fault.MISSING)
        else:
            yield number.e164, reason.strip()


def unapproved(changes: Iterable[Change], directory: Snapshot) -> list[Change]:
    """Those of the changes that alter an authority's exceptions, which nobody does alone."""
    return [change for change in changes if isinstance(change.entry, Authority) and _alters(change.entry, directory)]


def _alters(entry: Authority, directory: Snapshot) -> bool:
    known = directory.authorities.get(entry.slug)
    return entry.exceptions != (known.exceptions if known else ())
