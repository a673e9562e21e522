"""How soon does a server answer, and how much can it take? One thread that keeps many connections busy, and says how busy it is itself."""

import selectors
import socket
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from math import ceil

CONNECTIONS = 16
PIECE = 65_536
END_OF_HEAD = b"\r\n\r\n"
LENGTH = b"content-length:"
STATUS = slice(9, 12)
WELL = b"200"


@dataclass(slots=True)
class Load:
    """What came of a round. ``seconds`` are those of each reply, from when its request was due; ``busy`` is the share of the round
    in which this process used its core: near 1 it is the client that was measured."""

    took: float = 0.0
    busy: float = 0.0
    refused: int = 0
    seconds: list[float] = field(default_factory=list)

    @property
    def a_second(self) -> float:
        """Replies a second."""
        return len(self.seconds) / self.took

    def quantile(self, share: float) -> float:
        """So many seconds, or fewer, took this share of the replies."""
        return sorted(self.seconds)[ceil(share * len(self.seconds)) - 1]


@dataclass(slots=True)
class Line:
    """A connection, when the request on it was due, and what has come of the reply."""

    sock: socket.socket
    due: float = 0.0
    came: bytearray = field(default_factory=bytearray)

    def is_whole(self) -> bool:
        """Whether all of the reply is here."""
        head = self.came.find(END_OF_HEAD)
        if head < 0:
            return False
        length = self.came[:head].lower().find(LENGTH) + len(LENGTH)
        return len(self.came) >= head + len(END_OF_HEAD) + int(self.came[length : self.came.find(b"\r", length)])


def load(port: int, requests: Iterable[bytes], rate: float = 0.0, connections: int = CONNECTIONS) -> Load:
    """Send all of them, each as soon as a connection is free, or ``rate`` a second. One that is due while none is free waits, and its
    reply is the later for it: a slow server does not slow down what is asked of it."""
    with ExitStack() as here:
        lines = [Line(here.enter_context(socket.create_connection(("127.0.0.1", port)))) for _ in range(connections)]
        waiting = here.enter_context(selectors.DefaultSelector())
        for line in lines:
            line.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            waiting.register(line.sock, selectors.EVENT_READ, line)
        found = Load()
        began, used = time.perf_counter(), time.process_time()
        _send_all(found, waiting, deque(lines), _due(requests, began, rate))
        found.took = time.perf_counter() - began
        found.busy = (time.process_time() - used) / found.took
    return found


def _due(requests: Iterable[bytes], began: float, rate: float) -> Iterator[tuple[float, bytes]]:
    for at, request in enumerate(requests):
        yield (began + at / rate if rate else 0.0), request


def _send_all(
    found: Load, waiting: selectors.BaseSelector, free: "deque[Line]", due: Iterator[tuple[float, bytes]]
) -> None:
    many, ahead = len(free), next(due, None)
    while ahead or len(free) < many:
        while ahead and free and ahead[0] <= time.perf_counter():
            line = free.popleft()
            line.due = ahead[0] or time.perf_counter()
            line.sock.sendall(ahead[1])
            ahead = next(due, None)
        until = ahead[0] - time.perf_counter() if ahead and free else None
        for key, _ in waiting.select(until if until is None else max(until, 0)):
            _read(found, key.data, free)


def _read(found: Load, line: Line, free: "deque[Line]") -> None:
    piece = line.sock.recv(PIECE)
    if not piece:
        raise ConnectionError("the server closed a connection in the middle of a round")
    line.came += piece
    if line.is_whole():
        found.seconds.append(time.perf_counter() - line.due)
        found.refused += line.came[STATUS] != WELL
        line.came.clear()
        free.append(line)
