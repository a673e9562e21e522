"""How is a change of ladder told? ``01392 384590 becomes EDT (0345 600 0388)``; a worker's own phone by its role, never its number."""

from itertools import groupby, takewhile

from directory.model import Accept
from routing.ladder import Ladder, Rung, Step

NOBODY = "nobody (the safe message, and a call-back)"
ON_ROTA = "the worker on the rota"
OWN = frozenset((Step.DUTY, Step.WORKER, Step.ROLE))
"""What was asked for itself: the number alone says it."""


def rung_words(rung: Rung) -> str:
    """One rung as it is told."""
    if rung.is_personal:
        return ON_ROTA if rung.shift else rung.who
    number = rung.number.number.national
    return number if rung.step in OWN else f"{rung.who} ({number})"


def ladder_words(rungs: tuple[Rung, ...]) -> str:
    """A whole ladder: who rings, then who; one person's phones are told once."""
    return ", then ".join(words for words, _ in groupby(map(rung_words, rungs))) or NOBODY


def rings(found: Ladder) -> tuple[tuple[str, Accept], ...]:
    """What of a ladder matters to a caller: which numbers ring, in which order, and how each is taken."""
    return tuple((rung.number.number.e164, rung.number.accept) for rung in found.rungs)


def change_words(before: tuple[Rung, ...], after: tuple[Rung, ...]) -> str:
    """What becomes of one ladder, without a full stop."""
    if not before or not after:
        return f"{ladder_words(before)} becomes {ladder_words(after)}"
    if _number(before[0]) != _number(after[0]):
        return _first_words(before, after)
    return _later_words(before, after)


def _number(rung: Rung) -> str:
    return rung.number.number.e164


def _first_words(before: tuple[Rung, ...], after: tuple[Rung, ...]) -> str:
    """What rings first, and what of its own rings after it: the line's last resort goes without saying."""
    known = set(map(_number, before))
    own = [rung for rung in after[1:] if _number(rung) not in known and rung.step is not Step.LAST_RESORT]
    left, came = rung_words(before[0]), ladder_words((after[0], *own))
    if came == left == ON_ROTA:
        return f"{left} becomes another worker"
    if not own and after[0].who == before[0].who and not after[0].is_personal:
        came = after[0].number.number.national
    return f"{left} becomes {came}"


def _later_words(before: tuple[Rung, ...], after: tuple[Rung, ...]) -> str:
    """What changes behind the first phone."""
    same = sum(
        1 for _ in takewhile(lambda pair: _number(pair[0]) == _number(pair[1]), zip(before, after, strict=False))
    )
    if same == len(before) == len(after):
        return _accept_words(before, after)
    gone = tuple(rung for rung in before[same:] if _number(rung) not in set(map(_number, after)))
    came = tuple(rung for rung in after[same:] if _number(rung) not in set(map(_number, before)))
    head = f"after {rung_words(before[same - 1])}, "
    if gone and came and gone[0].who == came[0].who and not came[0].is_personal:
        return f"{head}{ladder_words(gone)} becomes {', then '.join(rung.number.number.national for rung in came)}"
    if gone and came:
        return f"{head}{ladder_words(gone)} becomes {ladder_words(came)}"
    if came:
        return f"{head}{ladder_words(came)} rings, too"
    return f"{head}{ladder_words(gone)} no longer rings" if gone else f"then {ladder_words(after[same:])} in this order"


def _accept_words(before: tuple[Rung, ...], after: tuple[Rung, ...]) -> str:
    pairs = zip(before, after, strict=True)
    one = next(new for old, new in pairs if old.number.accept is not new.number.accept)
    how = "must press 1 to be connected" if one.number.accept is Accept.KEY else "is connected without pressing 1"
    return f"whoever answers {rung_words(one)} {how}"
