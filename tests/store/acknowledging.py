"""A worker that appends records for ever, and says of each one that it is safe: to be killed. Its argument is a folder."""

import sys
from pathlib import Path

from store.journal import Journal
from tests.store.recording import step

if __name__ == "__main__":
    journal = Journal(Path(sys.argv[1]), lambda what: sys.exit(what))
    for hop in range(1_000_000):
        journal.append(step(hop))
        sys.stdout.write(f"{hop}\n")
        sys.stdout.flush()
