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
    slug = row.text("slug")
    if slug and slug not in known:
        if len(slug) > LONGEST_SLUG:
            row.wrong("slug", Fault.TOO_LONG, str(len(slug)))
        elif not SLUG.fullmatch(slug):
            row.wrong("slug", Fault.SLUG, slug)
    return slug
