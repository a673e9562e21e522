"""Does the API keep to its own document, whatever it is sent? No fault of ours, no answer that is not documented."""

import logging
from dataclasses import replace
from random import Random

import pytest

from admin.mail_settings import mailing
from app import Application, Config
from store.keys import Role
from tests.admin.desk_client import dials, holder
from tests.contract.aiming import Aim
from tests.contract.run import Run, knocked, served
from tests.rows import SEED

FEW, MANY, SEEDS = 1, 40, range(3)
LEAST = 500
DEVON = "+442079460101"
AT_A_LIVE_CALL = ("/api/v1/transfers", "/api/v1/desk", "/api/v1/calls/{sid}/transfers")
"""What is done to a call under way: no request can make one, so that these may meet nothing but refusals here."""


MAIL = {"DUTYLINE_SMTP_URL": "smtp://127.0.0.1:9", "DUTYLINE_MAIL_FROM": "dutyline@example.org"}
"""Reports may be sent by e-mail; nobody listens there."""


@pytest.fixture
def config(config: Config) -> Config:
    return replace(config, mailing=mailing(MAIL))


def run_on(application: Application, examples: int, seed: int, part: Random | None = None) -> Run:
    """Knocks at a served application that has had a call; the key must still open afterwards."""
    dials(application, DEVON).presses("1")
    caller, second = (holder(application, Role.ADMIN, name) for name in ("the knocker", "a second administrator"))
    with served(application.flask) as url:
        run = knocked(url, Aim(caller, second, seed), caller.key, examples, seed, part)
    assert caller.asks("/keys").status_code == 200
    return run


@pytest.mark.long
@pytest.mark.timeout(400)
def test_a_quarter_of_the_operations_keeps_to_the_document(application: Application) -> None:
    run = run_on(application, FEW, seed=1, part=Random(f"{SEED} contract"))
    assert list(run.found) == []
    assert run.checks > LEAST


@pytest.mark.contract
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("seed", SEEDS)
def test_every_operation_keeps_to_the_document_for_long(application: Application, seed: int) -> None:
    run = run_on(application, MANY, seed)
    logging.getLogger("contract").warning("%d answers, %d checks", run.answers.total(), run.checks)
    assert list(run.found) == []
    assert ", ".join(label for label in run.never() if not label.partition(" ")[2].startswith(AT_A_LIVE_CALL)) == ""
