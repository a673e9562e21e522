"""What does this machine let us break? Tests that need more than it has are left out, and the head of the run says which."""

import pytest

from tests.conftest import POSTGRES
from tests.reliability.disk import may_mount
from tests.reliability.pooler import POOLER

HAS = {"own_disk": may_mount(), "postgresql_alone": bool(POSTGRES), "pooler": bool(POOLER)}
WITHOUT = {
    "own_disk": "ONLY ROOT MAY MOUNT A DISK: those tests are left out",
    "postgresql_alone": "",
    "pooler": "NO pgbouncer IS INSTALLED: tests behind a pooler are left out",
}


def pytest_report_header() -> list[str]:
    """One loud line for each thing that is missing."""
    return [said for name, said in WITHOUT.items() if said and not HAS[name]]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what cannot be done here."""
    left_out = [item for item in items if any(not has and item.get_closest_marker(name) for name, has in HAS.items())]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]
