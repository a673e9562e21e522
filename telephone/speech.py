"""What is said, and how long does it take?"""

import re
from dataclasses import dataclass

from telephone.document import Element

SECONDS_PER_WORD = 0.4
"""A calm voice on the telephone says about 150 words a minute; digits are read singly and take as long as a word."""

SECONDS_PER_RECORDING = 5.0
"""Recordings are not fetched; each counts as one sentence."""

MOST_LOOPS = 1000
"""What `loop="0"` amounts to (Twilio: voice/twiml/say)."""

_TIME = re.compile(r"(\d+(?:\.\d+)?)(ms|s)")
_DEFAULT_BREAK = 0.75


@dataclass(frozen=True, slots=True)
class Sound:
    """Something to hear: `text` as a transcript shows it (empty for silence), `seconds` as long as it lasts."""

    text: str
    seconds: float

    def cut(self, seconds: float) -> "Sound":
        """The part that was heard when a key stopped it."""
        words = self.text.split()
        heard = int(len(words) * seconds / self.seconds) if self.seconds else 0
        return Sound(" ".join([*words[:heard], "..."]) if words else "", seconds)


def seconds_of(text: str) -> float:
    """How long it takes to say: 0.4 s a word, and 0.4 s for each digit."""
    words = len(re.findall(r"[^\W\d]+(?:['’-][^\W\d]+)*", text))
    return round(SECONDS_PER_WORD * (words + len(re.findall(r"\d", text))), 3)


def spoken(say: Element) -> str:
    """The words of a Say, SSML or plain, with white space folded."""
    return " ".join("".join(_words(part) for part in say.content).split())


def breaks(say: Element) -> float:
    """The seconds of silence that SSML `<break>` elements add."""
    return sum(_break(child) if child.name == "break" else breaks(child) for child in say.children)


def loops(verb: Element) -> int:
    """How often a Say or Play is heard."""
    return int(verb.attribute("loop", "1")) or MOST_LOOPS


def _words(part: str | Element) -> str:
    if isinstance(part, str):
        return part
    if part.name == "sub":
        return part.attribute("alias", "")
    inner = "".join(_words(each) for each in part.content)
    return f" {inner} " if part.name in {"break", "p", "s"} else inner


def _break(element: Element) -> float:
    found = _TIME.fullmatch(element.attribute("time", ""))
    if not found:
        return _DEFAULT_BREAK
    return float(found[1]) / (1000 if found[2] == "ms" else 1)
