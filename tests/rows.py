"""Which rows of a test run? All of them, or where `make test` asks for few: one of each test's, on one database, drawn by a seed."""

import os
from collections import defaultdict
from collections.abc import Sequence
from random import Random
from typing import Protocol, TypeVar

SEED = os.environ.get("DUTYLINE_TEST_SEED", "1")
"""Continuous integration names the commit, so that each one looks at other rows, and the same ones again."""

IS_FEW = os.environ.get("DUTYLINE_TEST_ROWS", "all") == "few"


class Case(Protocol):
    """A test with one of its rows."""

    @property
    def nodeid(self) -> str: ...


Row = TypeVar("Row", bound=Case)


def few(cases: Sequence[Row], seed: str) -> tuple[list[Row], list[Row]]:
    """One row of each test, and all that are left out; every seed draws others."""
    tests = defaultdict[str, list[Row]](list)
    for case in cases:
        tests[case.nodeid.partition("[")[0]].append(case)
    drawn = {Random(f"{seed} {test}").choice(rows) for test, rows in tests.items()}
    return [case for case in cases if case in drawn], [case for case in cases if case not in drawn]
