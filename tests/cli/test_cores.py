"""Does a worker keep to one core, and does each have one of its own? Read from the kernel."""

import os
import signal
import time
from pathlib import Path

import pytest

from cli.cores import keep_to, least_taken
from tests.reliability.service import Service, service

HERE = os.sched_getaffinity(0)
"""On a machine with one core there is no choice."""


@pytest.mark.parametrize(
    ("cores", "taken", "first", "core"),
    [
        ([0, 1, 2, 3], [], 0, 0),
        ([0, 1, 2, 3], [], 6, 2),
        ([0, 1, 2, 3], [0, 1], 0, 2),
        ([0, 1, 2, 3], [0, 1, 3], 3, 2),
        ([0, 1], [1, 0, 1], 5, 0),
        ([4, 6], [4, None], 0, 6),
        ([0], [], 0, None),
        ([], [], 7, None),
    ],
)
def test_a_new_worker_has_the_core_that_fewest_have(
    cores: list[int], taken: list[int | None], first: int, core: int | None
) -> None:
    assert least_taken(cores, taken, first) == core


def test_who_may_not_keep_to_a_core_goes_on_as_before() -> None:
    assert not keep_to(1 << 13)
    assert os.sched_getaffinity(0) == HERE


def cores_of(served: Service) -> list[set[int]]:
    """Those on which each thread of each worker may run, all of a worker's together."""
    threads = [[int(one.name) for one in Path(f"/proc/{pid}/task").iterdir()] for pid in served.worker_processes]
    return [set().union(*map(os.sched_getaffinity, of_one)) for of_one in threads]


def test_every_thread_of_a_worker_is_on_its_core_and_a_new_worker_takes_the_place_of_one_that_died(
    tmp_path: Path,
) -> None:
    with service(tmp_path / "state", f"sqlite:///{tmp_path / 'test.db'}", workers=2) as served:
        served.wait_for_workers()
        first, second = cores_of(served)
        assert (len(first), len(second)) == (1, 1)
        assert (first != second) == (len(HERE) > 1)
        gone = served.worker_processes[0]
        os.kill(gone, signal.SIGKILL)
        until = time.monotonic() + 60
        while gone in served.worker_processes and time.monotonic() < until:
            time.sleep(0.1)
        served.wait_for_workers()
        assert sorted(map(sorted, cores_of(served))) == sorted(map(sorted, (first, second)))
