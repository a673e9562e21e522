"""Which part of a table runs in every `make test`? A few rows drawn by a seed; `make browser` runs them all."""

import os
from collections.abc import Sequence
from random import Random
from typing import Protocol, TypeVar

import pytest
from _pytest.mark import ParameterSet

SEED = os.environ.get("DUTYLINE_TEST_SEED", "1")
"""Continuous integration names the commit, so that each one looks at other rows, and the same ones again."""


class Named(Protocol):
    """A row of a table."""

    @property
    def name(self) -> str: ...


Row = TypeVar("Row", bound=Named)


def drawn(table: Sequence[Row], few: int, why: str) -> list[ParameterSet]:
    """The whole table, of which all but ``few`` rows are left to `make browser`. ``why`` lets each test draw for itself."""
    chosen = {row.name for row in Random(f"{SEED} {why}").sample(list(table), few)}
    return [pytest.param(row, id=row.name, marks=() if row.name in chosen else pytest.mark.browser) for row in table]
