"""A service on a machine that has no network at all: to be run in a network of its own. Its argument is a folder.

It says what a first caller hears.
"""

import sys
from pathlib import Path

from tests.reliability.service import service
from tests.reliability.test_clock import answers

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    with service(folder / "state", f"sqlite:///{folder / 'test.db'}") as served:
        sys.stdout.write(answers(served))
