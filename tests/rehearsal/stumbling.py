"""How does a caller behave who presses anything, among phones of which any may do anything? By the dice, the same for a seed."""

from dataclasses import dataclass
from random import Random

from directory.snapshot import Snapshot
from telephone import (
    Answers,
    Busy,
    Call,
    Ended,
    Fails,
    HangsUpInWhisper,
    Listening,
    NoAnswer,
    PicksUp,
    Queued,
    Ringing,
    Talking,
    Voicemail,
    Whispering,
)

MOST_STEPS = 60
PHONES = (Answers("1"), Answers("1"), Answers("2"), Answers(), Busy(), Fails(), NoAnswer(), NoAnswer(), Voicemail(),
          HangsUpInWhisper(), PicksUp())  # fmt: skip
MENU_KEYS = "1122334455"
ODD_KEYS = ("0", "*", "#", "9", "7", "999#", "0#")
PINS = ("1234#", "4321#")
CALL_BACKS = ("02079460123#", "07700900123#", "12#", "999#")


@dataclass(frozen=True, slots=True)
class Stumbling:
    """Whoever plays a call to its end by the dice."""

    dice: Random
    directory: Snapshot

    def through(self, call: Call) -> None:
        """To the end of the call."""
        for _ in range(MOST_STEPS):
            if isinstance(call.state, Ended):
                return
            self._step(call)
        call.hangs_up()

    def _step(self, call: Call) -> None:
        if self.dice.random() < 0.02:
            call.hangs_up()
            return
        match call.state:
            case Listening():
                self._keys(call)
            case Ringing():
                call.phone_does(self.dice.choice(PHONES))
            case Whispering():
                call.callee_presses("1") if self.dice.random() < 0.5 else call.callee_waits()
            case Talking():
                call.talks(self.dice.randint(1, 90)).callee_hangs_up()
            case Queued():
                self._queue(call)

    def _keys(self, call: Call) -> None:
        dice, chance = self.dice, self.dice.random()
        if chance < 0.1:
            call.waits()
        elif chance < 0.7:
            call.presses(dice.choice(MENU_KEYS))
        else:
            call.presses(dice.choice((*ODD_KEYS, *PINS, *CALL_BACKS, self._extension(), self._letters())))

    def _queue(self, call: Call) -> None:
        chance = self.dice.random()
        if chance < 0.3:
            call.is_answered_from_queue()
        else:
            call.is_queued(self.dice.randint(1, 4))

    def _extension(self) -> str:
        return f"{self.dice.choice(sorted(extension for _, extension in self.directory.keyed))}#"

    def _letters(self) -> str:
        return f"{self.dice.choice(sorted(self.directory.openings) or ['773'])}#"
