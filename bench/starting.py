"""How long does a start take until the first answer, beside that of nothing but Flask on the same server? And ``--help``?"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.goals import Goal
from bench.serving import answers, ours
from tests.reliability.postgres import free_port
from tests.reliability.service import SHIPPED

ROUNDS = 5


def starts(place: Path) -> list[Goal]:
    """Medians, taken in turn. A first start that does not count writes the database, and compiles what later ones read."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    kinds: dict[str, Callable[[], AbstractContextManager[object]]] = {
        "bare": _bare,
        "ours": lambda: ours("ours", place / "start", f"sqlite:///{place}/start.db"),
    }
    taken: dict[str, list[float]] = {name: [] for name in (*kinds, "help")}
    for _ in range(ROUNDS + 1):
        for name, kind in kinds.items():
            began = perf_counter()
            with kind():
                taken[name].append(perf_counter() - began)
        began = perf_counter()
        subprocess.run([SHIPPED[0], "--help"], check=True, stdout=subprocess.DEVNULL)  # noqa: S603  # our own command
        taken["help"].append(perf_counter() - began)
    bare, start, told = (median(seconds[1:]) for seconds in taken.values())
    return [
        Goal("P10", "start to the first answer, of bare", start / bare, 2.0, most=True),
        Goal("P10", "start to the first answer, in seconds", start, 1.5, most=True),
        Goal("P10", "`dutyline --help`, in seconds", told, 0.3, most=True),
    ]


@contextmanager
def _bare() -> Iterator[None]:
    port = free_port()
    options = ("-k", "gthread", "--threads", "24", "-b", f"127.0.0.1:{port}", "--log-level", "warning")
    process = subprocess.Popen([sys.executable, "-m", "gunicorn", *options, "bench.bare:flask"])  # noqa: S603  # our own command
    try:
        answers(port)
        yield
    finally:
        process.terminate()
        process.wait()
