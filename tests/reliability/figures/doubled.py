"""Does a call come to the same when every webhook of it is doubled, on two workers at once, and tried again? Each seed both ways."""

import logging
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.reliability.figure import Figure
from tests.reliability.scripted import script
from tests.reliability.two_workers import Pair, compared, pair

FULL = 5_000
"""Seeds, a fifth of them transfers at the desk."""

PART = 250
PROCESSES = 2
COPIES = 4
MEMORY = Path("/dev/shm")  # noqa: S108  # folders of our own there
MOST_TRIES = 3


@dataclass(slots=True)
class Compared:
    """What a part of the seeds came to. ``late``: seeds played again, since this machine was too slow for the desk's deadline."""

    seeds: int = 0
    sent: int = 0
    asked: int = 0
    late: int = 0
    wrong: list[str] = field(default_factory=list)


class Late(logging.Handler):
    """Hears when the desk does not answer in time: then another document is right, and nothing can be compared."""

    def __init__(self) -> None:
        super().__init__()
        self.times = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Count one."""
        self.times += "did not answer" in record.getMessage()


def figure(size: int, seed: int) -> Figure:
    """Play every seed clean and doubled."""
    parts = [(seed * FULL + at, min(PART, size - at)) for at in range(0, size, PART)]
    if len(parts) == 1:
        found = [played(*parts[0])]
    else:
        with ProcessPoolExecutor(PROCESSES) as processes:
            found = list(processes.map(played, *zip(*parts, strict=True)))
    sums = {name: sum(getattr(one, name) for one in found) for name in ("seeds", "sent", "asked", "late")}
    wrong = [what for one in found for what in one.wrong]
    return Figure(
        {"seeds": sums["seeds"], "webhooks": sums["sent"], "rest_requests": sums["asked"], "played_again": sums["late"],
         "different": len(wrong)},
        tuple(wrong[:50]),
    )  # fmt: skip


def played(first: int, many: int) -> Compared:
    """One part, on two workers of its own."""
    found, late = Compared(), Late()
    logging.getLogger("dutyline").addHandler(late)
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder, ThreadPoolExecutor(COPIES) as pool:
        here = pair(Path(folder), pool)
        for seed in range(first, first + many):
            found.wrong += [f"seed {seed}: {what}" for what in _in_time(here, seed, late, found)]
            found.seeds, found.asked = found.seeds + 1, found.asked + len(here.asked())
        found.sent = here.wire.sent if here.wire else 0
        here.ends()
    logging.getLogger("dutyline").removeHandler(late)
    sys.stderr.write(f"{found.seeds} seeds from {first}: {len(found.wrong)} differ\n")
    return found


def _in_time(here: Pair, seed: int, late: Late, found: Compared) -> list[str]:
    for _ in range(MOST_TRIES):
        before = late.times
        wrong = list(compared(here, script, seed))
        if late.times == before:
            return wrong
        found.late += 1
    return ["the desk never answered in time here"]
