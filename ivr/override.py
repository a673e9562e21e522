"""Which number stands in for a while on a line, before its menus and at any hour? The break-glass change: always with an end."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from directory.numbers import Number
from directory.policy import denial
from directory.snapshot import Snapshot
from routing.ladder import Circumstances

LONGEST = timedelta(days=31)
"""Whatever lasts longer belongs into the directory, where everybody sees it."""

WHO = "whoever stands in"


@dataclass(frozen=True, slots=True)
class Override:
    """``number`` rings first for every caller of ``line``, from ``since`` until ``until`` (aware). ``who`` put it there, and ``why``.

    What a call meets depends on its minute alone: ``since`` is cut to its minute, so that the very next caller is helped.
    ``set_at`` is the moment itself, by which the newest is known (none: ``since``).
    """

    line: str
    number: Number
    since: datetime
    until: datetime
    who: str = ""
    why: str = ""
    set_at: datetime | None = None

    @property
    def moment(self) -> datetime:
        """When somebody put it there."""
        return self.set_at or self.since

    def in_force(self, at: datetime) -> bool:
        """Whether it stands at this moment."""
        return self.since <= at < self.until

    def document(self) -> dict[str, Any]:
        """The override as JSON."""
        known = {"since": self.since, "until": self.until, "set_at": self.set_at}
        moments = {name: at.astimezone(UTC).isoformat() for name, at in known.items() if at}
        return {"line": self.line, "number": self.number.e164, **moments, "who": self.who, "why": self.why}


def override_from(document: Mapping[str, Any]) -> Override:
    """The override that ``document`` wrote."""
    since, until = (datetime.fromisoformat(document[name]) for name in ("since", "until"))
    told = document.get("who", ""), document.get("why", "")
    set_at = datetime.fromisoformat(document["set_at"]) if document.get("set_at") else None
    return Override(document["line"], Number(document["number"]), since, until, *told, set_at)


def by_line(overrides: Iterable[Override]) -> dict[str, Override]:
    """The newest override of each line: an end that was set earlier is one that has passed."""
    newest: dict[str, Override] = {}
    for override in sorted(overrides, key=lambda one: one.moment):
        newest[override.line] = override
    return newest


def standing_in(override: Override | None, directory: Snapshot, authority: str, now: Circumstances) -> Override | None:
    """The override if it is in force and its number may ring: neither refused by policy, nor ours, nor one to avoid."""
    if override is None or not override.in_force(now.at) or override.number.e164 in now.avoid:
        return None
    refused = denial(override.number, directory.excepted.get(authority, frozenset()))
    return None if refused or override.number.e164 in directory.line_answering else override
