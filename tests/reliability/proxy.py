"""What lies between us and a database? A wire of our own that delays replies, cuts them into pieces, swallows them or is cut itself."""

import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

PIECE = 65_536
NOW = struct.pack("ii", 1, 0)
"""A connection that is closed so is reset."""

Upstream = tuple[str, int] | str
"""A host and a port, or the path of a socket."""


@dataclass(slots=True)
class Proxy:
    """A proxy on a port of 127.0.0.1. What is set holds from the next piece on: ``delay`` in seconds before each piece of a reply,
    ``slice`` the most bytes of one, ``is_mute`` swallows replies, ``last_words`` those behind which it does, ``refuses`` cuts whoever
    comes."""

    upstream: Upstream
    delay: float = 0.0
    slice: int = PIECE
    is_mute: bool = False
    last_words: bytes = b""
    refuses: bool = False
    _listening: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    _open: list[socket.socket] = field(default_factory=list)

    @property
    def port(self) -> int:
        """Where it listens."""
        port: int = self._listening.getsockname()[1]
        return port

    def reset(self) -> None:
        """Cut every connection, as a machine does that has lost its memory."""
        for one in self._open:
            with suppress(OSError):
                one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NOW)
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self._open.clear()

    def serve(self) -> None:
        """Take connections until it is closed."""
        with suppress(OSError):
            while True:
                self._take(self._listening.accept()[0])

    def close(self) -> None:
        """End."""
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self.reset()

    def _take(self, client: socket.socket) -> None:
        if self.refuses:
            client.close()
            return
        server = self._connected()
        self._open += [client, server]
        for way in (self._requests, self._replies):
            threading.Thread(target=way, args=(client, server), daemon=True).start()

    def _connected(self) -> socket.socket:
        if isinstance(self.upstream, str):
            server = socket.socket(socket.AF_UNIX)
            server.connect(self.upstream)
            return server
        return socket.create_connection(self.upstream)

    def _requests(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while piece := client.recv(PIECE):
                server.sendall(piece)
            server.shutdown(socket.SHUT_WR)

    def _replies(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while piece := server.recv(self.slice):
                time.sleep(self.delay)
                if not self.is_mute:
                    client.sendall(piece)
                if self.last_words and self.last_words in piece:
                    return
            client.shutdown(socket.SHUT_WR)


@contextmanager
def proxy(upstream: Upstream) -> Iterator[Proxy]:
    """A proxy that answers, gone afterwards."""
    made = Proxy(upstream)
    threading.Thread(target=made.serve, daemon=True).start()
    try:
        yield made
    finally:
        made.close()
