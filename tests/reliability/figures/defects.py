"""Does the suite find what somebody might break? Each defect is put into a copy, and its part of the suite must fail there."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.conftest import HOME
from tests.reliability.figure import Figure, Value
from tests.reliability.seeded import DEFECTS, Defect

FULL = len(DEFECTS)
MAY_ESCAPE = 1
LONGEST_SECONDS = 1800
GREEN, RED = (0,), (1, 2)
"""pytest's exit codes; 2 where it stopped at the first test that failed. Any other is a fault of the copy."""

ITSELF = "tests/reliability/test_defects.py"

LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "node_modules", "var", ".*_cache", ".hypothesis", "__pycache__", "screens"
)


def figure(size: int, seed: int) -> Figure:
    """Put ``size`` defects in, one by one; ``seed`` says with which to begin. The untouched copy must pass the same tests."""
    chosen = [DEFECTS[(seed + place) % len(DEFECTS)] for place in range(min(size, len(DEFECTS)))]
    tests = tuple(sorted({name for defect in chosen for name in defect.tests}))
    sound = not fails(tests)
    escaped = [defect.what for defect in chosen if not fails(defect.tests, defect)]
    found: dict[str, Value] = {
        "defects": len(chosen),
        "caught": len(chosen) - len(escaped),
        "sound": sound,
        "escaped": "; ".join(escaped),
    }
    broken = () if sound else ("the copy without a defect fails",)
    return Figure(found, broken + (tuple(escaped) if len(escaped) > MAY_ESCAPE else ()))


def fails(tests: tuple[str, ...], defect: Defect | None = None) -> bool:
    """Whether this part of the suite objects to a copy, with a defect or as it is."""
    with TemporaryDirectory() as folder:
        tree = Path(folder) / "copy"
        shutil.copytree(HOME, tree, ignore=LEFT_OUT)
        if defect:
            defect.put_into(tree)
        code = _suite(tree, tests)
    if code not in GREEN + RED:
        raise RuntimeError(f"the tests could not be run: pytest says {code}")
    sys.stderr.write(f"{'red' if code else 'green'}: {defect.what if defect else 'as it is'}\n")
    return code in RED


def _suite(tree: Path, tests: tuple[str, ...]) -> int:
    at_once = "2" if any((tree / name).is_dir() for name in tests) else "0"
    command = [sys.executable, "-m", "pytest", "-x", "-n", at_once, f"--ignore={ITSELF}", *tests]
    done = subprocess.run(  # noqa: S603  # our own command
        command, cwd=tree, env={**os.environ, "PYTHONPATH": str(tree)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        check=False, timeout=LONGEST_SECONDS,
    )  # fmt: skip
    return done.returncode
