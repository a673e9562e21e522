"""Who asks too often is told when to go on; a stranger's noise costs nobody else."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from admin.ports import Limits
from app import Application, Config, build, prepare
from store.keys import Role
from tests.admin.desk_client import CLOCK, Holder, holder


@pytest.fixture
def strict(config: Config) -> Iterator[Application]:
    """An application that answers three requests a minute and key, and two a minute and stranger."""
    prepare(config, CLOCK)
    built = build(replace(config, limits=Limits(per_key=3, per_address=2)), CLOCK)
    yield built
    built.close()


def test_a_key_that_asks_too_often_is_told_when_to_go_on(strict: Application) -> None:
    busy, calm = holder(strict, Role.VIEWER), holder(strict, Role.VIEWER)
    replies = [busy.asks("/lines") for _ in range(4)]
    assert [reply.status_code for reply in replies] == [200, 200, 200, 429]
    assert replies[3].content_type == "application/problem+json"
    assert 0 < int(replies[3].headers["Retry-After"]) <= 61
    assert calm.asks("/lines").status_code == 200


def test_a_strangers_noise_is_cut_short_and_costs_no_key_behind_the_same_address(strict: Application) -> None:
    stranger = Holder(strict.flask.test_client(), "dl_invented")
    replies = [stranger.asks("/lines") for _ in range(4)]
    assert [reply.status_code for reply in replies] == [401, 401, 429, 429]
    assert replies[3].get_json()["status"] == 429
    assert int(replies[3].headers["Retry-After"]) > 0
    assert holder(strict, Role.VIEWER).asks("/lines").status_code == 200


def test_calls_and_health_are_never_counted(strict: Application) -> None:
    client = strict.flask.test_client()
    assert {client.get("/healthz").status_code for _ in range(9)} == {200}
    assert {client.post("/webhooks/voice").status_code for _ in range(9)} == {403}
