"""Where is this call? Everything that one step must know of the steps before it; the URL is its written form."""

from dataclasses import dataclass
from enum import StrEnum

MOST_BACK = 4


class Stage(StrEnum):
    """What a node is waiting for; the letter stands in the URL."""

    ENTER = "e"
    KEYS = "k"
    NUMBER = "n"
    LETTERS = "l"
    LEG = "d"
    WHISPER = "w"
    ACCEPT = "a"
    WAIT = "q"
    CHOICE = "y"
    LEFT = "o"
    CONFER = "c"
    AFTER = "f"
    JOINING = "j"
    HOLD = "h"


BESIDE = frozenset((Stage.WAIT, Stage.CHOICE, Stage.LEFT, Stage.CONFER, Stage.AFTER, Stage.JOINING, Stage.HOLD))
"""Stages of queue and room. Several of them come of one step and share its hop, or ask for themselves again."""


@dataclass(frozen=True, slots=True)
class Position:
    """A call's place in a plan. ``back`` holds node indices for #, ``tried`` tags of numbers, ``mark`` the hop of a booking
    or, out of a room of the desk, the room's generation.
    ``subject`` is whom the caller wants by slug, or those who may be meant, with dots between."""

    digest: str
    line: str
    node: str
    stage: Stage = Stage.ENTER
    hop: int = 0
    tries: int = 0
    back: tuple[int, ...] = ()
    subject: str = ""
    tried: tuple[str, ...] = ()
    mark: int | None = None

    def waiting(self, stage: Stage) -> "Position":
        """The position in the same node that the reply of this step leads to."""
        return self._at(stage, self.hop + 1, self.tried)

    def ringing(self, tag: str) -> "Position":
        """Where a leg to the number of this tag leads when it ends."""
        return self._at(Stage.LEG, self.hop + 1, (*self.tried, tag))

    def on_the_leg(self, stage: Stage) -> "Position":
        """The same hop on the called person's own leg: the whisper, or the key after it."""
        return self._at(stage, self.hop, self.tried)

    def entering(self, node: str) -> "Position":
        """The position at the door of another node, within the same step."""
        return Position(self.digest, self.line, node, Stage.ENTER, self.hop, 0, self.back, "", self.tried)

    def choosing(self, node: str, menu: int) -> "Position":
        """The door of the node that a menu's option leads to; # comes back to the menu (by its index)."""
        back = (*self.back, menu)[-MOST_BACK:]
        return Position(self.digest, self.line, node, Stage.ENTER, self.hop, 0, back, "", self.tried)

    def _at(self, stage: Stage, hop: int, tried: tuple[str, ...]) -> "Position":
        """Built directly: ``dataclasses.replace`` costs a tenth of a whole step."""
        return Position(
            self.digest, self.line, self.node, stage, hop, self.tries, self.back, self.subject, tried, self.mark
        )
