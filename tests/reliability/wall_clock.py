"""What if a machine's clock is wrong, or is set while it works? A few lines of C before the C library move it for one process."""

import subprocess
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from pathlib import Path

from routing.clock import SystemClock
from tests.conftest import HOME

SOURCE = HOME / "tests/reliability/wall_clock.c"


@dataclass(frozen=True, slots=True)
class WallClock:
    """A clock that can be set. ``environment`` is what a process needs to go by it."""

    library: Path
    file: Path

    @property
    def environment(self) -> dict[str, str]:
        """For the process that shall go by this clock."""
        return {"LD_PRELOAD": str(self.library), "DUTYLINE_TEST_CLOCK": str(self.file)}

    def set(self, to: datetime) -> None:
        """From now on it is this moment, and time goes on from there."""
        beside = self.file.with_suffix(".new")
        beside.write_text(str(ceil((to - SystemClock().now()).total_seconds())), encoding="utf-8")
        beside.rename(self.file)


def wall_clock(folder: Path, to: datetime) -> WallClock:
    """A clock that shows a moment; the C compiler makes it."""
    made = WallClock(folder / "wall_clock.so", folder / "moved")
    command = ["gcc", "-O2", "-shared", "-fPIC", "-o", str(made.library), str(SOURCE), "-ldl"]
    subprocess.run(command, check=True)  # noqa: S603  # our own source
    made.set(to)
    return made
