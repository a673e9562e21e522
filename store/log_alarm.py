"""How is whoever runs the machine told of a fault? On standard error, from a thread of its own: a log that hangs or is full holds
nobody up. What is told knows of which call it is, although another thread writes it."""

import logging
import queue
import threading
from contextlib import suppress
from contextvars import Context, copy_context

MOST_WAITING = 1000
PATIENCE_SECONDS = 0.1


class LogAlarm:
    """Tells of faults on standard error. What comes while a thousand wait already is not told."""

    def __init__(self) -> None:
        self._waiting: queue.Queue[tuple[Context, int, str, threading.Event]] = queue.Queue(MOST_WAITING)
        threading.Thread(target=self._write, name="alarm", daemon=True).start()

    def raised(self, what: str) -> None:
        """One line; it is written when this returns, where the log answers at once."""
        self._hand_over(logging.ERROR, what)

    def told(self, what: str) -> None:
        """One line of what is in order and worth keeping elsewhere."""
        self._hand_over(logging.WARNING, what)

    def _hand_over(self, level: int, what: str) -> None:
        written = threading.Event()
        with suppress(queue.Full):
            self._waiting.put_nowait((copy_context(), level, what, written))
            written.wait(PATIENCE_SECONDS)

    def _write(self) -> None:
        while True:
            whose, level, what, written = self._waiting.get()
            whose.run(logging.getLogger("dutyline").log, level, what)
            written.set()
