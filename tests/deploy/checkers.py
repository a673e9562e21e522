"""Which checkers of other people's does this machine have for what lies in ``deploy/``?"""

import shutil

CHECKERS = {"promtool": "promtool", "systemd": "systemd-analyze"}
"""The mark of a test, and the program that it asks."""

MISSING = {mark: program for mark, program in CHECKERS.items() if shutil.which(program) is None}
TOLD = tuple(f"NO {program} IS INSTALLED: what it checks in deploy/ is left out" for program in MISSING.values())
"""One loud line for each that is missing."""
