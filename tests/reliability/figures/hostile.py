"""Does any input at all break us? Strings for numbers, signed webhooks, plans, sheets and names; nothing may raise, stall or leak."""

import sys
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from tests.reliability.figure import Figure, Value
from tests.reliability.hostile import names, phones, plans, sheets, webhooks
from tests.reliability.hostile.coming import Came

FULL = 1_000_000
"""Strings; of webhooks a fifth, of plans, sheets and names a tenth."""

PARTS = 8
PROCESSES = 2
MAY_GROW = 0.25


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of input: how to try it, and of how many strings there is one."""

    tried: Callable[[int, int], Came]
    one_in: int


KINDS: Mapping[str, Kind] = {
    "phones": Kind(phones.tried, 1), "webhooks": Kind(webhooks.tried, 5), "plans": Kind(plans.tried, 10),
    "sheets": Kind(sheets.tried, 10), "names": Kind(names.tried, 10),
}  # fmt: skip


def figure(size: int, seed: int) -> Figure:
    """Try every kind, in parts; ``schemathesis`` is ``make contract``."""
    values: dict[str, Value] = {}
    broken: list[str] = []
    for name, kind in KINDS.items():
        came = _tried(kind, max(1, size // kind.one_in), seed)
        answers = sum((part.answers for part in came), Counter[str]())
        grown = _grown(came)
        values |= {name: answers.total(), f"{name}_faults": answers["faults"],
                   f"{name}_slowest": round(max(part.slowest for part in came), 3), f"{name}_grown": grown}  # fmt: skip
        broken += [f"{name}: {fault}" for part in came for fault in part.faults]
        broken += [f"{name}: memory grew by {grown:.0%}"] if grown > MAY_GROW else []
        sys.stderr.write(f"{name}: {dict(answers)}\n")
    return Figure(values, tuple(broken))


def _tried(kind: Kind, many: int, seed: int) -> list[Came]:
    """One part after another in each of two processes."""
    parts = min(PARTS, many)
    with ProcessPoolExecutor(PROCESSES) as pool:
        going = [pool.submit(kind.tried, seed * PARTS + part, many // parts) for part in range(parts)]
        return [one.result() for one in going]


def _grown(came: list[Came]) -> float:
    """How much larger the largest process was in the later parts than in the earlier ones."""
    half = len(came) // 2
    first, last = (max((part.kibibytes for part in some), default=1) for some in (came[:half], came[half:]))
    return round(last / first - 1, 3)
