"""How is an entry named in addresses and plans?"""

import re
from collections.abc import Container

from directory.model import LONGEST_SLUG
from directory.problems import Fault
from directory.rows import SLUG, Row


def slug_of(*words: str) -> str:
    """``Children & Families North 1`` as ``children-families-north-1``."""
    return re.sub(r"[^a-z0-9]+", "-", "-".join(words).lower())[:LONGEST_SLUG].strip("-")


def slug_in(row: Row, known: Container[str]) -> str:
    """The slug that a row gives; one that is known already may have any form."""
    return slug_in_column(row, "slug", known)


def slug_in_column(row: Row, column: str, known: Container[str]) -> str:
    """The slug in this column of a row."""
    slug = row.text(column)
    if slug and slug not in known:
        if len(slug) > LONGEST_SLUG:
            row.wrong(column, Fault.TOO_LONG, str(len(slug)))
        elif not SLUG.fullmatch(slug):
            row.wrong(column, Fault.SLUG, slug)
    return slug
