"""Does a call end the same in whatever order its callbacks arrive? A few orders of each shape; ``make orders`` tries them all."""

from pathlib import Path

from store.database import Database
from tests.reliability.figures import orders


def test_no_order_of_callbacks_changes_the_end_or_goes_back() -> None:
    assert orders.figure(2, 20261125).broken == ()


def test_none_does_on_either_database(database: Database, tmp_path: Path) -> None:
    assert orders.recorded(database, tmp_path / "journal", 2, 20261126).wrong == []
