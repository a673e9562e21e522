"""What can be checked here? What asks for a checker that this machine lacks is left out, and every run says so."""

import pytest

from tests.deploy.checkers import MISSING


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what cannot be checked."""
    left_out = [item for item in items if any(item.get_closest_marker(mark) for mark in MISSING)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]
