"""Does the API keep to its own document, whatever it is sent? No fault of ours, no answer that is not documented."""

import pytest

from app import Application
from store.keys import Role
from tests.admin.desk_client import holder
from tests.contract.run import findings, served

FEW, MANY, SEEDS = 1, 40, range(5)
LEAST = 5_000


@pytest.mark.timeout(400)
def test_every_operation_keeps_to_the_document(application: Application) -> None:
    key = holder(application, Role.ADMIN).key
    with served(application.flask) as url:
        found, checks = findings(url, key, FEW, seed=1)
    assert found == []
    assert checks > LEAST


@pytest.mark.contract
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("seed", SEEDS)
def test_every_operation_keeps_to_the_document_for_long(application: Application, seed: int) -> None:
    key = holder(application, Role.ADMIN).key
    with served(application.flask) as url:
        found, _ = findings(url, key, MANY, seed)
    assert found == []
