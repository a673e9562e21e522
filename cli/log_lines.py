"""What does a line of the log look like? Readable, or an object of JSON; in both it names the call that was in hand.

A fault is told by its type and by where it was, never by its words: those may be what a caller has brought (``webhooks.faults``).
"""

import json
import logging
import sys
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from types import TracebackType
from typing import TypeAlias

from ivr.in_hand import IN_HAND

FORMAT = "%(asctime)s %(levelname)s %(message)s"
CAUSED, MEANWHILE = "which led to", "while which was looked after there came"
Fault: TypeAlias = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def begin() -> None:
    """Write the log to standard error, for people."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines(FORMAT))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    logging.getLogger("alembic").setLevel(logging.WARNING)


def as_json() -> None:
    """Write it for programs from now on, the interpreter's own warnings included."""
    logging.captureWarnings(capture=True)
    for handler in logging.getLogger().handlers:
        handler.setFormatter(Objects())


class Lines(logging.Formatter):
    """A line for people; the lines of a fault follow."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # the standard library's name
        """The line, with the call and its line behind it."""
        line = super().formatMessage(record)
        known = ", ".join(f"{name} {value}" for name, value in whose().items())
        return f"{line} ({known})" if known else line

    def formatException(self, ei: Fault) -> str:  # noqa: N802  # the standard library's name
        """Where the fault was."""
        return places(ei)


class Objects(logging.Formatter):
    """One object a line, of the fields in docs/operations.md; what is not known is left out."""

    def format(self, record: logging.LogRecord) -> str:
        """The object."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        told = {
            "time": at,
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **whose(),
            "pid": record.process,
        }
        kind = record.exc_info[0] if record.exc_info else None
        if record.exc_info and kind:
            told |= {"exception": kind.__qualname__, "traceback": places(record.exc_info)}
        return json.dumps(told)


def whose() -> dict[str, str]:
    """The call in hand, and its line, as far as they are known."""
    hand = IN_HAND.get()
    known = {"call": hand.told, "line": hand.line} if hand else {}
    return {name: value for name, value in known.items() if value}


def places(fault: Fault) -> str:
    """The frames of a fault and of those behind it, each with its type; of what an operating system refused also the reason."""
    return "\n".join(_places(fault[1])) if fault[1] else ""


def _places(fault: BaseException) -> Iterator[str]:
    behind = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    if behind:
        yield from _places(behind)
        yield CAUSED if fault.__cause__ else MEANWHILE
    for frame, line in traceback.walk_tb(fault.__traceback__):
        yield f"  {frame.f_code.co_filename}:{line} in {frame.f_code.co_qualname}"
    reason = f": {fault.strerror}" if isinstance(fault, OSError) and fault.strerror else ""
    yield f"{type(fault).__qualname__}{reason}"
