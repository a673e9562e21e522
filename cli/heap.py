"""Where does a server take its memory from? From one heap, so that what one thread gave back serves the next."""

import ctypes

ARENA_MAX, MMAP_THRESHOLD = -8, -3
"""As glibc's ``malloc.h`` numbers them."""

LARGE_BYTES = 128 << 10
"""What is larger is a mapping of its own, and goes back to the system at once."""


def share_one() -> None:
    """One heap for all threads of this process and of those that it forks; call it while there is one thread.

    glibc gives threads heaps of their own, so that they need not wait for each other. Ours hold the interpreter's lock, and what
    is free in one heap was no use in the others: a worker grew by a third over 40,000 calls (docs/performance.md). A C library
    without this function has no such heaps.
    """
    choose = getattr(ctypes.CDLL(None), "mallopt", None)
    if choose:
        choose(ARENA_MAX, 1)
        choose(MMAP_THRESHOLD, LARGE_BYTES)
