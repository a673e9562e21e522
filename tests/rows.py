"""What runs? Everything, or where `make test` asks for few: a row of each test on one database, of long ones a quarter, by a seed."""

import os
from collections import defaultdict
from collections.abc import Sequence
from math import ceil
from random import Random
from typing import Protocol, TypeVar

SEED = os.environ.get("DUTYLINE_TEST_SEED", "1")
"""Continuous integration names the commit, so that each one looks at other rows, and the same ones again."""

IS_FEW = os.environ.get("DUTYLINE_TEST_ROWS", "all") == "few"


LONG_ONE_IN = 4
"""A long one is a small version of a suite that has a target of its own, or waits for what cannot be hastened."""


class Case(Protocol):
    """A test with one of its rows."""

    @property
    def nodeid(self) -> str: ...

    def get_closest_marker(self, name: str) -> object | None: ...


Row = TypeVar("Row", bound=Case)


def few(cases: Sequence[Row], seed: str) -> tuple[list[Row], list[Row]]:
    """One row of each test, of those that are ``long`` only a quarter, and all that are left out; every seed draws others."""
    tests = defaultdict[str, list[Row]](list)
    for case in cases:
        tests[case.nodeid.partition("[")[0]].append(case)
    long = sorted(test for test, rows in tests.items() if rows[0].get_closest_marker("long"))
    waits = {*long} - {*Random(seed).sample(long, ceil(len(long) / LONG_ONE_IN))}
    drawn = {Random(f"{seed} {test}").choice(rows) for test, rows in tests.items() if test not in waits}
    return [case for case in cases if case in drawn], [case for case in cases if case not in drawn]
