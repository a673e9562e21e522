"""How does a rehearsed call go? A story says who calls which line when, and every move so far; it is always played from its beginning.

Nothing is kept between two moves: the same story gives the same call on every worker, and nothing real is rung or written.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import assert_never

from ivr.moment import World
from ivr.record import Record
from rehearsal.moves import KEYS, OUTCOMES, Deed, Key, Move
from rehearsal.staging import CALLER, Memory, Staffed, rehearsal
from telephone import Call, Ended, Listening, Queued, Ringing, Talking, Whispering

TALK_SECONDS = 60.0
"""Two people who are connected talk so long before one of them hangs up."""

NOBODY_LISTENS = "Nobody listens for keys at this moment."
NOT_NOW = {
    Deed.SILENCE: "the line does not wait for the caller",
    Deed.HANGS_UP: "the call has ended",
    Deed.CALLEE_HANGS_UP: "nobody is connected",
    Deed.WAITS: "the caller is not in a queue",
    Deed.TAKEN: "the caller is not in a queue",
}
NOBODY_RINGS = "no telephone rings"


@dataclass(frozen=True, slots=True)
class Story:
    """A call as it is to be played. ``caller`` is E.164 or ``anonymous``, ``desk`` the lines that somebody answers."""

    line: str
    at: datetime
    caller: str = CALLER
    desk: frozenset[str] = frozenset()
    moves: tuple[Move, ...] = ()

    def and_then(self, *moves: Move) -> "Story":
        """The same with these moves behind the others."""
        return replace(self, moves=(*self.moves, *moves))


@dataclass(frozen=True, slots=True)
class Played:
    """A call as far as its moves go. ``typed`` are keys that the line still collects, ``refused`` why the moves behind
    ``story.moves`` were not made, ``entries`` what was keyed at each prompt (nothing: silence), ``phones`` what each telephone
    did, ``said`` and ``decided`` how many lines and records there were before the last move."""

    story: Story
    call: Call
    records: tuple[Record, ...]
    faults: tuple[str, ...]
    typed: str = ""
    refused: str = ""
    entries: tuple[str, ...] = ()
    phones: tuple[tuple[str, Deed], ...] = ()
    said: int = 0
    decided: int = 0


def played(world: World, story: Story) -> Played:
    """Play a story from its beginning; a move that is out of turn ends it there."""
    staged = rehearsal(world, story.at, Staffed(story.desk))
    call = staged.phone.dial(world.directory.lines[story.line].numbers[0].e164, story.caller)
    playing = _Playing(call, staged.memory)
    made, refused = 0, ""
    for move in story.moves:
        refused = playing.makes(move)
        if refused:
            break
        made += 1
    return playing.told(replace(story, moves=story.moves[:made]), refused)


def offered(call: Call) -> tuple[Deed, ...]:
    """What may be done next, keys apart."""
    match call.state:
        case Listening() if call.is_in_queue:
            return Deed.SILENCE, Deed.TAKEN, Deed.HANGS_UP
        case Listening():
            return Deed.SILENCE, Deed.HANGS_UP
        case Ringing():
            return *OUTCOMES, Deed.HANGS_UP
        case Whispering():
            return (Deed.HANGS_UP,)
        case Talking():
            return Deed.CALLEE_HANGS_UP, Deed.HANGS_UP
        case Queued():
            return Deed.WAITS, Deed.TAKEN, Deed.HANGS_UP
        case Ended():
            return ()
        case _:
            assert_never(call.state)


@dataclass(slots=True)
class _Playing:
    call: Call
    memory: Memory
    typed: str = ""
    entries: list[str] = field(default_factory=list)
    phones: list[tuple[str, Deed]] = field(default_factory=list)
    said: int = 0
    decided: int = 0

    def makes(self, move: Move) -> str:
        """Make a move; why not, where it is out of turn."""
        why = self._why_not(move)
        if not why:
            self.said, self.decided = len(self.call.transcript), len(self.memory.records)
            self._presses(move.key) if isinstance(move, Key) else self._does(move)
        return why

    def told(self, story: Story, refused: str) -> Played:
        """What came of it."""
        memory = self.memory
        return Played(
            story, self.call, tuple(memory.records), tuple(memory.faults), self.typed, refused, tuple(self.entries),
            tuple(self.phones), self.said, self.decided,
        )  # fmt: skip

    def _why_not(self, move: Move) -> str:
        if isinstance(move, Key):
            return "" if isinstance(self.call.state, Listening | Queued) and move.key in KEYS else NOBODY_LISTENS
        if move in offered(self.call):
            return ""
        return f"“{move.value}” cannot happen now: {NOT_NOW.get(move, NOBODY_RINGS)}. Choose one of the buttons below."

    def _presses(self, key: str) -> None:
        """Collect keys as the line does, and send them when it has enough."""
        if isinstance(self.call.state, Queued):
            self.call.is_queued(self.call.state.position)
        if not isinstance(self.call.state, Listening):
            return
        rules, self.typed = self.call.state.gather, self.typed + key
        if key == rules.finish_on_key or len(self.typed) == rules.num_digits:
            self._enters()

    def _enters(self) -> None:
        keys, self.typed = self.typed, ""
        self.entries.append(keys)
        self.call.presses(keys) if keys else self.call.waits()

    def _does(self, deed: Deed) -> None:
        match deed:
            case Deed.SILENCE:
                self._enters()
            case Deed.HANGS_UP | Deed.CALLEE_HANGS_UP:
                self._ends(deed)
            case Deed.WAITS:
                self.call.is_queued(1)
            case Deed.TAKEN:
                self.typed = ""
                self.call.is_answered_from_queue()
            case _:
                self._rings(deed)

    def _ends(self, deed: Deed) -> None:
        self.typed = ""
        if isinstance(self.call.state, Talking):
            self.call.talks(TALK_SECONDS)
        if deed is Deed.HANGS_UP and not isinstance(self.call.state, Ended):
            self.call.hangs_up()
        elif isinstance(self.call.state, Talking):
            self.call.callee_hangs_up()

    def _rings(self, deed: Deed) -> None:
        if isinstance(self.call.state, Ringing):
            self.phones.append((self.call.state.numbers[0], deed))
            self.call.phone_does(OUTCOMES[deed])
