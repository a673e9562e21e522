"""What came of some tries? Counts by kind of answer, the slowest, and every fault."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

MOST_SECONDS = 2.0
"""No answer may take longer."""
MOST_TOLD = 20


@dataclass(slots=True)
class Came:
    """The tries of one part."""

    answers: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest: float = 0.0
    kibibytes: int = 0

    def of(self, tried: Callable[[], str], what: Callable[[], object]) -> None:
        """Try one; what raises or takes too long is a fault, told by ``what`` made it."""
        began = time.perf_counter()
        try:
            self.answers[tried()] += 1
        except Exception as fault:  # noqa: BLE001  # whatever it is, it is what we look for
            self.fault(f"{type(fault).__name__}: {fault}: {what()!r}")
        seconds = time.perf_counter() - began
        self.slowest = max(self.slowest, seconds)
        if seconds > MOST_SECONDS:
            self.fault(f"{seconds:.1f} s: {what()!r}")

    def fault(self, told: str) -> None:
        """Keep it, but not without end."""
        self.answers["faults"] += 1
        if len(self.faults) < MOST_TOLD:
            self.faults.append(told[:400])

    def weighed(self) -> "Came":
        """With the memory that this process has now."""
        status = Path("/proc/self/status").read_text(encoding="utf-8")
        self.kibibytes = int(status.partition("VmRSS:")[2].split()[0])
        return self
