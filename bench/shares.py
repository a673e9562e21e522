"""How are workers held to a share of a core, so that several of them, their database and the client fit on a machine with two?

By a control group of the kernel for each process (version 1 or 2). Only root may make one.
"""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

GROUPS = Path("/sys/fs/cgroup")
PERIOD = 20_000
"""Microseconds in which a process has its share once: a fifth of the kernel's own, so that a reply waits less for it."""


@contextmanager
def held(processes: Iterable[int], share: float) -> Iterator[None]:
    """Each process has so much of a core at most, as long as this goes on. Raises ``OSError`` where that cannot be had."""
    with ExitStack() as here:
        for process in processes:
            here.enter_context(_held(process, share))
        yield


@contextmanager
def _held(process: int, share: float) -> Iterator[None]:
    parent = GROUPS / "cpu" if (GROUPS / "cpu").exists() else GROUPS
    group, quota = parent / f"dutyline-bench-{process}", round(PERIOD * share)
    group.mkdir()
    try:
        if (group / "cpu.max").exists():
            (group / "cpu.max").write_text(f"{quota} {PERIOD}", encoding="utf-8")
        else:
            (group / "cpu.cfs_period_us").write_text(str(PERIOD), encoding="utf-8")
            (group / "cpu.cfs_quota_us").write_text(str(quota), encoding="utf-8")
        (group / "cgroup.procs").write_text(str(process), encoding="utf-8")
        yield
    finally:
        if Path(f"/proc/{process}").exists():
            (parent / "cgroup.procs").write_text(str(process), encoding="utf-8")
        group.rmdir()
