"""How long may the desk take to answer a call? A little; then the call goes on without it, whatever the database does."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

from webhooks.ports import Alarm

SECONDS = 1.5
"""Twilio waits for us, and so does a person."""

THREADS = 8
Answer = TypeVar("Answer")


class InTime:
    """Asks the desk in threads of its own, since a driver's call that hangs cannot be ended."""

    def __init__(self, alarm: Alarm, seconds: float = SECONDS) -> None:
        self._alarm, self._seconds = alarm, seconds
        self._threads = ThreadPoolExecutor(THREADS, "desk")

    def answer(self, ask: Callable[[], Answer], otherwise: Answer) -> Answer:
        """What ``ask`` returns, or ``otherwise`` where it does not return in time or raises; both are told."""
        asked = self._threads.submit(copy_context().run, ask)
        fault = self._fault(asked)
        if fault is None:
            return asked.result()
        asked.cancel()
        self._alarm.raised(f"the desk did not answer a call: {type(fault).__name__}")
        return otherwise

    def _fault(self, asked: Future[Answer]) -> BaseException | None:
        try:
            return asked.exception(self._seconds)
        except TimeoutError as late:
            return late

    def tell(self, told: Callable[[], object]) -> None:
        """Tell the desk something, and do not wait for it."""
        self._threads.submit(copy_context().run, told).add_done_callback(self._noted)

    def _noted(self, done: Future[object]) -> None:
        fault = None if done.cancelled() else done.exception()
        if fault:
            self._alarm.raised(f"the desk could not be told of a call: {type(fault).__name__}")
