"""What in a rehearsed call is somebody's own? Numbers of workers, mobiles, given names that the line reads out, and a PIN."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from directory.names import given
from directory.numbers import Number, number_from
from directory.search import MOBILE
from directory.snapshot import Snapshot
from ivr.lint import DRAMA
from ivr.moment import World
from ivr.plan import DialByName, Extension, Node, StaffOnly
from ivr.record import Record
from rehearsal.story import Played

THEIR_PHONE, A_WORKER = "the worker's phone", "a worker"
LETTERS = "23456789"


@dataclass(frozen=True, slots=True)
class Curtain:
    """What those who see no personal data see instead; ``words`` are texts, each with what stands there for it."""

    words: tuple[tuple[str, str], ...] = ()

    def over(self, text: str) -> str:
        """The text without them."""
        for hidden, shown in self.words:
            text = re.sub(rf"(?<!\w){re.escape(hidden)}(?!\w)", shown, text)
        return text


NO_CURTAIN = Curtain()


def curtain(world: World, shown: Played) -> Curtain:
    """Before a call for somebody who sees no personal data."""
    numbers = [number for number in dict.fromkeys(_numbers(shown)) if is_hidden(world.directory, number)]
    spellings = [(text, THEIR_PHONE) for one in numbers for text in (one.national, one.spoken, one.e164)]
    return Curtain((*spellings, *((name, A_WORKER) for name in sorted(_given_names(world, shown)))))


def is_hidden(directory: Snapshot, number: Number) -> bool:
    """Whether a number is hidden from those who see no personal data: a worker's, or a mobile."""
    return number.e164.startswith(MOBILE) or is_theirs(directory, number)


def is_theirs(directory: Snapshot, number: Number) -> bool:
    """Whether it is the number of somebody of the staff."""
    return any((slug, number.e164) in directory.staff for slug in directory.authorities)


def is_drama(number: Number) -> bool:
    """Whether nobody has this number: it is reserved for plays."""
    return number.e164.startswith(DRAMA)


def told_in(world: World, shown: Played) -> tuple[str, ...]:
    """What personal data a call tells, as sentences that end in a remedy; none: it may be kept as a test."""
    return tuple(dict.fromkeys((*_phones_told(world, shown), *_keys_told(shown), *_nodes_told(world, shown))))


def _phones_told(world: World, shown: Played) -> Iterator[str]:
    caller = number_from(shown.story.caller)
    if isinstance(caller, Number) and not is_drama(caller):
        yield "The caller's number is a real one; call as 020 7946 0999, or with the number withheld."
    rung = (Number(number) for number, _ in shown.phones)
    if any(is_theirs(world.directory, one) and not is_drama(one) for one in rung):
        yield "A worker's own telephone rang; ask for a team instead of a worker."


def _keys_told(shown: Played) -> Iterator[str]:
    keyed = [number_from(keys.rstrip("#")) for keys in shown.entries]
    if any(isinstance(number, Number) and not is_drama(number) for number in keyed):
        yield "A real telephone number was keyed; key one for plays, such as 020 7946 0998."


def _nodes_told(world: World, shown: Played) -> Iterator[str]:
    for record in shown.records:
        match _keyed_at(world, record):
            case StaffOnly():
                yield "The staff PIN was keyed; call as a member of staff instead."
            case Extension() | DialByName() if _are_real(world.directory):
                yield "A worker was asked for by extension or by name, and the directory holds real people; ask for a team."
            case _:
                continue


def _keyed_at(world: World, record: Record) -> Node | None:
    """The node at which keys were pressed in this step, if any were."""
    if record.body.get("event", {}).get("name") != "Keyed":
        return None
    line, node, _ = record.body["asked"].split("/")
    plan = world.plans.of_line(line)
    return plan.nodes.get(node) if plan else None


def _are_real(directory: Snapshot) -> bool:
    """Whether anybody in the directory has a number that is not for plays, or none."""
    return any(not person.numbers or not all(map(is_drama, person.numbers)) for person in directory.people.values())


def _numbers(shown: Played) -> Iterator[Number]:
    caller = number_from(shown.story.caller)
    if isinstance(caller, Number):
        yield caller
    for record in shown.records:
        if record.body.get("rings"):
            yield Number(record.body["rings"])


def _given_names(world: World, shown: Played) -> set[str]:
    """Those that may have been read out after letters were keyed."""
    found: set[str] = set()
    for record in shown.records:
        if isinstance(_keyed_at(world, record), DialByName):
            letters = "".join(key for key in record.body["event"].get("keys", "") if key in LETTERS)
            for slug in world.directory.authorities:
                found |= {given(person.name) for person in world.directory.people_spelt(slug, letters)}
    return found - {""}
