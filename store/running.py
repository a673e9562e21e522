"""Does Dutyline run on this machine? Whoever serves holds a lock on a file of the state folder, and so do its workers, until the last
one has ended."""

import fcntl
import os
from pathlib import Path

NAME = "serving.lock"


def hold(state: Path) -> int:
    """Say that we serve, for as long as this process or one that it forks lives; the open file."""
    fd = os.open(state / NAME, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(fd, fcntl.LOCK_SH)
    return fd


def is_held(state: Path) -> bool:
    """Whether somebody serves."""
    return is_locked(state / NAME)


def is_locked(path: Path) -> bool:
    """Whether somebody who lives has locked a file; one that is not there is nobody's."""
    try:
        fd = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(fd)
    return False
