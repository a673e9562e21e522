"""How does the page show whoever sits before it: their status, what they may become, their phone and their lines?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from admin.auth import caller
from admin.lines import plans_in_force
from admin.ports import desk
from desk.me import heard_of, standing
from desk.page.calls import line_name
from desk.page.pages import hour, second
from desk.presence import CHOICES, has_rested, may_choose, rests_until
from directory.numbers import Number
from ivr.moment import World
from ivr.plan import Queue
from store import presence
from store.database import Transaction
from store.presence import Present, Status

NEWS = timedelta(seconds=10)
"""A heartbeat is worth writing down so often; after 60 seconds without one nobody is there."""

WORDS = {
    Status.AVAILABLE: "Available",
    Status.RINGING: "Your phone rings",
    Status.ON_CALL: "On a call",
    Status.WRAP_UP: "Writing up",
    Status.AWAY: "Away",
}
BECOME = {Status.AVAILABLE: "Be available", Status.WRAP_UP: "Write up", Status.AWAY: "Go away"}
KEYS = {Status.AVAILABLE: "P", Status.WRAP_UP: "W", Status.AWAY: "L"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A status that can be chosen: its code, its words, its key."""

    status: str
    words: str
    key: str


@dataclass(frozen=True, slots=True)
class Me:
    """Whoever sits before the page. ``status`` is empty where they are not signed in at the desk."""

    status: str
    words: str
    since: str
    until: str
    phone: str
    lines: tuple[str, ...]
    slugs: tuple[str, ...]
    choices: tuple[Choice, ...]


NOBODY = Me("", "", "", "", "", (), (), ())


def seen(at: datetime) -> Present | None:
    """Their presence. The page's own asking is the heartbeat."""
    with desk().database.read() as connection:
        found = presence.one(connection, caller().id)
    if found is None or not found.is_there(at):
        return found
    return heard_of(at) if at - found.seen_at >= NEWS or has_rested(found, at) else found


def me_of(connection: Transaction, found: Present | None, world: World, at: datetime) -> Me:
    """The same in words."""
    if found is None:
        return NOBODY
    there, until = found.is_there(at), rests_until(found)
    phone, lines = Number(found.phone).national, tuple(line_name(line, world) for line in found.lines)
    choices = _choices(connection, found) if there else (Choice(Status.AVAILABLE.value, "Come back", "P"),)
    return Me(
        found.status.value if there else "", WORDS[found.status], hour(found.since), second(until) if until else "",
        phone, lines, found.lines, choices,
    )  # fmt: skip


def _choices(connection: Transaction, found: Present) -> tuple[Choice, ...]:
    counts = standing(connection, found)
    able = (one for one in CHOICES if one is not found.status and may_choose(counts, one))
    return tuple(Choice(one.value, BECOME[one], KEYS[one]) for one in able)


def lines_to_answer(world: World) -> Sequence[tuple[str, str]]:
    """The lines whose callers wait for the desk, by slug and name."""
    every = sorted(plans_in_force(world), key=lambda plan: plan.name)
    return [(plan.line, plan.name) for plan in every if any(isinstance(node, Queue) for node in plan.nodes.values())]
