"""How is each of them run? The peers on our own server with its own settings, ours as it is shipped: each in processes of its own."""

import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from subprocess import DEVNULL, Popen
from urllib.error import URLError
from urllib.request import urlopen

import psycopg

from bench.asked import ACCOUNT, LINE, PEERS_STEPS, TOKEN, Step, our_steps, posted
from tests.reliability.postgres import Cluster, free_port
from tests.reliability.service import Service

STARTS_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Contestant:
    """Somebody who answers. ``process`` watches over the workers."""

    name: str
    port: int
    steps: tuple[Step, ...]
    process: int
    to: str = LINE

    @property
    def base(self) -> str:
        """Where it answers, and for what it is signed."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def workers(self) -> tuple[int, ...]:
        """The processes that answer."""
        children = Path(f"/proc/{self.process}/task/{self.process}/children").read_text(encoding="utf-8")
        return tuple(map(int, children.split()))

    @property
    def memory(self) -> int:
        """The bytes of the largest worker that are its own (USS as far as the kernel tells it: private pages)."""
        return max(map(_private, self.workers))


@contextmanager
def peer(name: str, kind: str, database: str = "", workers: int = 1) -> Iterator[Contestant]:
    """One of the peers (``bench.peers``)."""
    port = free_port()
    command = [sys.executable, "-m", "bench.serve_peer", kind, str(port), str(workers), database]
    process = Popen(command, stdout=DEVNULL)  # noqa: S603  # our own command
    try:
        answers(port)
        yield Contestant(name, port, PEERS_STEPS, process.pid)
    finally:
        process.terminate()
        process.wait()


@contextmanager
def ours(name: str, folder: Path, database: str, workers: int = 1) -> Iterator[Contestant]:
    """Our service as it is shipped."""
    folder.mkdir(exist_ok=True)
    for kept, value in (("account", ACCOUNT), ("token", TOKEN)):
        (folder / kept).write_text(value, encoding="utf-8")
    service = Service(folder, database, workers)
    service.start()
    with ExitStack() as here:
        here.callback(service.stop)
        service.wait_for_workers()
        assert service.process  # noqa: S101  # it was started above
        yield Contestant(name, service.port, our_steps(partial(posted, service.address, LINE)), service.process.pid)


def new_database(server: Cluster, name: str) -> str:
    """A database of ours on a cluster; its URL."""
    with psycopg.connect(server.url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"{server.url.rpartition('/')[0]}/{name}"


def answers(port: int) -> None:
    """Wait until somebody answers there."""
    until = time.monotonic() + STARTS_SECONDS
    while time.monotonic() < until:
        try:
            urlopen(f"http://127.0.0.1:{port}/healthz").close()  # our own server
        except URLError as fault:
            if getattr(fault, "code", None):
                return
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"nobody answers on port {port}")


def _private(process: int) -> int:
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="utf-8")
    return sum(int(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Private_"))
