"""How does work in the background keep nobody waiting? The interpreter runs one thread at a time: such work is done in parts of a few
milliseconds, with a rest after each."""

import time

REST_SECONDS = 0.004


def rest() -> None:
    """Let others work."""
    time.sleep(REST_SECONDS)
