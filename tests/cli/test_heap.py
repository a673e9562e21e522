"""Do a worker's threads share one heap? Read from the kernel: each of glibc's others reserves 64 MiB, of which it uses the beginning."""

import sys
from itertools import pairwise
from pathlib import Path
from subprocess import check_output

from tests.reliability.service import service

RESERVED = 64 << 20
MANY = """
from pathlib import Path
from threading import Barrier, Thread
{before}
met = Barrier(9)
def fills():
    kept = [bytearray(3000) for _ in range(100)]
    met.wait()
    met.wait()
for _ in range(8):
    Thread(target=fills).start()
met.wait()
print(Path("/proc/self/maps").read_text(), end="")
met.wait()
"""


def heaps(maps: str) -> int:
    """How many threads' heaps stand in a process's map: what is used begins at a multiple of 64 MiB, and the rest of them follows it."""
    return sum(_is_heap(used, rest) for used, rest in pairwise(map(_mapping, maps.splitlines())))


def _mapping(row: str) -> tuple[int, int, str]:
    addresses, rights = row.split()[:2]
    begins, ends = (int(end, 16) for end in addresses.split("-"))
    return begins, ends, rights


def _is_heap(used: tuple[int, int, str], rest: tuple[int, int, str]) -> bool:
    begins, ends, rights = used
    return begins % RESERVED == 0 and rights == "rw-p" and rest == (ends, begins + RESERVED, "---p")


def maps_of(before: str) -> str:
    return check_output([sys.executable, "-c", MANY.format(before=before)], text=True)  # noqa: S603  # our own program


def test_threads_have_heaps_of_their_own_and_share_one_where_that_is_asked() -> None:
    assert heaps(maps_of("")) >= 4
    assert heaps(maps_of("from cli.heap import share_one; share_one()")) == 0


def test_every_thread_of_a_worker_shares_one(tmp_path: Path) -> None:
    with service(tmp_path / "state", f"sqlite:///{tmp_path / 'test.db'}") as served:
        served.wait_for_workers()
        (worker,) = served.worker_processes
        assert heaps(Path(f"/proc/{worker}/maps").read_text(encoding="utf-8")) == 0
