"""What would have to change at Twilio, so that each number of a line asks us? In words, before anything is changed.

What is right is what the doctor holds the account to (``cli.doctor.numbers``, docs/operations.md).
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from carrier.inspecting import Hook, OwnNumber
from carrier.setting import Hooks
from cli.doctor.numbers import Lines, national
from directory.findings import listed
from webhooks.links import FALLBACK, OVERRIDES, ROOT, STATUS

FIELDS = {"voice": "A call comes in", "fallback": "Primary handler fails", "status": "Call status changes"}
"""As Twilio's console names them."""


@dataclass(frozen=True, slots=True)
class Deployment:
    """Where we are reached, and where the fail-over folder is served by another host, if that is known."""

    public_url: str
    failover_url: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A number of a line as the account has it, and how it should be. ``by_hand`` is what no change of addresses mends."""

    number: OwnNumber
    line: str
    hooks: Hooks
    by_hand: str = ""

    @property
    def changes(self) -> tuple[str, ...]:
        """What is to be changed, each in a line; nothing where it is as it should be."""
        return tuple(self._differing()) if not self.by_hand else ()

    def _differing(self) -> Iterator[str]:
        if self.number.application:
            yield f"Application {self.number.application}: taken off"
        for field, name in FIELDS.items():
            was, hook = getattr(self.number, field), getattr(self.hooks, field)
            if was != hook or self.number.application:
                yield f"{name}: {told(was)} → {told(hook)}"


def wanted(owned: Collection[OwnNumber], lines: Lines, where: Deployment) -> tuple[Wanted, ...]:
    """Each number of the account that a line in force lists."""
    ours = (number for number in owned if number.number in lines.by_number)
    return tuple(_wanted(number, lines.by_number[number.number], where) for number in ours)


def _wanted(number: OwnNumber, line: str, where: Deployment) -> Wanted:
    hooks = Hooks(
        Hook(f"{where.public_url}{ROOT}{OVERRIDES}"),
        _fallback(number, line, where),
        Hook(f"{where.public_url}{STATUS}{OVERRIDES}"),
    )
    return Wanted(number, line, hooks, _by_hand(number))


def _fallback(number: OwnNumber, line: str, where: Deployment) -> Hook:
    """The line's file on the other host; without one what stands there, unless it is nothing or our own."""
    if where.failover_url:
        return Hook(f"{where.failover_url.rstrip('/')}/{line}.xml", "GET")
    is_elsewhere = number.fallback.url and _host(number.fallback.url) != _host(where.public_url)
    return number.fallback if is_elsewhere else Hook(f"{where.public_url}{FALLBACK}")


def _by_hand(number: OwnNumber) -> str:
    if number.trunk:
        return "it is given to a SIP trunk; take it off the trunk at Twilio"
    if not number.speaks or number.receives != "voice":
        return "it takes no calls; set it to voice at Twilio, or exchange it"
    return ""


def told_of(owned: Collection[OwnNumber], lines: Lines, found: Collection[Wanted]) -> Iterator[str]:
    """The whole difference, line by line."""
    for one in found:
        head = f"{lines.names[one.line]}, {national(one.number.number)}"
        if one.by_hand:
            yield f"{head}: NOT CHANGED, {one.by_hand}."
        elif one.changes:
            yield from (f"{head}:", *(f"  {change}" for change in one.changes))
        else:
            yield f"{head}: as it should be."
    here = {number.number for number in owned}
    missing = [national(number) for number in lines.by_number if number not in here]
    if missing:
        yield f"The account does not have {listed(missing)}, which lines list."
    others = [national(number.number) for number in owned if number.number not in lines.by_number]
    if others:
        yield f"Left alone, since no line lists them: {listed(others)}."


def told(hook: Hook) -> str:
    """An address as a person reads it."""
    return f"{hook.url}, HTTP {hook.method}" if hook.url else "nothing"


def _host(url: str) -> str:
    return urlsplit(url).netloc
