"""Which part of a table runs in every `make test`? A few rows drawn by a seed; `make browser` runs them all."""

from collections.abc import Sequence
from random import Random
from typing import Protocol, TypeVar

import pytest
from _pytest.mark import ParameterSet

from tests.rows import SEED


class Named(Protocol):
    """A row of a table."""

    @property
    def name(self) -> str: ...


Row = TypeVar("Row", bound=Named)


def drawn(table: Sequence[Row], few: int, why: str) -> list[ParameterSet]:
    """The whole table, of which all but ``few`` rows are left to `make browser`. ``why`` lets each test draw for itself."""
    chosen = {row.name for row in Random(f"{SEED} {why}").sample(list(table), few)}
    return [pytest.param(row, id=row.name, marks=() if row.name in chosen else pytest.mark.browser) for row in table]
