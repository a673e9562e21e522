"""Is every call answered when what is told in the log cannot be written: its disk is full, or nobody reads it? (B24)"""

import fcntl
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from app import LogAlarm
from ivr.moment import World
from rehearsal.staging import Memory
from tests.webhooks.knocking import Answered, door, fields, knock

LOG = logging.getLogger("dutyline")
UNLISTED = "+442079460555"
"""A number of the account that no line lists: each call to it is told in the log."""


@contextmanager
def logged_to(stream: TextIO) -> Iterator[None]:
    """The log goes there, and nowhere else."""
    handler = logging.StreamHandler(stream)
    LOG.addHandler(handler)
    LOG.propagate = False
    try:
        yield
    finally:
        LOG.removeHandler(handler)
        LOG.propagate = True


def answered(world: World, alarm: LogAlarm) -> tuple[Answered, float]:
    """A call that something is told of, and the seconds until its answer."""
    memory, began = Memory(world), time.monotonic()
    reply = knock(door(memory, memory, alarm), "/webhooks/voice", fields(world, To=UNLISTED))
    return reply, time.monotonic() - began


def test_a_log_on_a_full_disk_changes_nothing_for_a_caller(world: World) -> None:
    with suppress(OSError), open("/dev/full", "w", encoding="utf-8") as full, logged_to(full):
        reply, seconds = answered(world, LogAlarm())
        assert (reply.status, "9 9 9" in reply.text, seconds < 1) == (200, True, True)


def test_a_log_that_nobody_reads_keeps_no_caller_waiting_and_is_written_once_somebody_does(world: World) -> None:
    reads, writes = os.pipe()
    os.write(writes, b"." * fcntl.fcntl(writes, fcntl.F_GETPIPE_SZ))
    alarm, told = LogAlarm(), b""
    with os.fdopen(writes, "w", encoding="utf-8") as full, logged_to(full):
        replies = [answered(world, alarm) for _ in range(3)]
        assert all(reply.status == 200 and seconds < 1 for reply, seconds in replies)
        while told.count(b"\n") < len(replies):
            told += os.read(reads, 65_536)
    assert told.count(b"no line answers the number") == len(replies)
    os.close(reads)
