"""What does reading a directory file need from outside the file and the directory?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from directory.rows import Zone


@dataclass(frozen=True, slots=True)
class Border:
    """The wall clock's zone, slugs for what has none yet, which plan names a team, which lines have a plan, and whether a
    closure's recurrence can be read (none: nobody is there who can)."""

    zone: Zone
    new_slug: Callable[[], str]
    plans: Mapping[str, str] = field(default_factory=dict)
    lines: frozenset[str] = frozenset()
    repeats: Callable[[str, datetime], bool] | None = None
