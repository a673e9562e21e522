"""A worker whose disk has room for one record, and later for more. Its argument is a folder; it prints what it saw as JSON."""

import json
import resource
import sys
import time
from pathlib import Path

from store.frames import frames
from store.journal import Journal
from tests.store.recording import step

DEADLINE = 0.2


def read(journal: Journal) -> list[str]:
    """The sequences on the disk."""
    records = [frame.record for frame in frames(journal.own.read_bytes())] if journal.own else []
    return [record["sequence"] for record in records if record]


def main() -> None:
    """Fill the disk, then make room."""
    told: list[str] = []
    resource.setrlimit(resource.RLIMIT_FSIZE, (300, resource.RLIM_INFINITY))
    journal = Journal(Path(sys.argv[1]), told.append, deadline=DEADLINE)
    seconds = []
    for hop in range(3):
        began = time.monotonic()
        journal.append(step(hop))
        seconds.append(time.monotonic() - began)
    full = {"seconds": seconds, "unsynced": journal.unsynced, "on_disk": read(journal), "told": told[:]}
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    ends = time.monotonic() + 5
    while len(read(journal)) < 3 and time.monotonic() < ends:
        time.sleep(0.02)
    later = {"on_disk": read(journal)}
    journal.append(step(3))
    later["after"] = read(journal)
    sys.stdout.write(json.dumps({"full": full, "later": later, "unsynced": journal.unsynced}))
    journal.close()


if __name__ == "__main__":
    main()
