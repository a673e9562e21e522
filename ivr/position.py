"""Where is this call? Everything that one step must know of the steps before it; the URL is its written form."""

from dataclasses import dataclass, replace
from enum import StrEnum


class Stage(StrEnum):
    """What a node is waiting for; the letter stands in the URL."""

    ENTER = "e"
    KEYS = "k"
    NUMBER = "n"
    LEG = "d"
    WHISPER = "w"
    ACCEPT = "a"


@dataclass(frozen=True, slots=True)
class Position:
    """A call's place in a plan. ``back`` holds node indices for #, ``tried`` tags of numbers, ``mark`` the hop of a booking."""

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
        return replace(self, stage=stage, hop=self.hop + 1)

    def entering(self, node: str) -> "Position":
        """The position at the door of another node, within the same step."""
        return replace(self, node=node, stage=Stage.ENTER, tries=0, subject="", mark=None)
