"""How does a slow or silent connection keep no caller waiting? Its request is gathered whole before any thread is given it.

gunicorn gives a new connection to one of its threads at once: silent ones hold a thread for five seconds each, and those that send a
byte now and then for as long as they like, so that a handful of them keep every caller out. Here the loop that waits for all
connections reads what has come, and a thread is given nothing for which it would have to wait.
"""

import errno
import re
import socket
import struct
import time
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from selectors import EVENT_READ
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

MOST_HEAD = 32_768
MOST_BODY = (1 << 20) + 65_536
"""More than any page takes (``admin.body``)."""

MOST_WAITING = 400
"""So many connections may be without a whole request at a time; a further one takes the place of the longest waiting."""

SECONDS = 20.0
"""So long may a request take to arrive."""

STOPPING_SECONDS = 2.0
IDLE_SECONDS = 10
"""So long may a client let a thread wait that does not take our reply."""

PIECE = 65_536
END_OF_HEAD = b"\r\n\r\n"
LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*0*(\d*)[ \t]*\r\n", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
MOST_DIGITS = 9
REFUSED = b"HTTP/1.1 %b\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
TOO_LONG_A_HEAD, TOO_LARGE = b"431 Request Header Fields Too Large", b"413 Content Too Large"
NO_LENGTH = b"411 Length Required"
"""A body in chunks: nobody can say when it is here without reading it as gunicorn does."""

NOT_YET = frozenset((errno.EAGAIN, errno.EWOULDBLOCK, errno.EINTR))


@dataclass(slots=True)
class Gathered:
    """What has come of a request, and until when the rest may come (on the monotonic clock)."""

    until: float
    content: bytearray = field(default_factory=bytearray)
    head: int = -1
    """Where the head ends; not yet where this is negative."""

    @property
    def refused(self) -> bytes:
        """Why it is not read on; empty where it is."""
        if self.head < 0:
            return TOO_LONG_A_HEAD if len(self.content) > MOST_HEAD else b""
        if CHUNKED.search(self.content, 0, self.head):
            return NO_LENGTH
        return TOO_LARGE if self._awaited() > MOST_BODY else b""

    @property
    def is_whole(self) -> bool:
        """Whether all of it is here. What it really says gunicorn reads, and no byte of it is lost to that by our reading."""
        return self.head >= 0 and not self.refused and len(self.content) - self.head >= self._awaited()

    def add(self, piece: bytes) -> None:
        """More has come."""
        seen = max(len(self.content) - len(END_OF_HEAD), 0)
        self.content += piece
        if self.head < 0:
            found = self.content.find(END_OF_HEAD, seen)
            self.head = found + len(END_OF_HEAD) if found >= 0 else -1

    def _awaited(self) -> int:
        found = LENGTH.search(self.content, 0, self.head)
        if not found:
            return 0
        return int(found[1] or 0) if len(found[1]) <= MOST_DIGITS else MOST_BODY + 1


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn ships no types
    """gunicorn's worker of threads, whose threads wait for no client."""

    core: int | None = None
    """The one that it keeps to (``cli.cores``)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._waiting: dict[TConn, Gathered] = {}
        self.max_keepalived: int = min(self.cfg.worker_connections - self.cfg.threads, MOST_WAITING)

    def enqueue_req(self, conn: TConn) -> None:
        """A connection of which something may be read: given to a thread once its request is here."""
        gathered = self._begun(conn)
        try:
            is_open = _read(conn.sock, gathered)
        except OSError:
            self._drop(conn)
            return
        if gathered.refused:
            self._refuse(conn, gathered.refused)
        elif gathered.is_whole:
            self._hand_on(conn, gathered)
        elif is_open:
            self._wait(conn, gathered)
        else:
            self._drop(conn)

    def murder_pending(self) -> None:
        """Close those whose time is over; the longest waiting come first."""
        now = time.monotonic() + (0 if self.alive else SECONDS - STOPPING_SECONDS)
        while self._waiting:
            conn, gathered = next(iter(self._waiting.items()))
            if gathered.until > now:
                return
            self._give_up(conn)

    def _begun(self, conn: TConn) -> Gathered:
        """What has come of its request before, also behind the last one."""
        if conn in self._waiting:
            return self._waiting[conn]
        gathered = Gathered(time.monotonic() + SECONDS)
        if conn.parser is None:
            _bound(conn.sock)
        else:
            gathered.add(conn.parser.unreader.take_buffered())
        return gathered

    def _hand_on(self, conn: TConn, gathered: Gathered) -> None:
        self._waiting.pop(conn, None)
        conn.init()
        conn.parser.unreader.unread(bytes(gathered.content))
        super().enqueue_req(conn)

    def _wait(self, conn: TConn, gathered: Gathered) -> None:
        self._waiting.setdefault(conn, gathered)
        conn.sock.settimeout(0)
        self.poller.register(conn.sock, EVENT_READ, partial(self._more, conn))
        if len(self._waiting) > MOST_WAITING:
            self._give_up(next(iter(self._waiting)))

    def _more(self, conn: TConn, _: object) -> None:
        if conn in self._waiting:  # else it was closed by what happened just before
            self.poller.unregister(conn.sock)
            self.enqueue_req(conn)

    def _give_up(self, conn: TConn) -> None:
        self.poller.unregister(conn.sock)
        self._drop(conn)

    def _drop(self, conn: TConn) -> None:
        self._waiting.pop(conn, None)
        self.nr_conns -= 1
        conn.close()

    def _refuse(self, conn: TConn, why: bytes) -> None:
        with suppress(OSError):
            conn.sock.send(REFUSED % why)
        self._drop(conn)


def _bound(sock: socket.socket) -> None:
    for option in (socket.SO_SNDTIMEO, socket.SO_RCVTIMEO):
        sock.setsockopt(socket.SOL_SOCKET, option, struct.pack("ll", IDLE_SECONDS, 0))


def _read(sock: socket.socket, gathered: Gathered) -> bool:
    """Read what is there now; whether more may come."""
    sock.settimeout(0)
    while not gathered.is_whole and not gathered.refused:
        try:
            piece = sock.recv(PIECE)
        except OSError as fault:
            if fault.errno in NOT_YET:
                return True
            raise
        if not piece:
            return False
        gathered.add(piece)
    return True
