"""What does a handler see of a caller, before they answer and while they speak?"""

from dataclasses import dataclass
from datetime import datetime

from admin.auth import caller
from desk.page.pages import hour
from desk.page.passing import Passing, passing
from desk.queue import WaitingOut, waiting_out
from desk.targets import is_force
from ivr.moment import World
from store import conversations, parties
from store.conversations import RISK, At, Conversation
from store.database import Transaction
from store.keys import Role

RINGING, TALKING, WAITING, ELSEWHERE, ENDED = "ringing", "talking", "waiting", "elsewhere", "ended"
MINUTE = 60


@dataclass(frozen=True, slots=True)
class Caller:
    """A caller in words: the line, what they chose, since when and how long they have waited, and who they may be."""

    call: str
    line: str
    is_urgent: bool
    chosen: str
    queued: str
    waited: str
    relay: bool
    earlier: int
    number: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The call of the page: the caller, how it stands, the transfer; ``is_own`` where the handler's telephone is in it.
    ``forces``: the police forces of the directory, by slug and name, which join by one key (B:37)."""

    caller: Caller
    state: str
    authority: str
    since: str
    is_own: bool
    transfer: Passing | None
    can_pass: bool
    can_command: bool
    forces: tuple[tuple[str, str], ...]


def caller_of(connection: Transaction, one: Conversation, world: World, at: datetime) -> Caller:
    """A caller in words."""
    out = waiting_out(connection, one, one.answered_at or at)
    return Caller(
        one.call, line_name(one.line, world), one.priority == RISK, ", ".join(out.chosen), hour(one.queued_at),
        waited(out.waited_seconds), out.relay, out.earlier_calls, _number(out),
    )  # fmt: skip


def line_name(line: str, world: World) -> str:
    """A line's name."""
    plan = world.plans.of_line(line)
    return plan.name if plan else line


def waited(seconds: int) -> str:
    """``3 minutes``: whole minutes, so that a page that is asked again and again changes once a minute."""
    minutes = seconds // MINUTE
    return "less than a minute" if minutes < 1 else "1 minute" if minutes == 1 else f"{minutes} minutes"


def _number(out: WaitingOut) -> str:
    return out.caller.national if out.caller else ""


def call_of(connection: Transaction, one: Conversation, world: World, at: datetime, own: str | None) -> Shown:
    """The call of the page."""
    is_own, plan = one.call == own, world.plans.of_line(one.line)
    state = _state(one, is_own=is_own)
    mine = one.handler == caller().id or caller().role is Role.ADMIN
    can_pass = is_own and state == TALKING and _is_free(connection, one)
    begun = one.ended_at or one.answered_at or one.offered_at or one.queued_at
    return Shown(
        caller_of(connection, one, world, at), state, plan.authority if plan else "", hour(begun), is_own,
        passing(connection, one.call, is_own=is_own), can_pass, mine, _forces(world) if can_pass else (),
    )  # fmt: skip


def _state(one: Conversation, *, is_own: bool) -> str:
    if one.state is At.ENDED or one.state is At.WAITING:
        return ENDED if one.state is At.ENDED else WAITING
    if not is_own:
        return ELSEWHERE
    return TALKING if one.state is At.TALKING else RINGING


def _forces(world: World) -> tuple[tuple[str, str], ...]:
    return tuple((role.slug, role.name) for role in world.directory.roles.values() if is_force(role))


def _is_free(connection: Transaction, one: Conversation) -> bool:
    """Whether no transfer is under way, and the room is the handler's still."""
    owner = parties.one(connection, one.party)
    return one.transfer is None and owner is not None and owner.transfer is None


def named(connection: Transaction, call: str | None) -> Conversation | None:
    """A call at the desk."""
    return conversations.one(connection, call) if call else None
