"""How does a caller notice that a plan is bad? Each a question about a call that the telephone has played."""

import re
from collections.abc import Callable
from itertools import pairwise

from rehearsal.examples import Shown
from telephone import Line
from telephone.speech import seconds_of


def lines(shown: Shown, who: str = "line") -> list[Line]:
    """What one of them said or did."""
    return [line for line in shown.call.transcript if line.who == who]


def repeats(shown: Shown) -> bool:
    """The caller hears the same four times and more, and nobody rings."""
    texts = [line.text for line in lines(shown)]
    return max(texts.count(text) for text in texts) > 3


def is_a_fault(shown: Shown) -> bool:
    """The line could not say what comes next."""
    return bool(shown.memory.faults)


def rings_nobody(shown: Shown) -> bool:
    """No phone rings."""
    return not lines(shown, "phone")


def ends_without_999(shown: Shown) -> bool:
    """The last that a caller hears does not name 999."""
    return "9 9 9" not in lines(shown)[-1].text


def opens_without_999(shown: Shown) -> bool:
    """The first words do not name 999."""
    return "9 9 9" not in " ".join(lines(shown)[0].text.split()[:27])


def says_goodbye_and_no_more(shown: Shown) -> bool:
    """The line hangs up with a goodbye, without a phone and without a call-back."""
    return (
        rings_nobody(shown)
        and lines(shown)[-1].text.endswith("Goodbye.")
        and "call back" not in shown.call.transcript[-2].text
    )


def talks_long(shown: Shown) -> bool:
    """One text takes more than a minute."""
    return max(seconds_of(line.text) for line in lines(shown)) > 60


def whispers_long(shown: Shown) -> bool:
    """Whoever answers has to listen for long."""
    return max(seconds_of(line.text) for line in lines(shown, "whisper")) > 15


def rings_after(seconds: float) -> Callable[[Shown], bool]:
    """The first phone rings later than that."""
    return lambda shown: next(line.at for line in lines(shown, "phone") if line.text.endswith("rings")) > seconds


def is_sorry_after(seconds: float) -> Callable[[Shown], bool]:
    """The safe message begins later than that."""
    return lambda shown: next(line.at for line in lines(shown) if "Nobody can take your call" in line.text) > seconds


def asks_more_than(steps: int) -> Callable[[Shown], bool]:
    """The line is asked for so many documents."""
    return lambda shown: len([one for one in shown.call.exchanges if "/webhooks/voice" in one.request.url]) > steps


def is_silent(shown: Shown) -> bool:
    """The caller's turn comes without a word."""
    heard = [line for line in shown.call.transcript if line.who in ("line", "caller")]
    return any((one.who, two.who) == ("caller", "caller") for one, two in pairwise(heard))


def does_not_ring(national: str) -> Callable[[Shown], bool]:
    """This phone does not ring."""
    return lambda shown: not any(line.text.startswith(national) for line in lines(shown, "phone"))


def books_nothing(shown: Shown) -> bool:
    """The caller asked for a call-back, and none is booked."""
    pressed = any(re.fullmatch("presses 1", line.text) for line in lines(shown, "caller"))
    return (
        pressed
        and "We will call you back" not in str(shown.call.transcript)
        and "Please key the number" not in str(shown.call.transcript)
    )
