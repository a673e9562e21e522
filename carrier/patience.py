"""How long is the carrier waited for? So many seconds over all, whatever a look-up of names or a slow answer takes."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from carrier.port import Busy, Unknown

T = TypeVar("T")

AT_ONCE = 8
"""Requests of one worker under way."""


class Patience:
    """Runs requests beside the one who asks, who waits for ``seconds`` and no longer."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._threads = ThreadPoolExecutor(AT_ONCE, "carrier")

    def within(self, asking: Callable[[], T]) -> T | Busy | Unknown:
        """The result of a request. One that was not even begun is ``Busy``; one that still runs may yet be done."""
        going = self._threads.submit(asking)
        try:
            return going.result(self.seconds)
        except TimeoutError:
            return Busy() if going.cancel() else Unknown()

    def close(self) -> None:
        """Begin nothing more; what runs ends by itself."""
        self._threads.shutdown(wait=False, cancel_futures=True)
