"""How does a past call become a golden test that holds nobody's data? The same people are sent, at the same moment, through the
bundled plans and samples, where every worker is invented; what was somebody's own is replaced, and told.

Each phone does what the phone that rang in its place did: its number need not be there.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from directory.keypad import spells
from directory.model import Listing, Person
from directory.snapshot import Snapshot
from ivr.moment import World
from ivr.plan import Plan
from ivr.position import Stage
from ivr.record import MASKED, Record
from rehearsal.keeping import file_name, kept
from rehearsal.moves import KEYS, MOST_MOVES, OUTCOMES, Deed, Key, Move
from rehearsal.retaking import came_to
from rehearsal.script import WITHHELD, Leaves, Script, Staying, caller_steps, legs, script, stage_of, turns
from rehearsal.staging import CALLER
from rehearsal.story import Played, Story, played
from telephone import Ended, Listening, Outcome, Queued, Ringing, Talking

CALL_BACK_ON = "02079460998#"
NO_NUMBER = "999#"
TITLES = {
    "person": "A recorded call that reached a person",
    "call-back": "A recorded call that booked a call back",
    "safe-message": "A recorded call that ended in the safe message",
    "caller-gone": "A recorded call whose caller hung up",
}
LETTERED = {letter: key for key, letters in {"2": "abc", "3": "def", "4": "ghi", "5": "jkl", "6": "mno", "7": "pqrs", "8": "tuv",
                                             "9": "wxyz"}.items() for letter in letters}  # fmt: skip
CALLER_REPLACED = "The caller's number is replaced by 020 7946 0999."
NUMBER_REPLACED = "The number that was keyed for the call back is replaced by 020 7946 0998."
WORKER_REPLACED = "The worker who was asked for is replaced by an invented one of the samples."
PIN_REPLACED = "The PIN was not kept: a wrong one is keyed instead."
VIA_LEFT_OUT = "That the call was passed on to us from another number is left out."
WAYS_PART = "With the bundled plans and samples the call goes another way than it went then."


class NotGoldenError(ValueError):
    """The call cannot become a golden test; the message says why."""


@dataclass(frozen=True, slots=True)
class Golden:
    """The text of a golden test, the name of its file, and what is not as it was."""

    text: str
    name: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Then:
    """What was in force when the call was recorded."""

    directory: Snapshot
    plans: Mapping[str, Plan]


def golden(records: Sequence[Record], then: Then, bundled: World) -> Golden:
    """A call as a golden test of the bundled world. Raises NotGoldenError where there is none."""
    people = script(records, then.plans)
    if people is None:
        raise NotGoldenError("The call's beginning is not recorded, or a fault met it: it cannot be played again.")
    if people.line not in bundled.plans.current or people.line not in bundled.directory.lines:
        raise NotGoldenError(
            f"The line “{people.line}” is not among the bundled plans: its calls cannot be told there."
        )
    notes: list[str] = []
    keys = [_anonymous(record, keys, then, bundled.directory, notes) for record, keys in turns(records, then.plans)]
    story = Story(people.line, people.begins, _caller(people, notes), _desk(people))
    phones = [_deed(outcome) for _, outcome in legs(caller_steps(records))]
    shown = _played(bundled, story, _Acting(people, keys, phones, Staying(people.waits)))
    if people.via:
        notes.append(VIA_LEFT_OUT)
    if not _goes_alike(records, shown):
        notes.append(WAYS_PART)
    title = TITLES.get(came_to(records), "A recorded call")
    return Golden(kept(bundled, shown, title), file_name(shown), tuple(dict.fromkeys(notes)))


def _caller(people: Script, notes: list[str]) -> str:
    if people.caller == WITHHELD:
        return WITHHELD
    if people.caller != CALLER:
        notes.append(CALLER_REPLACED)
    return CALLER


def _desk(people: Script) -> frozenset[str]:
    return frozenset(line for _, lines in people.staffed for line in lines)


def _anonymous(record: Record, keys: str, then: Then, bundled: Snapshot, notes: list[str]) -> str:
    """What is keyed instead of somebody's own number, extension or name."""
    if record.body["event"].get("keys") == MASKED:
        notes.append(PIN_REPLACED)
        return keys
    if stage_of(record) is Stage.NUMBER and len(keys.rstrip("#")) > 1:
        books = any(request["do"] == "book" for request in record.body.get("requests", ()))
        notes.extend([NUMBER_REPLACED] if books else [])
        return CALL_BACK_ON if books else NO_NUMBER
    plan = then.plans.get(record.body.get("plan", ""))
    return _worker(record, keys, plan.authority, then.directory, bundled, notes) if plan and len(keys) > 2 else keys


def _worker(record: Record, keys: str, authority: str, directory: Snapshot, bundled: Snapshot, notes: list[str]) -> str:
    """An extension or letters that mean the same invented worker in both directories stay; others are another's."""
    digits = keys.rstrip("#")
    by_letters = stage_of(record) is Stage.LETTERS
    known, here = (_meant(one, authority, digits, letters=by_letters) for one in (directory, bundled))
    if known == here:
        return keys
    notes.append(WORKER_REPLACED)
    if not known:
        return NO_NUMBER
    stand_in = next(_stand_ins(bundled, authority), None)
    if stand_in is None or not stand_in.extension:
        return NO_NUMBER
    return f"{spelt(stand_in.name)}#" if by_letters else stand_in.extension


def _meant(directory: Snapshot, authority: str, digits: str, *, letters: bool) -> frozenset[tuple[str, str, str]]:
    """Whom digits mean in a directory, by id, name and extension."""
    one = directory.person_keyed(authority, digits)
    found = list(directory.people_spelt(authority, digits)) if letters else [one] if one else []
    return frozenset((person.slug, person.name, person.extension or "") for person in found)


def _stand_ins(bundled: Snapshot, authority: str) -> Iterator[Person]:
    teams = {slug for slug, team in bundled.teams.items() if team.authority == authority}
    for person in sorted(bundled.people.values(), key=lambda person: person.slug):
        if person.team in teams and person.extension and person.numbers and person.listed is Listing.LISTED:
            alone = [
                one for one in bundled.people_spelt(authority, spelt(person.name)) if spells(spelt(person.name), one)
            ]
            if len(alone) == 1:
                yield person


def spelt(name: str) -> str:
    """The keys of a name's last word."""
    return "".join(LETTERED.get(letter, "") for letter in name.rsplit(maxsplit=1)[-1].lower())


@dataclass(slots=True)
class _Acting:
    """What everybody still has to do."""

    people: Script
    keys: list[str]
    phones: list[Deed]
    staying: Staying

    def next(self, shown: Played) -> tuple[Move, ...]:
        """What is done now; it hangs on what the line has come to."""
        call = shown.call
        if call.is_in_queue:
            return (self._queue(shown),)
        self.staying.is_over()
        match call.state:
            case Listening():
                return (Deed.SILENCE,) if shown.typed else self._turn()
            case Ringing():
                return (self.phones.pop(0) if self.phones else Deed.ANSWERS,)
            case Talking():
                return (Deed.CALLEE_HANGS_UP,)
            case _:
                return (Deed.HANGS_UP,)

    def _turn(self) -> tuple[Move, ...]:
        if self.keys:
            keys = self.keys.pop(0)
            return tuple(Key(key) for key in keys if key in KEYS) or (Deed.SILENCE,)
        return (Deed.HANGS_UP if self.people.hangs_up else Deed.SILENCE,)

    def _queue(self, shown: Played) -> Move:
        match self.staying.leaves(shown.call.elapsed):
            case Leaves.ANSWERED:
                return Deed.TAKEN
            case Leaves.CALL_BACK:
                return Key("1")
            case Leaves.GONE:
                return Deed.HANGS_UP
            case _:
                return Deed.WAITS if isinstance(shown.call.state, Queued) else Deed.SILENCE


def _played(world: World, story: Story, acting: _Acting) -> Played:
    """The call, move after move."""
    shown = played(world, story)
    while not (isinstance(shown.call.state, Ended) or shown.refused or len(shown.story.moves) > MOST_MOVES):
        shown = played(world, shown.story.and_then(*acting.next(shown)))
    return shown


def _deed(outcome: Outcome | None) -> Deed:
    """What a phone does; nothing known means that the caller hung up while it rang."""
    return Deed.HANGS_UP if outcome is None else next(deed for deed, one in OUTCOMES.items() if one == outcome)


def _goes_alike(records: Sequence[Record], shown: Played) -> bool:
    return _nodes(records) == _nodes(shown.records) and came_to(records) == came_to(shown.records)


def _nodes(records: Sequence[Record]) -> list[str]:
    """The nodes on the way, however often each prompt of a queue was heard."""
    return [node for node, _ in groupby(str(record.body["node"]) for record in caller_steps(records))]
